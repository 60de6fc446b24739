"""Which institution an admin arranges: the own one, or for the national desk any of them, chosen in the address."""

from __future__ import annotations

from django.http import HttpRequest

from lapor.agencies.queries import tree
from lapor.agencies.queries.tree import AgencyInfo
from lapor.desk.officer import Officer
from lapor.sop.vocabulary import Role


def offered(officer: Officer) -> list[AgencyInfo]:
    """Return the institutions this officer may look after, the own desk first."""
    if officer.actor.role is Role.NATIONAL_ADMIN:
        return [officer.desk, *tree.institutions(receiving=False)]
    return [officer.desk]


def chosen(request: HttpRequest, officer: Officer) -> AgencyInfo:
    """Return the institution that the address names, where the officer may look after it; else the own desk."""
    wanted = request.GET.get("instansi")
    return next((one for one in offered(officer) if one.code == wanted), officer.desk)
