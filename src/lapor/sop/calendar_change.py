"""Holidays declared or revoked later, and what running clocks need so that no deadline ever moves inward.

Let o and o' count working days before and after the change of day h, and D be a running clock's present date.

- Declared for the future: o' differs from o only from h on, after every start. No clock is touched; a date on or after
  h moves outward by itself.
- Declared for the past: a clock started before h gains the day it could not use, again by itself. One started on or
  after h never counted h; its ordinal falls by one with o', and its date stays.
- Revoked: a date after h would come one working day nearer. Its ordinal rises by one instead, and the date stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from lapor.sop.calendar import WEEKEND, CalendarDay, NotAHoliday, WorkingCalendar, number


@dataclass(frozen=True, slots=True)
class PauseSpan:
    """A clock stood still from the end of `since` to the end of `until` (None: it still does); `why` in Indonesian."""

    since: date
    until: date | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class CalendarChange:
    """One calendar before and after a decision."""

    before: WorkingCalendar
    after: WorkingCalendar


def declare_holiday(
    calendar: WorkingCalendar,
    day: date,
    why: str,
    decree: str = "",
    *,
    estimated: bool = False,
    declared: date | None = None,
) -> WorkingCalendar:
    """Return the calendar with `day` a holiday; `declared` is the date of the decision, kept for the explanation."""
    was = calendar[day]
    holiday = replace(was, working=False, why=why, decree=decree, estimated=estimated, declared=declared)
    return _with_day(calendar, holiday)


def revoke_holiday(calendar: WorkingCalendar, day: date) -> WorkingCalendar:
    """Return the calendar with the holiday on `day` taken back; raises `NotAHoliday` where there is none."""
    was = calendar[day]
    if was.working or was.why == WEEKEND:
        raise NotAHoliday(f"{day} is not a holiday")
    working = day.weekday() not in calendar.rest_days
    return _with_day(calendar, CalendarDay(day, was.ordinal, working, "" if working else WEEKEND))


def shift_for(change: CalendarChange, start_day: date, due_ordinal: int, pauses: Sequence[PauseSpan] = ()) -> int:
    """Return the due ordinal a running clock must have after `change`: exact, but never an earlier date.

    `start_day` is the clock's day 0; `pauses` are those already over. A clock whose ordinal comes back unchanged needs
    no write: so it is for every clock when a holiday is declared for the future.
    """
    begun = _begun(change.after, start_day, pauses) - _begun(change.before, start_day, pauses)
    kept = change.after.ordinal(change.before.day_of(due_ordinal))
    return max(due_ordinal + begun, kept)


def shift_remaining(
    change: CalendarChange, start_day: date, remaining: int, paused_on: date, pauses: Sequence[PauseSpan] = ()
) -> int:
    """Return the working days that remain to a paused clock after `change`: never fewer than promised."""
    begun = _begun(change.after, start_day, pauses) - _begun(change.before, start_day, pauses)
    spent = change.after.ordinal(paused_on) - change.before.ordinal(paused_on)
    return max(remaining, remaining + begun - spent)


def _begun(calendar: WorkingCalendar, start_day: date, pauses: Sequence[PauseSpan]) -> int:
    """Return the ordinal from which a clock's days count: its day 0, put off by each pause that is over."""
    over = ((pause.since, pause.until) for pause in pauses if pause.until)
    return calendar.ordinal(start_day) + sum(calendar.ordinal(until) - calendar.ordinal(since) for since, until in over)


def _with_day(calendar: WorkingCalendar, day: CalendarDay) -> WorkingCalendar:
    """Return the calendar with one day replaced and the ordinals counted anew from there on."""
    index = (day.day - calendar.first).days
    head = calendar.days[:index]
    before = head[-1].ordinal if head else calendar.days[0].ordinal - calendar.days[0].working
    return replace(calendar, days=head + number((day, *calendar.days[index + 1 :]), before=before))
