"""How an SOP's limits are said, on the public page and at the desk alike: `{% load limits %}`."""

from __future__ import annotations

from django import template
from django.utils.dates import WEEKDAYS
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lapor.sop.calendar import Period
from lapor.sop.holiday_names import holiday_parts
from lapor.sop.hours_text import written_hours
from lapor.sop.profile import ClockLimit, Profile
from lapor.sop.profile_bounds import BOUNDS, Key

register = template.Library()


@register.filter
def named(profile: Profile) -> str:
    """Return the profile's name in the reader's language."""
    return profile.name_en if get_language() == "en" else profile.name_id


@register.filter
def holiday(why: str) -> SafeString:
    """Return why a day is free, in the reader's language; what has no English name is marked as Indonesian."""
    language = "en" if (get_language() or "id").startswith("en") else "id"
    said = [
        name if of == language else format_html('<span lang="{}">{}</span>', of, name)
        for name, of in holiday_parts(why, language)
    ]
    return format_html_join("; ", "{}", ((one,) for one in said))


@register.filter
def allowed(limit: ClockLimit | None) -> str:
    """Say what a profile allows: "5 hari kerja", "target 3, paling lama 5 hari kerja", or a dash."""
    if limit is None:
        return "–"
    unit = _unit(limit)
    if limit.limit is None:
        return _("target %(target)d %(unit)s") % {"target": limit.target, "unit": unit}
    if limit.target is None:
        return f"{limit.limit} {unit}"
    return _("target %(target)d, at most %(limit)d %(unit)s") % {
        "target": limit.target,
        "limit": limit.limit,
        "unit": unit,
    }


def _unit(limit: ClockLimit) -> str:
    """Return what is counted, in English as one or many: "1 working day", "5 working days"."""
    language = get_language() or "id"
    words = limit.unit.label(language)
    one = language.startswith("en") and (limit.limit or limit.target) == 1
    return words.replace("days", "day").replace("minutes", "minute") if one else words


@register.filter
def bounded(key: Key) -> str:
    """Say what the law fixes for a clock: "paling lama 10 (S31)", empty where it leaves the number free."""
    bound = BOUNDS.get(key)
    if bound is None:
        return ""
    words = {"least": bound.least, "most": bound.most, "rule": bound.rule}
    if bound.least == bound.most:
        return _("%(most)s, by law (%(rule)s)") % words
    if bound.least is None:
        return _("at most %(most)s (%(rule)s)") % words
    return _("%(least)s to %(most)s (%(rule)s)") % words


@register.filter
def source(text: str) -> str:
    """Return the rules a limit follows as people of the page's language read them."""
    return text if (get_language() or "id").startswith("en") else text.replace("practice", "praktik")


@register.filter
def opened(periods: tuple[Period, ...]) -> str:
    """Say the periods of a day: "07.30-12.00, 13.00-16.00", empty for none."""
    return written_hours(periods)


@register.filter
def weekday(number: int) -> str:
    """Name a day of the week, 0 for Monday."""
    return str(WEEKDAYS[number])
