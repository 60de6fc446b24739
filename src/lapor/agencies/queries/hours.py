"""When an institution's counter is open: its usual week, its periods, and the working days of its calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from lapor.agencies.models import CalendarDay, OfficeHours
from lapor.agencies.queries.tree import AgencyInfo, agency_infos
from lapor.sop.calendar import OFFICE_HOURS, Period, ServiceHours
from lapor.sop.hours_text import read_hours

AHEAD = 14  # days looked at; no holiday is longer


@dataclass(frozen=True)
class HoursInfo:
    """One week of hours; without `first` and `last` the usual one. `id` is 0 for the hours the law gives (Perpres)."""

    id: int
    name: str
    first: date | None
    last: date | None
    week: ServiceHours

    def holds(self, day: date) -> bool:
        """Tell whether a day lies in the period."""
        return self.first is not None and self.last is not None and self.first <= day <= self.last


@dataclass(frozen=True)
class OfficeDay:
    """One day: its periods (none when closed), why it is closed, and the name of the period it lies in."""

    day: date
    periods: tuple[Period, ...]
    why: str
    name: str


@dataclass(frozen=True)
class Opening:
    """Whether the counter is open at this moment, the day meant, and its periods; `name` of the period, if any."""

    is_open: bool
    is_today: bool
    day: date
    periods: tuple[Period, ...]
    name: str


USUAL = HoursInfo(0, "", None, None, OFFICE_HOURS)


def hours_of(institution_id: int) -> tuple[HoursInfo, list[HoursInfo]]:
    """Return the usual week (the law's while none is kept) and the periods, the latest first; one query."""
    rows = OfficeHours.objects.filter(institution=institution_id).order_by("-first")
    found = [HoursInfo(row.pk, row.name, row.first, row.last, _week(row.week)) for row in rows]
    usual = next((one for one in found if one.first is None), USUAL)
    return usual, [one for one in found if one.first is not None]


def office_days(calendar_id: int, first: date, usual: HoursInfo, periods: Sequence[HoursInfo]) -> list[OfficeDay]:
    """Return the days from `first` on, as far as the calendar knows them; one query."""
    days = CalendarDay.objects.filter(calendar=calendar_id, day__gte=first, day__lt=first + timedelta(days=AHEAD))
    rows = days.order_by("day").values_list("day", "working", "why")
    return [_day(*row, usual, periods) for row in rows]


def _day(day: date, working: bool, why: str, usual: HoursInfo, periods: Sequence[HoursInfo]) -> OfficeDay:
    hours = next((one for one in periods if one.holds(day)), usual)
    return OfficeDay(day, hours.week[day.weekday()] if working else (), "" if working else why, hours.name)


def opening_of(institution: AgencyInfo, now: datetime) -> Opening | None:
    """Return when the counter is open next, now included; None where it is not in sight. Two queries."""
    local = now.astimezone(ZoneInfo(institution.zone))
    days = office_days(institution.calendar_id, local.date(), *hours_of(institution.id))
    for one in days:
        left = tuple(period for period in one.periods if one.day > local.date() or period[1] > local.time())
        if left:
            is_today = one.day == local.date()
            return Opening(is_today and _is_in(local.time(), left), is_today, one.day, left, one.name)
    return None


def opening_at(agency_id: int | None, now: datetime) -> Opening | None:
    """Return the same for an institution's id, None for none. Three queries."""
    found = agency_infos([agency_id]) if agency_id else {}
    return opening_of(found[agency_id], now) if agency_id in found else None


def _is_in(now: time, periods: tuple[Period, ...]) -> bool:
    return any(opens <= now < closes for opens, closes in periods)


def _week(stored: list[str]) -> ServiceHours:
    return tuple(read_hours(text) for text in stored)
