"""A deadline explains itself: the event, each day counted or skipped and why, pauses, later changes, and the rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lapor.sop.calendar import WEEKEND, CalendarDay, OutsideCalendar, WorkingCalendar
from lapor.sop.calendar_change import PauseSpan
from lapor.sop.profile_types import ClockLimit, Counting, Profile, Unit
from lapor.sop.service_time import add_minutes, add_service_minutes, opening_times
from lapor.sop.vocabulary import Clock, Word


class UnexplainedDeadline(ValueError):
    """A stored deadline does not follow from its start, limit and pauses: fewer days were given than the limit."""


class Mark(Word):
    """What a day is to a clock."""

    EVENT = "event", "hari kejadian (hari ke-0)", "day of the event (day 0)"
    COUNTED = "counted", "dihitung", "counted"
    WEEKEND = "weekend", "akhir pekan", "weekend"
    HOLIDAY = "holiday", "hari libur", "holiday"
    PAUSED = "paused", "jam berhenti", "the clock stood still"
    KEPT = "kept", "tambahan agar batas yang sudah dijanjikan tidak maju", "added so that the promised date stays"
    CLOSED = "closed", "di luar jam layanan", "outside the service hours"


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day: its mark, for a counted day its number (of the limit), for a pause why the clock stood still.

    Where minutes of service are counted, `number` is how many have passed by the end of the day.
    """

    day: CalendarDay
    mark: Mark
    number: int | None = None
    pause: PauseSpan | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """The date promised at first is no longer the date: through these holidays, and so many working days of pause."""

    promised: date
    holidays: tuple[CalendarDay, ...]
    paused_days: int


@dataclass(frozen=True)
class Explanation:
    """Why this date: data for both faces; `lapor.sop.deadline_text` puts it into words.

    While the clock stands still `due_on` is None and `remaining` tells the working days left. `lapses_on` is the
    working day on which the deadline counts as passed. `started` is local; `n` is in `unit`.
    """

    clock: Clock
    event: Word
    started: datetime | date
    n: int
    limit: ClockLimit
    profile: Profile
    rows: tuple[DayRow, ...]
    due_on: date | None
    due_at: datetime | None
    lapses_on: date | None = None
    remaining: int | None = None
    pauses: tuple[PauseSpan, ...] = ()
    moved: Moved | None = None

    @property
    def unit(self) -> Unit:
        """What is counted."""
        return self.limit.unit

    @property
    def is_target(self) -> bool:
        """Whether the date is only a target, whose passing is shown but is no breach (S21, C6)."""
        return self.limit.limit is None or self.n == self.limit.target != self.limit.limit

    @property
    def counts_every_day(self) -> bool:
        """Whether the profile reads "hari" as calendar days (C2)."""
        return self.profile.counting is Counting.CALENDAR

    @property
    def holidays(self) -> tuple[CalendarDay, ...]:
        """The holidays skipped."""
        return tuple(row.day for row in self.rows if row.mark is Mark.HOLIDAY)

    def count(self, mark: Mark) -> int:
        """Count the days that carry `mark`."""
        return sum(row.mark is mark for row in self.rows)


def explain(
    *,
    clock: Clock,
    event: Word,
    start_day: date,
    limit: ClockLimit,
    calendar: WorkingCalendar,
    profile: Profile,
    n: int | None = None,
    due_ordinal: int | None = None,
    remaining: int | None = None,
    pauses: Sequence[PauseSpan] = (),
    promised_on: date | None = None,
) -> Explanation:
    """Explain a clock in working days, running (`due_ordinal`) or standing still (`remaining`).

    `n` is the number of days given where it is not the profile's limit (or target). Raises `UnexplainedDeadline` when
    fewer days than `n` lie before the deadline, `OutsideCalendar` when the calendar is too short.
    """
    days = n or limit.limit or limit.target or 0
    due_on = None if due_ordinal is None else calendar.day_of(due_ordinal)
    last = due_on or max((pause.since for pause in pauses), default=start_day)
    rows = (DayRow(calendar[start_day], Mark.EVENT), *_count(calendar.between(start_day, last), days, pauses))
    counted = sum(row.mark is Mark.COUNTED for row in rows)
    if due_on and counted < days:
        raise UnexplainedDeadline(f"{clock}: due on {due_on}, but only {counted} of {days} days lie before it")
    return Explanation(
        clock=clock,
        event=event,
        started=start_day,
        n=days,
        limit=limit,
        profile=profile,
        rows=rows,
        due_on=due_on,
        due_at=calendar.end_of(due_on) if due_on else None,
        lapses_on=_next_working_day(calendar, due_ordinal),
        remaining=remaining if due_on is None else None,
        pauses=tuple(pauses),
        moved=_moved(rows, start_day, due_on, promised_on),
    )


