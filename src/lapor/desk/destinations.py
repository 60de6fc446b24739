"""Whom a step can reach: desks to choose from, the suggested one, colleagues to name, links to take back."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Any

from lapor.agencies.queries import roles, tree
from lapor.agencies.queries.routing import Suggestion, suggested_unit
from lapor.agencies.queries.tree import AgencyInfo
from lapor.desk.officer import Officer
from lapor.kernel.templatetags.ui import label
from lapor.reports.queries.case import Case
from lapor.sop.vocabulary import Action, Role

Choices = list[tuple[str, Any]]


def choices(action: Action, case: Case, officer: Officer) -> Choices:
    """Return (code, name) of each desk that the step may reach, without the one that has the report now."""
    have = {case.report.desk_id}
    if action in (Action.REDISPOSE, Action.TRANSFER):
        have.add(case.report.unit_id)  # it answers for the report also while somebody else has it
    return offered(_desks(action, case, officer), but=have)


def offered(desks: Iterable[AgencyInfo], *, but: Container[int | None]) -> Choices:
    """Return (code, name) of these desks, as a choice field takes them, without those of these ids."""
    return [(desk.code, _both_names(desk)) for desk in desks if desk.id not in but]


def _both_names(desk: AgencyInfo) -> str:
    """Return the name with the short one behind it: officers type “PUPR”, not the name in full."""
    return desk.name if desk.label in desk.name else f"{desk.name} ({desk.label})"


def _desks(action: Action, case: Case, officer: Officer) -> list[AgencyInfo]:
    if action is Action.FORWARD:
        return tree.subunits_of(officer.desk.id)
    if action is Action.DISPOSE and officer.actor.role is Role.NATIONAL_ADMIN:
        return tree.institutions()
    agency = case.report.agency_id
    return tree.units_of(agency) if agency else []


def suggestion(action: Action, case: Case, officer: Officer) -> Suggestion | None:
    """Return the unit that the institution's routing rule names for this report, where the step leads to a unit."""
    report = case.report
    to_unit = action in (Action.DISPOSE, Action.REDISPOSE) and officer.actor.role is Role.AGENCY_ADMIN
    if not to_unit or report.agency_id is None:
        return None
    found = suggested_unit(report.agency_id, report.category, report.place)
    return found if found and (report.desk is None or found.code != report.desk.code) else None


def colleagues(case: Case, officer: Officer) -> Choices:
    """Return (account id, name and role) of the officers who may be named on this report, without oneself.

    Those at the desks that answer for it; who sits there but may not read a secret report is left out.
    """
    desks = {desk for desk in (case.report.agency_id, case.report.unit_id, case.report.desk_id) if desk}
    found = [one for desk in sorted(desks) for one in roles.officers_of(desk, on=officer.now)]
    readers = (one for one in found if not (case.report.is_secret and one.role is Role.INSPECTORATE))
    named = {str(one.account_id): f"{one.name} · {label(one.role)}" for one in readers}
    named.pop(str(officer.account), None)
    return list(named.items())


def links(case: Case) -> Choices:
    """Return (number, number and title) of each report linked to this one."""
    return [(link.number, f"{link.number} · {link.title}") for link in case.links]
