"""Who reads a report now, and what waits for an officer's first step, what is due first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from lapor.identity.models import Account
from lapor.kernel.actor import Actor, person
from lapor.reports.models import Claim, Report
from lapor.sop.vocabulary import Holder, Role, Status

# What a role is given by "the next one": reports that lie at its own desk and wait for its first word.
FIRST_STEP: dict[Role, tuple[Status, ...]] = {
    Role.NATIONAL_ADMIN: (Status.UNVERIFIED,),
    Role.AGENCY_ADMIN: (Status.UNVERIFIED,),
    Role.LIAISON: (Status.DISPOSED,),
    Role.UNIT_OFFICER: (Status.DISPOSED, Status.IN_PROGRESS),
    Role.HEAD: (Status.IN_PROGRESS,),
}
_HOLDER = {
    Role.NATIONAL_ADMIN: Holder.NATIONAL,
    Role.AGENCY_ADMIN: Holder.AGENCY,
    Role.LIAISON: Holder.UNIT,
    Role.UNIT_OFFICER: Holder.UNIT_OFFICER,
    Role.HEAD: Holder.HEAD,
}


@dataclass(frozen=True)
class Reading:
    """A colleague of the same desk has the report before them since then; `until` is when the claim ends by itself."""

    name: str
    since: datetime
    until: datetime


def queue(actor: Actor) -> QuerySet[Report]:
    """Return what waits for this officer's first step, what is due first; empty for roles that only look."""
    if actor.role not in FIRST_STEP:
        return Report.objects.none()
    statuses = [str(status) for status in FIRST_STEP[actor.role]]
    waiting = Report.objects.filter(desk=actor.desk, status__in=statuses, holder=str(_HOLDER[actor.role]))
    return waiting.order_by("due_ordinal", "id")


def read_by_another(actor: Actor, report: int, now: datetime) -> Reading | None:
    """Return which colleague at the same desk has this report before them now; None when nobody, or only oneself.

    `report` is the id of a report that the actor may see. One query; other desks never learn of it.
    """
    theirs = live(actor, now).filter(report=report).exclude(account=person(actor)).first()
    if theirs is None:
        return None
    name = Account.objects.filter(pk=theirs.account).values_list("name", flat=True).first()
    return Reading(name or "", theirs.since, theirs.until)


def live(actor: Actor, now: datetime) -> QuerySet[Claim]:
    """Return the claims at this actor's desk that have not run out."""
    return Claim.objects.filter(desk=actor.desk, until__gt=now)