def explain_minutes(
    *,
    clock: Clock,
    event: Word,
    started_at: datetime,
    limit: ClockLimit,
    calendar: WorkingCalendar,
    profile: Profile,
    n: int | None = None,
    due_at: datetime | None = None,
) -> Explanation:
    """Explain a clock in minutes, or in minutes of service; `due_at` where a pause has put the instant off."""
    minutes = n or limit.limit or limit.target or 0
    in_service = limit.unit is Unit.SERVICE_MINUTES
    computed = (add_service_minutes if in_service else add_minutes)(calendar, started_at, minutes)
    due_at = (due_at or computed).astimezone(calendar.zone)
    return Explanation(
        clock=clock,
        event=event,
        started=started_at.astimezone(calendar.zone),
        n=minutes,
        limit=limit,
        profile=profile,
        rows=tuple(_serve(calendar, started_at, due_at)) if in_service and due_at == computed else (),
        due_on=calendar.today(due_at),
        due_at=due_at,
    )


def _count(days: Iterable[CalendarDay], n: int, pauses: Sequence[PauseSpan]) -> Iterator[DayRow]:
    """Mark each day after the event; what works beyond the n-th day is there to keep an earlier promise."""
    number = 0
    for day in days:
        pause = next((span for span in pauses if _stands_still(span, day.day)), None)
        if not day.working:
            yield DayRow(day, Mark.WEEKEND if day.why == WEEKEND else Mark.HOLIDAY)
        elif pause:
            yield DayRow(day, Mark.PAUSED, pause=pause)
        elif number < n:
            number += 1
            yield DayRow(day, Mark.COUNTED, number)
        else:
            yield DayRow(day, Mark.KEPT)


def _stands_still(span: PauseSpan, day: date) -> bool:
    """A clock stops at the end of its last day and goes on with the day after the pause, as after an event."""
    return span.since < day and (span.until is None or day <= span.until)


def _next_working_day(calendar: WorkingCalendar, due_ordinal: int | None) -> date | None:
    try:
        return None if due_ordinal is None else calendar.day_of(due_ordinal + 1)
    except OutsideCalendar:
        return None  # a calendar cut off right after the deadline still explains the deadline


def _moved(rows: Sequence[DayRow], start_day: date, due_on: date | None, promised_on: date | None) -> Moved | None:
    if not promised_on or not due_on or due_on == promised_on:
        return None
    later = (row.day for row in rows if row.mark is Mark.HOLIDAY and row.day.declared and row.day.declared >= start_day)
    return Moved(promised_on, tuple(later), sum(row.mark is Mark.PAUSED for row in rows))


def _serve(calendar: WorkingCalendar, start: datetime, end: datetime) -> Iterator[DayRow]:
    """Mark each day from `start` to `end` with the minutes of service passed by its end."""
    served = timedelta()
    day = calendar.today(start)
    while day <= calendar.today(end):
        known = calendar[day]
        today = sum(
            (max(min(closes, end) - max(opens, start), timedelta()) for opens, closes in opening_times(calendar, day)),
            timedelta(),
        )
        served += today
        if not known.working:
            yield DayRow(known, Mark.WEEKEND if known.why == WEEKEND else Mark.HOLIDAY)
        else:
            yield DayRow(known, Mark.COUNTED if today else Mark.CLOSED, int(served / timedelta(minutes=1)))
        day += timedelta(days=1)
