"""The breach register (S20 to S23): which step, whose, planned and actual, explained and acknowledged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from django.db.models import QuerySet

from lapor.agencies.queries.roles import OfficerInfo, appointment_infos
from lapor.insights.scope import Scope
from lapor.kernel.errors import NothingHere
from lapor.reports.models import Breach
from lapor.sop.vocabulary import Clock

PAGE = 50
CHUNK = 1000


@dataclass(frozen=True)
class BreachRow:
    """One limit passed. `planned_at` is set for limits in minutes; `actual_at` once the step was done after all."""

    id: int
    number: str
    clock: Clock
    desk: int | None
    desk_name: str
    officer: str
    planned_on: date
    planned_at: datetime | None
    noticed_at: datetime
    actual_at: datetime | None
    explanation: str
    explained_by: str
    explained_at: datetime | None
    acknowledged_by: str
    acknowledged_at: datetime | None
    remark: str


@dataclass(frozen=True)
class BreachPage:
    """One page, newest first; `older` is the cursor of the next, None at the end."""

    rows: list[BreachRow]
    older: int | None


def breach_page(
    scope: Scope,
    *,
    after: int | None = None,
    unexplained: bool = False,
    unacknowledged: bool = False,
    size: int = PAGE,
) -> BreachPage:
    """Return a page of the register. Two queries.

    With unexplained=True only what still asks for an explanation, with unacknowledged=True what was explained and now
    asks for the head.
    """
    found = _breaches(scope)
    if unexplained:
        found = found.filter(explained_at=None)
    if unacknowledged:
        found = found.filter(explained_at__isnull=False, acknowledged_at=None)
    if after is not None:
        found = found.filter(pk__lt=after)
    breaches = list(found[: size + 1])
    older = breaches[size - 1].pk if len(breaches) > size else None
    return BreachPage(_rows(breaches[:size]), older)


def find_breach(scope: Scope, breach: int) -> BreachRow:
    """Return one entry of the register. Raises NotFound, also for one outside the scope. Two queries."""
    found = list(_breaches(scope).filter(pk=breach))
    if not found:
        raise NothingHere
    return _rows(found)[0]


def breach_rows(scope: Scope, first_day: date, last_day: date) -> Iterator[BreachRow]:
    """Yield the register of the breaches noticed in a period, newest first, without holding it in memory."""
    first, after = scope.instants(first_day, last_day)
    breaches = _breaches(scope).filter(noticed_at__gte=first, noticed_at__lt=after).iterator(chunk_size=CHUNK)
    while chunk := list(islice(breaches, CHUNK)):
        yield from _rows(chunk)


def _breaches(scope: Scope) -> QuerySet[Breach]:
    return Breach.objects.filter(scope.owed()).select_related("report", "desk").order_by("-id")


def _rows(breaches: list[Breach]) -> list[BreachRow]:
    people = appointment_infos(_appointments(breaches))
    return [_row(breach, people) for breach in breaches]


def _appointments(breaches: Iterable[Breach]) -> set[int]:
    ids = {x for breach in breaches for x in (breach.appointment, breach.explained_by, breach.acknowledged_by)}
    return {appointment for appointment in ids if appointment is not None}


def _row(breach: Breach, people: dict[int, OfficerInfo]) -> BreachRow:
    def name(appointment: int | None) -> str:
        return people[appointment].name if appointment in people else ""

    return BreachRow(
        id=breach.pk,
        number=breach.report.number,
        clock=Clock(breach.clock),
        desk=breach.desk_id,
        desk_name=breach.desk.name if breach.desk else "",
        officer=name(breach.appointment),
        planned_on=breach.planned_on,
        planned_at=breach.planned_at,
        noticed_at=breach.noticed_at,
        actual_at=breach.actual_at,
        explanation=breach.explanation,
        explained_by=name(breach.explained_by),
        explained_at=breach.explained_at,
        acknowledged_by=name(breach.acknowledged_by),
        acknowledged_at=breach.acknowledged_at,
        remark=breach.remark,
    )
