"""Working days from the database: asked on every step of a report, so each answer costs one query on one index."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from lapor.agencies.models import Calendar, CalendarDay
from lapor.sop import calendar as sop
from lapor.sop.calendar import OFFICE_HOURS, WEEKEND, OutsideCalendar, ServiceHours, WorkingCalendar


def today(calendar: Calendar, now: datetime) -> date:
    """Return the local day of an aware instant in the calendar's zone; never the server's own date. No query."""
    if now.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return now.astimezone(ZoneInfo(calendar.zone)).date()


def ordinal(calendar_id: int, day: date) -> int:
    """Count the working days up to and including `day`; raises `OutsideCalendar`."""
    try:
        return CalendarDay.objects.values_list("ordinal", flat=True).get(calendar=calendar_id, day=day)
    except CalendarDay.DoesNotExist:
        raise OutsideCalendar(f"{day} is outside the calendar") from None


def ordinals(calendar_id: int, days: Iterable[date]) -> dict[date, int]:
    """Return the ordinal of each of these days that the calendar has, all in one query."""
    rows = CalendarDay.objects.filter(calendar=calendar_id, day__in=set(days))
    return dict(rows.values_list("day", "ordinal"))


def day_of(calendar_id: int, ordinal: int) -> date:
    """Return the working day that carries `ordinal`; raises `OutsideCalendar`."""
    return days_of(calendar_id, [ordinal])[ordinal]


def days_of(calendar_id: int, ordinals: Iterable[int]) -> dict[int, date]:
    """Return the working day of each ordinal, all in one query; raises `OutsideCalendar` when one has none."""
    wanted = set(ordinals)
    rows = CalendarDay.objects.filter(calendar=calendar_id, working=True, ordinal__in=wanted)
    found = dict(rows.values_list("ordinal", "day"))
    if missing := wanted - found.keys():
        raise OutsideCalendar(f"working day {min(missing)} is outside the calendar")
    return found


def load(calendar_id: int, first: date, last: date) -> WorkingCalendar:
    """Return a stretch of a calendar, both days included, as the law reasons about it; two queries.

    For explanations and for minutes of service. Raises `OutsideCalendar` where the calendar does not reach so far.
    """
    calendar = Calendar.objects.get(pk=calendar_id)
    zone = ZoneInfo(calendar.zone)
    days = tuple(_law(row, zone) for row in calendar.days.filter(day__range=(first, last)).order_by("day"))
    if not days or (days[0].day, days[-1].day) != (first, last):
        raise OutsideCalendar(f"{first} to {last} is not inside the calendar {calendar.code}")
    return WorkingCalendar(days, zone, _hours(calendar.service_hours))


def calendar_of(agency_id: int, *, counting: str = "working") -> Calendar:
    """Return an agency's calendar; with counting="calendar" its zone's companion that counts each day (C2)."""
    if counting == "working":
        return Calendar.objects.get(agencies=agency_id)
    zone = Calendar.objects.filter(agencies=agency_id).values("zone")
    return Calendar.objects.get(zone__in=zone, counts_all_days=True)


@dataclass(frozen=True)
class DayOff:
    """A holiday or a day of the agency's own on which nothing is due, for people to read and change."""

    day: date
    why: str
    decree: str
    estimated: bool
    declared_at: datetime | None


def days_off(calendar_id: int, year: int) -> list[DayOff]:
    """Return a year's holidays, in order, without the plain weekends."""
    rows = CalendarDay.objects.filter(calendar=calendar_id, day__year=year, working=False).exclude(why=WEEKEND)
    return [
        DayOff(row.day, row.why, row.decree, estimated=row.estimated, declared_at=row.declared_at)
        for row in rows.order_by("day")
    ]


def calendars() -> list[Calendar]:
    """Return the calendars that people edit: the companions that count each day have nothing to edit."""
    return list(Calendar.objects.filter(counts_all_days=False).order_by("name"))


def last_day(calendar_id: int) -> date | None:
    """Return the last day a calendar knows, so that somebody can extend it in time; None while it is empty."""
    return CalendarDay.objects.filter(calendar=calendar_id).order_by("-day").values_list("day", flat=True).first()


def _law(row: CalendarDay, zone: ZoneInfo) -> sop.CalendarDay:
    return sop.CalendarDay(
        day=row.day,
        ordinal=row.ordinal,
        working=row.working,
        why=row.why,
        decree=row.decree,
        estimated=row.estimated,
        declared=row.declared_at.astimezone(zone).date() if row.declared_at else None,
    )


def _hours(stored: dict[str, list[list[str]]]) -> ServiceHours:
    if not stored:
        return OFFICE_HOURS
    return tuple(
        tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in stored.get(str(weekday), ()))
        for weekday in range(7)
    )
