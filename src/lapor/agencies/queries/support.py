"""Support visits: the one a person is on, and all that an institution may look through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from lapor.agencies.models import SupportVisit
from lapor.kernel.actor import Actor
from lapor.kernel.models import Deed
from lapor.sop.vocabulary import Role

MOST = 50  # visits on the page, the newest
MOST_READS = 300


@dataclass(frozen=True)
class VisitInfo:
    """One visit. `ends_at` is when it ends or ended; `reads` counts the pages read."""

    id: int
    institution_id: int
    institution: str
    account_id: int
    visitor: str
    reason: str
    began_at: datetime
    ends_at: datetime
    is_on: bool
    reads: int


@dataclass(frozen=True)
class Read:
    """One page that was read on a visit: its kind and its address."""

    at: datetime
    page: str
    address: str


def visit_in_force(visit_id: int, account_id: int, *, now: datetime) -> VisitInfo | None:
    """Return the visit that this person is on, None when it is over or somebody else's; one query."""
    rows = SupportVisit.objects.filter(pk=visit_id, account=account_id, ended_at=None, ends_at__gt=now)
    return next(iter(_infos(rows, now)), None)


def visits(actor: Actor, *, now: datetime) -> list[VisitInfo]:
    """Return the newest visits: all of them for the national desk, an institution's own for its admin; one query."""
    return _infos(_visible(actor).order_by("-pk")[:MOST], now)


def find_visit(actor: Actor, visit_id: int, *, now: datetime) -> VisitInfo | None:
    """Return one visit that this actor may look through; one query."""
    return next(iter(_infos(_visible(actor).filter(pk=visit_id), now)), None)


def reads_of(visit: VisitInfo) -> list[Read]:
    """Return what was read on a visit, newest first; one query."""
    rows = Deed.objects.filter(institution=visit.institution_id, action="support_read", at__gte=visit.began_at)
    rows = rows.filter(at__lte=visit.ends_at, facts__visit=visit.id).order_by("-id")
    return [Read(row.at, str(row.facts.get("page", "")), row.about) for row in rows[:MOST_READS]]


def _visible(actor: Actor) -> QuerySet[SupportVisit]:
    if actor.role is Role.NATIONAL_ADMIN:
        return SupportVisit.objects.all()
    if actor.role is Role.AGENCY_ADMIN and actor.desk is not None:
        return SupportVisit.objects.filter(institution=actor.desk)
    return SupportVisit.objects.none()


def _infos(rows: QuerySet[SupportVisit], now: datetime) -> list[VisitInfo]:
    return [
        VisitInfo(
            id=row.pk,
            institution_id=row.institution_id,
            institution=row.institution.name,
            account_id=row.account_id,
            visitor=row.account.name,
            reason=row.reason,
            began_at=row.began_at,
            ends_at=row.ended_at or row.ends_at,
            is_on=row.ended_at is None and row.ends_at > now,
            reads=row.reads,
        )
        for row in rows.select_related("institution", "account")
    ]
