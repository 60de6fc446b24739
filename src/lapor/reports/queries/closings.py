"""The two lists of closing requests (S59): asked and still open, and decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from lapor.kernel.actor import Actor
from lapor.reports.access import visible_to
from lapor.reports.models import Disposition
from lapor.sop.vocabulary import Action, Status

PAGE = 40
DECISIONS = (str(Action.APPROVE_CLOSING), str(Action.REFUSE_CLOSING))


@dataclass(frozen=True)
class ClosingRow:
    """One request: the report, who coordinates it, when the closing was asked for, and what was decided when."""

    number: str
    title: str
    status: Status
    agency_name: str
    asked_at: datetime
    decided_at: datetime | None
    decision: Action | None


@dataclass(frozen=True)
class Closings:
    """One page; `older` is the cursor of the next, None at the end."""

    rows: list[ClosingRow]
    older: int | None


def asked(actor: Actor, *, after: int | None = None) -> Closings:
    """Return the requests that wait for the national desk's decision, newest first. One query."""
    return _page(_requests(actor).filter(ended_at=None), after)


def decided(actor: Actor, *, after: int | None = None) -> Closings:
    """Return the requests that were decided, newest first, with the decision. One query."""
    return _page(_requests(actor).filter(ended_by__in=DECISIONS), after)


def _requests(actor: Actor) -> QuerySet[Disposition]:
    """Return the legs on which a report waited for the decision; the partial index `closing_requests` finds them."""
    legs = Disposition.objects.filter(by_action=str(Action.REQUEST_CLOSING), report__in=visible_to(actor))
    return legs.select_related("report__agency").order_by("-pk")


def _page(legs: QuerySet[Disposition], after: int | None) -> Closings:
    if after is not None:
        legs = legs.filter(pk__lt=after)
    found = list(legs[: PAGE + 1])
    return Closings([_row(leg) for leg in found[:PAGE]], found[PAGE - 1].pk if len(found) > PAGE else None)


def _row(leg: Disposition) -> ClosingRow:
    report = leg.report
    return ClosingRow(
        number=report.number,
        title=report.title,
        status=Status(report.status),
        agency_name=report.agency.name if report.agency else "",
        asked_at=leg.started_at,
        decided_at=leg.ended_at,
        decision=Action(leg.ended_by) if leg.ended_by else None,
    )
