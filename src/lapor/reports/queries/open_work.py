"""Which open reports a desk would leave without anybody who can act, were its last officer in a role to go."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from lapor.kernel.actor import Actor
from lapor.reports.access import visible_to
from lapor.reports.models.report import IS_OPEN
from lapor.reports.queries.bulk import MOST
from lapor.sop.vocabulary import Holder, Role, Status


@dataclass(frozen=True)
class OpenReport:
    """One of them."""

    number: str
    title: str
    status: Status
    is_secret: bool


@dataclass(frozen=True)
class OpenWork:
    """At most as many reports as one act takes at once, what is due first; `more` tells of others."""

    reports: tuple[OpenReport, ...]
    more: bool

    @property
    def numbers(self) -> tuple[str, ...]:
        """The human numbers."""
        return tuple(one.number for one in self.reports)


def open_work(actor: Actor, desk: int, role: Role) -> OpenWork:
    """Return the open reports that wait for this role at this desk, of those that `actor` may see. One query."""
    waits = _waiting_for(role, desk)
    found = visible_to(actor).filter(IS_OPEN, waits).order_by("due_ordinal", "id")[: MOST + 1]
    fields = ("number", "title", "status", "is_secret")
    rows = [OpenReport(n, title, Status(status), secret) for n, title, status, secret in found.values_list(*fields)]
    return OpenWork(tuple(rows[:MOST]), len(rows) > MOST)


def _waiting_for(role: Role, desk: int) -> Q:
    match role:
        case Role.LIAISON:
            return Q(unit=desk)
        case Role.HEAD:
            return Q(unit=desk, holder=str(Holder.HEAD))
        case Role.AGENCY_ADMIN:
            return Q(agency=desk)
        case Role.UNIT_OFFICER | Role.NATIONAL_ADMIN | Role.OMBUDSMAN:
            return Q(desk=desk)
    return Q(pk__in=())
