"""Words, dates, icons and small figures for templates: `{% load ui %}`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.templatetags.static import static
from django.utils.dates import MONTHS
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from lapor.kernel.codes import show_code
from lapor.sop import deadline_text, plain, vocabulary
from lapor.sop.dates import long_date, long_moment
from lapor.sop.deadline import DayRow, Explanation, Mark
from lapor.sop.vocabulary import Classification, Clock, Status, Word

register = template.Library()

# --- Words of the SOP ----------------------------------------------------------------------------


@register.filter
def label(value: str | Word | None, kind: str = "") -> str:
    """Return a term's name in the active language: `{{ role|label }}`, or for a bare code `{{ code|label:"Status" }}`.

    A code that is no term of `kind` is shown as it is: old data must never break a page.
    """
    if not value:
        return ""
    term = value if isinstance(value, Word) else _term(value, kind)
    return term.label(_language()) if term else str(value)


def _term(code: str, kind: str) -> Word | None:
    words: type[Word] | None = getattr(vocabulary, kind, None)
    try:
        return words(code) if words else None
    except ValueError:
        return None


@register.filter
def state(status: str, ending: str | None = "") -> str:
    """Say in citizens' words where a report stands: `{{ status|state }}` or, closed, `{{ status|state:reason }}`."""
    return plain.status_said(Status(status), ending or "", _language())


@register.filter
def kind(classification: str) -> str:
    """Say in citizens' words what kind of report it is."""
    return plain.kind_said(Classification(classification), _language())


@register.filter
def timed(clock: str) -> str:
    """Say in citizens' words which step a limit is for."""
    return plain.step_said(Clock(clock), _language())


register.filter("code", show_code)  # {{ report.code|code }}: ABCDE-FGHJK-7


# --- Dates and numbers ---------------------------------------------------------------------------

ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
CAPITAL_ZONE = ZoneInfo("Asia/Jakarta")


def _language() -> str:
    return get_language() or "id"


def _local(moment: datetime, zone: ZoneInfo | str | None) -> datetime:
    """Bring a moment into a zone, given as such, by name or as WIB, WITA, WIT; without one, into the capital's."""
    if isinstance(zone, str) and zone:
        zone = ZoneInfo(ZONES.get(zone.upper(), zone))
    return moment.astimezone(zone if isinstance(zone, ZoneInfo) else CAPITAL_ZONE)


def _day(value: date, zone: ZoneInfo | str | None) -> date:
    return _local(value, zone).date() if isinstance(value, datetime) else value


@register.filter
def longday(value: date | None, zone: ZoneInfo | str | None = None) -> str:
    """Return "Senin, 23 November 2026"; a moment is first brought into `zone`."""
    return long_date(_day(value, zone), _language()) if value else ""


@register.filter
def longdate(value: datetime | None, zone: ZoneInfo | str | None = None) -> str:
    """Return "Senin, 23 November 2026 pukul 10.15 WITA", in the report's `zone`."""
    return long_moment(_local(value, zone), _language()) if value else ""


@register.filter
def shortday(value: date | None, zone: ZoneInfo | str | None = None) -> str:
    """Return "23 Nov 2026"."""
    if not value:
        return ""
    day = _day(value, zone)
    return f"{day.day} {str(MONTHS[day.month])[:3]} {day.year}"


@register.filter
def isoday(value: date | None, zone: ZoneInfo | str | None = None) -> str:
    """Return "2026-11-23", for machines."""
    return _day(value, zone).isoformat() if value else ""


@register.filter
def shortdate(value: datetime | None, zone: ZoneInfo | str | None = None) -> str:
    """Return "23 Nov 2026, 10.15 WITA"."""
    if not value:
        return ""
    local = _local(value, zone)
    face = "%H:%M" if _language().startswith("en") else "%H.%M"
    return f"{shortday(local.date())}, {local.strftime(face)} {local.tzname()}"


@register.filter
def clocktime(value: datetime | None, zone: ZoneInfo | str | None = None) -> str:
    """Return "10.15" in `zone`."""
    return _local(value, zone).strftime("%H:%M" if _language().startswith("en") else "%H.%M") if value else ""


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


# --- The deadline explained ----------------------------------------------------------------------


@register.filter
def sentences(explanation: Explanation) -> tuple[str, ...]:
    """Return the sentences that tell why this date."""
    return deadline_text.summary(explanation, _language())


@register.simple_tag
def day_text(explanation: Explanation, row: DayRow) -> str:
    """Return what one day is to the clock."""
    return deadline_text.row_text(explanation, row, _language())


@register.filter
def counts(row: DayRow) -> bool:
    """Say whether a day counts towards the limit (day 0 is shown like a counted one)."""
    return row.mark in (Mark.COUNTED, Mark.EVENT)


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
    if not text:
        return _silent_icon(name, extra)
    drawn = '<svg class="{}" width="20" height="20" role="img" aria-label="{}"><use href="{}"/></svg>'
    return format_html(drawn, _icon_classes(name, extra), text, _icon_address(name))


@lru_cache(maxsize=500)  # a page of the desk draws eighty; the sprite's address changes with a new process only
def _silent_icon(name: str, extra: str) -> SafeString:
    drawn = '<svg class="{}" width="20" height="20" aria-hidden="true"><use href="{}"/></svg>'
    return format_html(drawn, _icon_classes(name, extra), _icon_address(name))


def _icon_classes(name: str, extra: str) -> str:
    return f"icon {extra}".rstrip() + (" icon-filled" if name.endswith("-filled") else "")


def _icon_address(name: str) -> str:
    return f"{static('build/icons.svg')}#{name}"


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
