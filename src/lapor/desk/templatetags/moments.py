"""Dates that a report's words mean, as people read them: "1 Mar 2026, 16.30", "sejak Desember 2025"."""

from __future__ import annotations

import re
from datetime import date

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lapor.language.moments import AGAIN, VAGUE, Moment

register = template.Library()
_SPAN = re.compile(r"(-?)PT(\d+)([HM])")


@register.filter
def meant(moment: Moment) -> str:
    """Say what a moment's value means; empty where it has no date."""
    if moment.value == VAGUE:
        return ""
    if moment.value == AGAIN:
        return _("again and again")
    if span := _SPAN.fullmatch(moment.value):
        return _long(int(span[2]), span[3])
    first, between, last = moment.value.partition("/")
    if not between:
        return _point(first)
    said = {"first": _point(first), "last": _point(last)}
    return _("%(first)s to %(last)s") % said if last else _("since %(first)s") % said


def _long(count: int, unit: str) -> str:
    if unit == "H":
        return ngettext("%(n)s hour", "%(n)s hours", count) % {"n": count}
    return ngettext("%(n)s minute", "%(n)s minutes", count) % {"n": count}


def _point(value: str) -> str:
    """Say one point in time: a year, a month, a week by its days, a day, an hour."""
    day, _t, hour = value.partition("T")
    words = [_day(day)] if day else []
    return ", ".join([*words, hour.replace(":", ".")] if hour else words)


def _day(value: str) -> str:
    if "W" in value:
        year, _sep, week = value.partition("-W")
        monday, sunday = (date.fromisocalendar(int(year), int(week), number) for number in (1, 7))
        return f"{date_format(monday, 'j M')}\u2013{date_format(sunday, 'j M Y')}"
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 1:
        return value
    return date_format(date(parts[0], parts[1], 1), "F Y") if len(parts) == 2 else date_format(date(*parts), "j M Y")
