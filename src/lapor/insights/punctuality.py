"""The on-time rate (S5): of what desks had to do, how much was done by its limit. The goal is all of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from lapor.agencies.models import CalendarDay
from lapor.insights.scope import Scope
from lapor.insights.timing import CLOCKS_OF_NOBODY, timed
from lapor.reports.models import Deadline
from lapor.sop.vocabulary import Clock

State = Deadline.State


@dataclass(frozen=True)
class OnTime:
    """One desk and one clock over a period.

    `late` counts what was done too late, and what was taken from the desk when it was late already; `open_late` what
    was late and not done when the period ended.
    """

    desk: int | None
    desk_name: str
    clock: Clock | None
    on_time: int = 0
    late: int = 0
    open_late: int = 0

    @property
    def total(self) -> int:
        """Everything that had to be done."""
        return self.on_time + self.late + self.open_late

    @property
    def done(self) -> int:
        """What was done, in time or not."""
        return self.on_time + self.late

    @property
    def rate(self) -> float | None:
        """The part done in time, 0 to 1; None where nothing had to be done."""
        return self.on_time / self.total if self.total else None


def on_time(scope: Scope, first_day: date, last_day: date, *, now: datetime) -> list[OnTime]:
    """Return the on-time rate per desk and clock, by the desk's name and the order of the SOP; five queries.

    A step belongs to the period in which it was done, each by the calendar of its own desk. What was late and undone
    when the period ended (or is by `now`, in a period that has not ended) belongs to it too, so the same question
    about a past period has the same answer for ever.
    """
    first, after = scope.instants(first_day, last_day)
    until = min(after, now + timedelta(microseconds=1))  # what is done this very moment is done
    found: dict[tuple[int | None, str, str], dict[str, int]] = defaultdict(dict)
    mine = Deadline.objects.filter(scope.owed())
    for rows in (_done(mine, first, until), _undone(mine, scope, until, last_day, now)):
        for row in rows:
            key = row.pop("desk"), row.pop("desk__name") or "", row.pop("clock")
            found[key].update(row)
    order = {str(clock): place for place, clock in enumerate(Clock)}
    lines = [OnTime(desk, name, Clock(clock), **counts) for (desk, name, clock), counts in found.items()]
    return sorted((x for x in lines if x.total), key=lambda x: (x.desk_name, x.desk or 0, order[str(x.clock)]))


def together(lines: Iterable[OnTime]) -> OnTime:
    """Return the sum of lines, as one line without desk and clock."""
    lines = list(lines)
    return OnTime(
        None,
        "",
        None,
        on_time=sum(line.on_time for line in lines),
        late=sum(line.late for line in lines),
        open_late=sum(line.open_late for line in lines),
    )


def _done(deadlines: QuerySet[Deadline], first: datetime, after: datetime) -> Iterable[dict[str, Any]]:
    ended = timed(deadlines.filter(met_at__gte=first, met_at__lt=after, state__in=(State.MET, State.DROPPED)))
    return ended.values("desk", "desk__name", "clock").annotate(
        on_time=Count("pk", filter=Q(state=State.MET, was_late=False)),
        late=Count("pk", filter=Q(was_late=True)),
    )


def _undone(
    deadlines: QuerySet[Deadline], scope: Scope, until: datetime, last_day: date, now: datetime
) -> Iterable[dict[str, Any]]:
    """Count what was late and not done at `until`: what is live still, and what was done later.

    Two questions, each answered from its own index.
    """
    today = min(last_day + timedelta(days=1), now.astimezone(scope.zone).date())
    passed = Q(due_at__lt=until)
    for calendar, ordinal in CalendarDay.objects.filter(day=today).values_list("calendar", "ordinal"):
        passed |= Q(calendar=calendar, due_ordinal__lt=ordinal)
    # Said by what it is not: asked for by name, the database would walk the index of live clocks once for each of them.
    owed = deadlines.filter(passed, started_at__lt=until).exclude(clock__in=CLOCKS_OF_NOBODY)
    found: Counter[tuple[int | None, str | None, str]] = Counter()
    for undone in (owed.filter(state__in=(State.RUNNING, State.OVERDUE)), owed.filter(met_at__gte=until)):
        for desk, name, clock, n in undone.values_list("desk", "desk__name", "clock").annotate(n=Count("pk")):
            found[desk, name, clock] += n
    return [
        {"desk": desk, "desk__name": name, "clock": clock, "open_late": n} for (desk, name, clock), n in found.items()
    ]
