"""Late, soon or on time: one answer for lists, cases and badges, beside the colour of the status (C18)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from lapor.agencies.models import Calendar
from lapor.agencies.queries import calendars
from lapor.reports.models import Deadline


class Lateness(StrEnum):
    """How a clock stands: before its target, past its target or nearly due, past its limit."""

    ON_TIME = "on_time"
    SOON = "soon"
    LATE = "late"


SOON_DAYS = 1


def of_ordinal(due: int | None, today: int) -> Lateness | None:
    """Return how a pile's row stands from its earliest due ordinal; None while no officer owes anything."""
    if due is None:
        return None
    if due < today:
        return Lateness.LATE
    return Lateness.SOON if due - today <= SOON_DAYS else Lateness.ON_TIME


def of_deadline(deadline: Deadline, today: int, now: datetime) -> Lateness | None:
    """Return how one clock stands; None when it stands still or has ended in time."""
    if deadline.state == Deadline.State.OVERDUE:
        return Lateness.LATE
    if deadline.state != Deadline.State.RUNNING:
        return None
    if deadline.due_ordinal is None:
        return _of_minutes(deadline, now)
    amber = deadline.target_ordinal is not None and deadline.target_ordinal < today
    found = of_ordinal(deadline.due_ordinal, today)
    return Lateness.SOON if amber and found is Lateness.ON_TIME else found


def _of_minutes(deadline: Deadline, now: datetime) -> Lateness:
    if deadline.due_at is not None and deadline.due_at <= now:
        return Lateness.LATE
    return Lateness.SOON if deadline.target_at is not None and deadline.target_at <= now else Lateness.ON_TIME


class Days:
    """Ordinals of today and days of ordinals in one calendar, asked once for a whole page. Two queries."""

    def __init__(self, calendar: Calendar, now: datetime, ordinals: Iterable[int | None] = ()) -> None:
        self.calendar, self.now = calendar, now
        self.today: date = calendars.today(calendar, now)
        self.ordinal = calendars.ordinal(calendar.pk, self.today)
        self.days: dict[int, date] = {}
        self.learn(ordinals)

    def learn(self, ordinals: Iterable[int | None]) -> None:
        """Ask for the days of these ordinals too; one query, none where there are none."""
        wanted = {ordinal for ordinal in ordinals if ordinal is not None}
        if wanted:
            self.days |= calendars.days_of(self.calendar.pk, wanted)

    def day(self, ordinal: int | None) -> date | None:
        """Return the working day that carries the ordinal."""
        return None if ordinal is None else self.days[ordinal]
