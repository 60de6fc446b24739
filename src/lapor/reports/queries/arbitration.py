"""Reports that desks sent back twice: from there on the coordinator decides who answers (S30, S32; docs/adr/0006).

Also what the national desk routes: reports that no institution has, and those that an institution gave back.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from lapor.kernel.actor import Actor
from lapor.reports.models import Disposition, Report
from lapor.reports.models.report import IS_OPEN
from lapor.sop.vocabulary import Action, Role, Status, Word

PAGE = 25
SPENT = 2  # returns after which a desk may not return any more


class Pile(Word):
    """The lists of a coordinator."""

    UNCLAIMED = "unclaimed", "Belum ada instansi", "No institution yet"
    RETURNED = "returned", "Dikembalikan", "Returned"
    PING_PONG = "ping_pong", "Perlu keputusan Anda", "For you to decide"


PILES = {
    Role.NATIONAL_ADMIN: (Pile.PING_PONG, Pile.UNCLAIMED, Pile.RETURNED),
    Role.AGENCY_ADMIN: (Pile.PING_PONG, Pile.RETURNED),
}


@dataclass(frozen=True)
class Hop:
    """One return: who gave the report back when, and whom they called competent."""

    desk: str
    at: datetime
    named_body: str


@dataclass(frozen=True)
class Stray:
    """One report that looks for its desk, with the returns behind it."""

    id: int
    number: str
    title: str
    status: Status
    is_secret: bool
    received_at: datetime
    hops: list[Hop]

    @property
    def returns(self) -> int:
        """How often it was given back."""
        return len(self.hops)


@dataclass(frozen=True)
class Strays:
    """One page, oldest first; `older` is the cursor of the next, None at the end."""

    rows: list[Stray]
    older: int | None


def piles_of(actor: Actor) -> tuple[Pile, ...]:
    """Return the lists of this role."""
    return PILES[actor.role]


def strays(actor: Actor, pile: Pile, *, after: int | None = None) -> Strays:
    """Return one page of a list of the actor's own desk. Two queries, by the partial indexes of open reports."""
    reports = Report.objects.filter(_at_desk(actor), _in(actor, pile)).order_by("pk")
    if after is not None:
        reports = reports.filter(pk__gt=after)
    found = list(reports[: PAGE + 1])
    hops = _hops([report.pk for report in found[:PAGE]])
    rows = [_stray(report, hops[report.pk]) for report in found[:PAGE]]
    return Strays(rows, found[PAGE - 1].pk if len(found) > PAGE else None)


def count(actor: Actor) -> dict[Pile, int]:
    """Return how many stand in each list; one query for each, along a partial index."""
    return {pile: _counted(actor, pile).count() for pile in piles_of(actor)}


def _counted(actor: Actor, pile: Pile) -> QuerySet[Report]:
    return Report.objects.filter(_at_desk(actor), _in(actor, pile))


def _at_desk(actor: Actor) -> Q:
    """Return what waits for this desk's word: nobody else's, and nothing that has gone on."""
    return IS_OPEN & Q(status=str(Status.UNVERIFIED), desk=actor.desk)


def _in(actor: Actor, pile: Pile) -> Q:
    column = "agency_returns" if actor.role is Role.NATIONAL_ADMIN else "unit_returns"
    match pile:
        case Pile.UNCLAIMED:
            return Q(agency=None, agency_returns=0)
        case Pile.RETURNED:
            return Q(**{f"{column}__gt": 0, f"{column}__lt": SPENT})
    return Q(**{f"{column}__gte": SPENT})


def _hops(reports: list[int]) -> dict[int, list[Hop]]:
    """Return each report's returns, in order: the leg that one ended, and the body that the next leg names."""
    found: dict[int, list[Hop]] = defaultdict(list)
    gave_back: dict[int, Disposition] = {}
    legs = Disposition.objects.filter(report__in=reports, is_lead=True).select_related("desk").order_by("report", "seq")
    for leg in legs:
        before = gave_back.pop(leg.report_id, None)
        if before is not None:
            found[leg.report_id].append(Hop(before.desk.name if before.desk else "", leg.started_at, leg.named_body))
        if leg.ended_by == Action.RETURN:
            gave_back[leg.report_id] = leg
    return found


def _stray(report: Report, hops: list[Hop]) -> Stray:
    return Stray(
        id=report.pk,
        number=report.number,
        title=report.title,
        status=Status(report.status),
        is_secret=report.is_secret,
        received_at=report.received_at,
        hops=hops,
    )
