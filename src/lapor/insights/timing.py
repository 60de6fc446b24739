"""When a clock was due and when its step was done, as the database compares them."""

from __future__ import annotations

from django.db.models import (
    BooleanField,
    Case,
    DateField,
    DateTimeField,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Cast

from lapor.agencies.models import CalendarDay
from lapor.reports.models import Deadline
from lapor.sop.table import CLOCK_ACTS
from lapor.sop.vocabulary import Clock

# What asks an officer to act. When the others end, the clock itself acts or a door closes: nobody was late.
OFFICERS_CLOCKS = tuple(
    str(clock) for clock in Clock if clock not in CLOCK_ACTS and clock not in (Clock.REOPEN_WINDOW, Clock.APPEAL_WINDOW)
)
CLOCKS_OF_NOBODY = tuple(str(clock) for clock in Clock if str(clock) not in OFFICERS_CLOCKS)

# A clock in working days ends after its local day; the days of rest that follow carry the same ordinal.
_LATE = Q(done_ordinal__gt=F("due_ordinal")) | Q(due_at__lt=F("met_at"))


def timed(deadlines: QuerySet[Deadline]) -> QuerySet[Deadline]:
    """Return the officers' clocks with `due_day`, `done_day` (local), and `was_late`: met after its limit."""
    days = CalendarDay.objects.filter(calendar=OuterRef("calendar"))
    local = Func(F("calendar__zone"), F("met_at"), function="timezone", output_field=DateTimeField())
    return deadlines.filter(clock__in=OFFICERS_CLOCKS).annotate(
        due_day=Subquery(days.filter(ordinal=OuterRef("due_ordinal"), working=True).values("day")),
        done_day=Cast(local, DateField()),
        done_ordinal=Subquery(days.filter(day=OuterRef("done_day")).values("ordinal")),
        was_late=Case(When(_LATE, then=True), default=False, output_field=BooleanField()),
    )
