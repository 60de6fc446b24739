"""Declare or take back a holiday: open deadlines move outward, never inward, and clocks that have fired stay fired.

A holiday declared for the future touches no clock row: the ordinal stays, its date moves by itself (docs/adr/0004).
Only a day that has already passed, or one that is taken back, needs the running clocks looked at, in batches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import partial
from itertools import islice

from django.db import transaction
from django.db.models import Min, Q, QuerySet

from lapor.agencies.models import Calendar
from lapor.agencies.queries import calendars
from lapor.agencies.usecases import calendars as days
from lapor.agencies.usecases.calendars import DayChange
from lapor.kernel.actor import Actor
from lapor.reports.models import Deadline, Report
from lapor.reports.queries.deadlines import span_of
from lapor.sop.calendar import WorkingCalendar
from lapor.sop.calendar_change import CalendarChange, shift_for, shift_remaining
from lapor.sop.profile import Unit
from lapor.sop.table import CLOCK_ACTS

BATCH = 1000
LIVE = (Deadline.State.RUNNING, Deadline.State.PAUSED)


@transaction.atomic(durable=True)
def declare_holiday(*, calendar: str, day: date, why: str, decree: str = "", actor: Actor, now: datetime) -> int:
    """Make `day` a holiday of the calendar with this code and return how many clock rows were touched.

    Raises the refusals of `lapor.agencies.usecases.calendars.declare_holiday`.
    """
    declare = partial(days.declare_holiday, calendar=calendar, day=day, why=why, decree=decree, actor=actor, now=now)
    return _change(calendar, now, declare)


@transaction.atomic(durable=True)
def revoke_holiday(*, calendar: str, day: date, actor: Actor, now: datetime) -> int:
    """Take a holiday back; what was promised for later days stays promised. Returns the clock rows touched."""
    revoke = partial(days.revoke_holiday, calendar=calendar, day=day, actor=actor, now=now)
    return _change(calendar, now, revoke)


def _change(code: str, now: datetime, change_day: Callable[[], DayChange]) -> int:
    # Locked before it is read: a change that waited for another must count from what that one left.
    # Not against those who only point to it: a step does so when it commits, and this waits for steps.
    kept = Calendar.objects.select_for_update(no_key=True).filter(code=code).first()
    before = _whole(kept) if kept else None
    changed = change_day()
    if kept is None or before is None or not changed.moved:
        return 0
    if not changed.is_working and changed.day > calendars.today(kept, now):
        return 0
    change = CalendarChange(before, _whole(kept))
    _wait_for_steps(kept)
    clocks = _affected(kept, changed).iterator(BATCH)
    touched = 0
    while chunk := list(islice(clocks, BATCH)):
        touched += _shift(chunk, change)
    return touched


def _wait_for_steps(calendar: Calendar) -> None:
    """Lock every report with a live clock of this calendar, as each step does: none may count by the days of before."""
    running = Deadline.objects.filter(calendar=calendar, state__in=LIVE).values("report")
    for _ in Report.objects.filter(pk__in=running).order_by("pk").select_for_update().values_list("pk").iterator(BATCH):
        pass


def _whole(calendar: Calendar) -> WorkingCalendar:
    span = calendar.days.order_by("day")
    first, last = span.first(), span.last()
    if first is None or last is None:
        raise ValueError(f"the calendar {calendar.code} is empty")
    return calendars.load(calendar.pk, first.day, last.day)


def _affected(calendar: Calendar, changed: DayChange) -> QuerySet[Deadline]:
    """Return the clocks that a changed day can touch: begun on or after it, paused over it, or due later."""
    live = Deadline.objects.filter(calendar=calendar, unit=Unit.WORKDAYS).select_related("report").order_by("pk")
    live = live.filter(state__in=LIVE)
    if changed.is_working:
        later = Q(due_ordinal__gt=changed.ordinal) | Q(target_ordinal__gt=changed.ordinal)
        return live.filter(later | Q(state=Deadline.State.PAUSED))
    return live.filter(Q(start_day__gte=changed.day) | ~Q(pauses=[]))


def _shift(chunk: Iterable[Deadline], change: CalendarChange) -> int:
    touched = [deadline for deadline in chunk if _move(deadline, change)]
    Deadline.objects.bulk_update(touched, ["due_ordinal", "target_ordinal", "remaining"])
    _resort({deadline.report_id for deadline in touched})
    return len(touched)


def _move(deadline: Deadline, change: CalendarChange) -> bool:
    """Correct one clock in memory; tells whether anything changed."""
    was = (deadline.due_ordinal, deadline.target_ordinal, deadline.remaining)
    pauses = [span_of(pause) for pause in deadline.pauses]
    start = deadline.start_day

    def moved(number: int | None) -> int | None:
        if number is None:
            return None
        if deadline.state == Deadline.State.PAUSED:
            return shift_remaining(change, start, number, pauses[-1].since, pauses[:-1])
        return shift_for(change, start, number, pauses)

    deadline.due_ordinal, deadline.target_ordinal = moved(deadline.due_ordinal), moved(deadline.target_ordinal)
    deadline.remaining = moved(deadline.remaining)
    return was != (deadline.due_ordinal, deadline.target_ordinal, deadline.remaining)


def _resort(reports: set[int]) -> None:
    """Set anew what sorts the pile for the reports whose clocks moved."""
    owed = (Deadline.State.RUNNING, Deadline.State.OVERDUE)
    officers = Q(state__in=owed) & ~Q(clock__in=[str(clock) for clock in CLOCK_ACTS])
    earliest = Deadline.objects.filter(officers, report__in=reports).values("report").annotate(due=Min("due_ordinal"))
    rows = [Report(pk=row["report"], due_ordinal=row["due"]) for row in earliest]
    Report.objects.bulk_update(rows, ["due_ordinal"])
