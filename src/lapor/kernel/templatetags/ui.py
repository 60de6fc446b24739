"""Words, dates, icons and small figures for templates: `{% load ui %}`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms, template
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from lapor.kernel.codes import show_code
from lapor.sop import vocabulary
from lapor.sop.vocabulary import Word

register = template.Library()

# --- Words of the SOP ----------------------------------------------------------------------------


@register.filter
def label(value: str | Word | None, kind: str = "") -> str:
    """Return a term's name in the active language: `{{ role|label }}`, or for a bare code `{{ code|label:"Status" }}`.

    A code that is no term of `kind` is shown as it is: old data must never break a page.
    """
    if not value:
        return ""
    if not isinstance(value, Word):
        try:
            value = getattr(vocabulary, kind)(value)
        except (AttributeError, TypeError, ValueError):
            return str(value)
    return value.label(get_language() or "id")


register.filter("code", show_code)  # {{ report.code|code }}: ABCDE-FGHJK-7


# --- Dates and numbers ---------------------------------------------------------------------------

ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
CAPITAL_ZONE = ZoneInfo("Asia/Jakarta")


def _zone(zone: ZoneInfo | str | None) -> ZoneInfo:
    """Read a zone, its name or its Indonesian abbreviation; without one it is the capital's."""
    if isinstance(zone, ZoneInfo):
        return zone
    return ZoneInfo(ZONES.get(zone.upper(), zone)) if zone else CAPITAL_ZONE


def _clock_face(moment: datetime) -> str:
    """Return hours and minutes: 10.15 in Indonesian, 10:15 in English."""
    return moment.strftime("%H:%M" if (get_language() or "id").startswith("en") else "%H.%M")


@register.filter
def longday(value: date | None, zone: ZoneInfo | str | None = None) -> str:
    """Return "Senin, 23 November 2026"; a moment is first brought into `zone`."""
    if value is None:
        return ""
    day = value.astimezone(_zone(zone)) if isinstance(value, datetime) else value
    return f"{WEEKDAYS[day.weekday()]}, {day.day} {MONTHS[day.month]} {day.year}"


@register.filter
def longdate(value: datetime | None, zone: ZoneInfo | str | None = None) -> str:
    """Return "Senin, 23 November 2026 pukul 10.15 WITA", in the report's `zone`."""
    if value is None:
        return ""
    local = value.astimezone(_zone(zone))
    return gettext("%(day)s at %(time)s %(zone)s") % {
        "day": longday(local.date()),
        "time": _clock_face(local),
        "zone": local.tzname(),
    }


@register.filter
def shortday(value: date | None, zone: ZoneInfo | str | None = None) -> str:
    """Return "23 Nov 2026"."""
    if value is None:
        return ""
    day = value.astimezone(_zone(zone)) if isinstance(value, datetime) else value
    return f"{day.day} {str(MONTHS[day.month])[:3]} {day.year}"


@register.filter
def shortdate(value: datetime | None, zone: ZoneInfo | str | None = None) -> str:
    """Return "23 Nov 2026, 10.15 WITA"."""
    if value is None:
        return ""
    local = value.astimezone(_zone(zone))
    return f"{shortday(local.date())}, {_clock_face(local)} {local.tzname()}"


@register.filter
def workdays(n: int | None) -> str:
    """Return "3 hari kerja"."""
    if n is None:
        return ""
    return ngettext("%(n)d working day", "%(n)d working days", n) % {"n": n}


@register.filter
def duration(span: timedelta | None) -> str:
    """Return a span in its two largest units, for people: "3 hari 4 jam", "25 menit"."""
    if span is None:
        return ""
    minutes = max(0, int(span.total_seconds() // 60))
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [
        ngettext("%(n)d day", "%(n)d days", days) % {"n": days} if days else "",
        ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours} if hours else "",
        ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes} if minutes else "",
    ]
    return " ".join([part for part in parts if part][:2]) or gettext("less than a minute")


# --- Icons ---------------------------------------------------------------------------------------

STATUS_ICONS = {
    "unverified": "circle-dashed",
    "disposed": "send",
    "in_progress": "progress",
    "pending": "user-question",
    "closed": "circle-check",
    "archived": "archive",
    "escalated": "scale",
}
LANE_ICONS = {
    "reporter": "user",
    "national": "building-bank",
    "agency": "building-community",
    "unit": "building",
    "unit_officer": "users",
    "head": "rubber-stamp",
    "ombudsman": "scale",
}
LATENESS_ICONS = {
    "on_time": "clock-check",
    "soon": "clock-exclamation",
    "late": "alert-triangle",
    "paused": "clock-pause",
}


@register.simple_tag
def icon(name: str, text: str = "", extra: str = "") -> SafeString:
    """Draw one icon of the sprite; give `text` where no words stand beside it. `extra` adds classes."""
    classes = f"icon {extra}".rstrip() + (" icon-filled" if name.endswith("-filled") else "")
    href = f"{static('build/icons.svg')}#{name}"
    if text:
        drawn = '<svg class="{}" role="img" aria-label="{}"><use href="{}"/></svg>'
        return format_html(drawn, classes, text, href)
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"/></svg>', classes, href)


@register.filter
def status_icon(status: str) -> str:
    """Return the icon's name of a status."""
    return STATUS_ICONS.get(str(status), "circle-dashed")


@register.filter
def lane_icon(lane: str) -> str:
    """Return the icon's name of a desk's lane; the clock's where nobody acts."""
    return LANE_ICONS.get(str(lane), "clock")


@register.filter
def lateness_icon(lateness: str) -> str:
    """Return the icon's name of a lateness."""
    return LATENESS_ICONS.get(str(lateness), "clock")


# --- Forms ---------------------------------------------------------------------------------------


@register.filter
def control(field: BoundField) -> SafeString:
    """Draw a form field's input with the class that its kind needs."""
    return field.as_widget(attrs={"class": _control_class(field.field.widget)})


def _control_class(widget: forms.Widget) -> str:
    own = widget.attrs.get("class", "")
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return own
    if isinstance(widget, forms.CheckboxInput):
        return f"form-check-input {own}".rstrip()
    return f"{'form-select' if isinstance(widget, forms.Select) else 'form-control'} {own}".rstrip()


@register.filter
def control_kind(field: BoundField) -> str:
    """Say how a field is laid out: "check" (one box), "choices" (a group), "file" or "input"."""
    widget = field.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    return "file" if isinstance(widget, forms.FileInput) else "input"


# --- Custody -------------------------------------------------------------------------------------

BAR_WIDTH = 1000
SMALLEST_PART = 12


@dataclass(frozen=True, slots=True)
class BarPart:
    """One leg in the custody bar: `x` and `width` in thousandths of the whole."""

    leg: Any
    x: int
    width: int


@register.filter
def custody_bar(legs: Iterable[Any]) -> list[BarPart]:
    """Lay legs side by side by how long each lasted (`gross`, a timedelta); a short one stays visible."""
    legs = list(legs)
    weights = [max(leg.gross.total_seconds(), 1.0) if leg.gross else 1.0 for leg in legs]
    room = BAR_WIDTH - SMALLEST_PART * len(legs)
    if room <= 0:
        return []
    parts, x = [], 0
    for leg, weight in zip(legs, weights, strict=True):
        width = SMALLEST_PART + int(room * weight / sum(weights))
        parts.append(BarPart(leg, x, width))
        x += width
    return parts
