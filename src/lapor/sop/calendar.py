"""The working calendar: which days count, and deadlines as ordinals of working days.

A deadline is kept as the *ordinal* of a working day, never as a date. A holiday declared for the future then changes no
deadline at all: the ordinal stays, only the date that carries it moves outward.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import pairwise
from zoneinfo import ZoneInfo

WEEKEND = "Akhir pekan"
REST_DAYS = frozenset({5, 6})  # Saturday and Sunday, as date.weekday() counts

ZONES = {
    "WIB": ZoneInfo("Asia/Jakarta"),
    "WITA": ZoneInfo("Asia/Makassar"),
    "WIT": ZoneInfo("Asia/Jayapura"),
}

Period = tuple[time, time]
ServiceHours = tuple[tuple[Period, ...], ...]  # seven entries, Monday first; each day has any number of periods

_MONDAY_TO_THURSDAY = ((time(7, 30), time(12)), (time(13), time(16)))
_FRIDAY = ((time(7, 30), time(11, 30)), (time(13), time(16, 30)))
# Perpres 21/2023: 37.5 hours a week from 07.30 local time, a break of 60 minutes, on Fridays 90.
OFFICE_HOURS: ServiceHours = (*(_MONDAY_TO_THURSDAY,) * 4, _FRIDAY, (), ())


class CalendarError(ValueError):
    """The days given do not make a calendar."""


class OutsideCalendar(CalendarError):
    """A day or an ordinal lies outside the range of years that the calendar knows."""


class NotAHoliday(CalendarError):
    """A holiday cannot be revoked on a day that is none."""


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day of a calendar.

    `ordinal` is the number of working days from the calendar's beginning up to and including this day. `why` says in
    Indonesian why the day does not count; `decree` names the decision behind it where known. `estimated` marks a date
    that no authority has fixed yet. `declared` is the day of the decision where it came later than the calendar.
    """

    day: date
    ordinal: int
    working: bool
    why: str = ""
    decree: str = ""
    estimated: bool = False
    declared: date | None = None


@dataclass(frozen=True)
class WorkingCalendar:
    """An unbroken range of days in one time zone, each working or not; immutable.

    Raises `CalendarError` when a day is missing or the ordinals do not count the working days.
    """

    days: tuple[CalendarDay, ...]
    zone: ZoneInfo
    service_hours: ServiceHours = OFFICE_HOURS
    rest_days: frozenset[int] = REST_DAYS

    def __post_init__(self) -> None:
        if not self.days:
            raise CalendarError("a calendar needs at least one day")
        for before, after in pairwise(self.days):
            if after.day != before.day + timedelta(days=1):
                raise CalendarError(f"no day follows {before.day} in the calendar")
            if after.ordinal != before.ordinal + after.working:
                raise CalendarError(f"the ordinal of {after.day} does not count the working days")

    @property
    def first(self) -> date:
        """The first day known."""
        return self.days[0].day

    @property
    def last(self) -> date:
        """The last day known."""
        return self.days[-1].day

    def __getitem__(self, day: date) -> CalendarDay:
        """Return what the calendar says of `day`; raises `OutsideCalendar`."""
        if not self.first <= day <= self.last:
            raise OutsideCalendar(f"{day} is outside the calendar ({self.first} to {self.last})")
        return self.days[(day - self.first).days]

    def ordinal(self, day: date) -> int:
        """Count the working days from the calendar's beginning up to and including `day`."""
        return self[day].ordinal

    def is_working(self, day: date) -> bool:
        """Say whether `day` counts."""
        return self[day].working

    def day_of(self, ordinal: int) -> date:
        """Return the working day that carries `ordinal`; raises `OutsideCalendar`."""
        index = ordinal - self._working[0].ordinal if self._working else -1
        if not 0 <= index < len(self._working):
            raise OutsideCalendar(f"working day {ordinal} is outside the calendar ({self.first} to {self.last})")
        return self._working[index].day

    def between(self, after: date, until: date) -> Sequence[CalendarDay]:
        """Return the days after `after` up to and including `until`."""
        self[after], self[until]
        return self.days[(after - self.first).days + 1 : (until - self.first).days + 1]

    def today(self, now: datetime) -> date:
        """Return the local date of an aware instant; never the server's own date."""
        if now.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return now.astimezone(self.zone).date()

    def end_of(self, day: date) -> datetime:
        """Return the last second of `day`, local: the instant shown to people as the deadline."""
        return datetime.combine(day, time(23, 59, 59), self.zone)

    def due_at(self, due_ordinal: int) -> datetime:
        """Return the deadline as an instant: 23:59:59 local on the day that carries the ordinal."""
        return self.end_of(self.day_of(due_ordinal))

    @cached_property
    def _working(self) -> tuple[CalendarDay, ...]:
        return tuple(day for day in self.days if day.working)


def number(days: Iterable[CalendarDay], *, before: int = 0) -> tuple[CalendarDay, ...]:
    """Give each day its ordinal, counting on from `before` working days."""
    numbered = []
    for day in days:
        before += day.working
        numbered.append(replace(day, ordinal=before))
    return tuple(numbered)


def counting_every_day(calendar: WorkingCalendar) -> WorkingCalendar:
    """Return the same range with each day counting: for a profile that reads "hari" as calendar days (C2)."""
    every = (replace(day, working=True, why="", decree="", estimated=False) for day in calendar.days)
    return replace(calendar, days=number(every))


# --- A clock's arithmetic: all O(1) --------------------------------------------------------------


def arm(calendar: WorkingCalendar, day: date, n: int) -> int:
    """Return the due ordinal of a clock of `n` working days started on `day`, which is day 0."""
    return calendar.ordinal(day) + n


def pause(calendar: WorkingCalendar, due_ordinal: int, today: date) -> int:
    """Stop a clock at the end of `today`; return the working days remaining (below 0 when overdue)."""
    return due_ordinal - calendar.ordinal(today)


def resume(calendar: WorkingCalendar, remaining: int, today: date) -> int:
    """Let a clock run on with `remaining` working days, `today` being day 0; return its due ordinal."""
    return calendar.ordinal(today) + remaining


def is_due(calendar: WorkingCalendar, due_ordinal: int, today: date) -> bool:
    """Say whether the deadline has passed: only once its whole local day is over and a working day has begun.

    `due_ordinal < calendar.ordinal(today)` is the same question put to an index.
    """
    return due_ordinal < calendar.ordinal(today)
