"""Desks at which open reports lie and nobody in force can act: no report without a holder (S16)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from lapor.agencies.queries.roles import desks_without_officer
from lapor.agencies.queries.tree import agency_infos
from lapor.kernel.actor import Actor
from lapor.reports.models import Report
from lapor.reports.models.report import IS_OPEN
from lapor.sop.vocabulary import Role


@dataclass(frozen=True)
class Unmanned:
    """A desk without anybody who can act, the role it needs, and how many open reports lie there."""

    code: str
    name: str
    institution: str
    institution_code: str
    role: Role
    reports: int


def unmanned_desks(actor: Actor, *, now: datetime) -> list[Unmanned]:
    """Return the desks without an officer in force: an institution's own for its admin, all for the national desk.

    Those with open reports first, most of them first. Six queries, however many reports there are; the counts read
    the index of open reports.
    """
    vacant = {one.agency_id: one for one in desks_without_officer(now)}
    infos = agency_infos(vacant)
    if actor.role is not Role.NATIONAL_ADMIN:
        infos = {pk: desk for pk, desk in infos.items() if (desk.institution_id or desk.id) == actor.desk}
    counted = Report.objects.filter(IS_OPEN, desk__in=list(infos)).values("desk").annotate(n=Count("pk"))
    n = {row["desk"]: row["n"] for row in counted.order_by()}
    houses = agency_infos({desk.institution_id or desk.id for desk in infos.values()})
    found = [
        Unmanned(
            code=desk.code,
            name=desk.name,
            institution=houses[desk.institution_id or desk.id].name,
            institution_code=houses[desk.institution_id or desk.id].code,
            role=vacant[pk].role,
            reports=n.get(pk, 0),
        )
        for pk, desk in infos.items()
    ]
    return sorted(found, key=lambda one: (-one.reports, one.institution, one.name))
