"""The only door from an actor and what they typed to a report: its tracking code, for officers also its number."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from lapor.agencies.models import Agency
from lapor.kernel.actor import Actor
from lapor.kernel.codes import read_code, read_number
from lapor.reports.models import Breach, Disposition, Report
from lapor.reports.refusals import NotFound, NotYourDesk, StalePage
from lapor.sop.vocabulary import Role

RELATED = ("desk", "agency__calendar", "unit", "category", "place")
STEPPED = RELATED[:3]  # what a step needs; every join is paid on every step, and `back_desk` is asked by one step alone

# What `_sees` says, in words for docs/reference/access.md; tests/desk/test_access.py holds the two together.
SCOPES: dict[Role, str] = {
    Role.NATIONAL_ADMIN: "every report of the installation",
    Role.AGENCY_ADMIN: "the reports of the own institution, and those that once lay at its desk",
    Role.LIAISON: "the reports disposed to the own unit, and those that once lay at its desk (S82)",
    Role.HEAD: "the same as the liaison officers of the unit",
    Role.UNIT_OFFICER: "only what was forwarded to the own desk (S82)",
    Role.OMBUDSMAN: "the reports that were escalated (S34)",
    Role.KSP: "every report that is not secret",
    Role.PANRB: "every report that is not secret",
    Role.INSPECTORATE: "the reports of the own institution that are not secret",
}


def visible_to(actor: Actor) -> QuerySet[Report]:
    """Return the reports this actor may read; every question about reports starts here."""
    return Report.objects.filter(_sees(actor))


def find_report(actor: Actor, code: str) -> Report:
    """Return the report with this code as a person typed it. Raises NotFound: the same for absent and not theirs."""
    return _only(visible_to(actor).select_related(*RELATED), actor, code)


def find_row(actor: Actor, code: str) -> Report:
    """Return the same without what it points to, for who asks little of it: each join costs."""
    return _only(visible_to(actor), actor, code)


def _only(found: QuerySet[Report], actor: Actor, code: str) -> Report:
    report = found.filter(named(actor, code)).first()
    if report is None:
        raise NotFound
    return report


def lock_report(actor: Actor, code: str, version: int | None = None) -> Report:
    """Return the report, its row locked, for a use case that will change it.

    Raises NotFound when the actor may not see it, NotYourDesk when another desk acts on it, and StalePage when it has
    changed since the page with `version` was made.
    """
    seen = locked(visible_to(actor).filter(named(actor, code)))
    if seen is None:
        raise NotFound
    report = Report.objects.select_related(*STEPPED).get(pk=seen)
    if not may_act(actor, report):
        raise NotYourDesk
    if version is not None and version != report.version:
        raise StalePage
    return report


def named(actor: Actor, typed: str) -> Q:
    """Return the condition for the report that a person named.

    The code is all a reporter without account needs to act, so a desk is never shown it: officers name a report by its
    number, or by the code when a citizen reads it to them.
    """
    number = read_number(typed) if actor.is_officer else None
    return Q(number=number) if number else Q(code=read_code(typed) or "")


def locked(found: QuerySet[Report], *, skip: bool = False) -> int | None:
    """Lock the one report found and return its id; None when there is none, or, with `skip`, while another has it.

    Read the report afterwards, never with the lock: who waited for a step gets the row as that step left it, but joined
    to what it pointed to before, and a desk that changed meanwhile would be lost.
    """
    return found.select_for_update(skip_locked=skip).values_list("pk", flat=True).first()


def may_act(actor: Actor, report: Report) -> bool:
    """Tell whether this actor's desk is one that acts on the report now; which steps it may take the table says."""
    match actor.role:
        case Role.CLOCK:
            return True
        case Role.REPORTER:
            return _passed_the_door(actor, report) or _is_own(actor, report)
        case Role.NATIONAL_ADMIN:
            return True
        case Role.AGENCY_ADMIN:
            return actor.desk == report.agency_id
        case Role.LIAISON:
            return actor.desk == report.unit_id or _co_handles(actor, report)
        case Role.HEAD:
            return actor.desk == report.unit_id
        case Role.UNIT_OFFICER:
            return actor.desk == report.desk_id
        case Role.OMBUDSMAN:
            return report.escalated_at is not None
    return False


def _passed_the_door(actor: Actor, report: Report) -> bool:
    """Tell whether a reporter without account may act: the code is enough, unless its owner gave it a PIN."""
    return actor.holds_code and actor.holds_key == report.pin_key


def _is_own(actor: Actor, report: Report) -> bool:
    return actor.reporter is not None and actor.reporter == report.reporter_ref


def _co_handles(actor: Actor, report: Report) -> bool:
    return Disposition.objects.filter(report=report, desk=actor.desk, is_lead=False, ended_at=None).exists()


def _sees(actor: Actor) -> Q:
    """Return the condition for reading, one line for each role (S82: a unit sees only what was disposed to it)."""
    held_once = Q(Exists(Disposition.objects.filter(report=OuterRef("pk"), desk=actor.desk)))
    match actor.role:
        case Role.CLOCK | Role.NATIONAL_ADMIN:
            return Q()
        case Role.REPORTER:
            return _readable_by(actor)
        case Role.AGENCY_ADMIN:
            return Q(agency=actor.desk) | held_once
        case Role.LIAISON | Role.HEAD:
            return Q(unit=actor.desk) | held_once
        case Role.UNIT_OFFICER:
            return held_once
        case Role.OMBUDSMAN:
            return Q(escalated_at__isnull=False)
        case Role.KSP | Role.PANRB:
            return Q(is_secret=False)
        case Role.INSPECTORATE:
            institution = Agency.objects.filter(pk__in=[actor.desk]).values("institution")
            return Q(agency__in=institution, is_secret=False)
    return Q(pk__in=())


def _readable_by(actor: Actor) -> Q:
    """Return what a reporter reads: their account's reports, and by code those whose PIN, if any, they have passed."""
    own = Q(reporter_ref=actor.reporter) if actor.reporter else Q(pk__in=())
    return own | Q(pin_key=actor.holds_key) if actor.holds_code else own


def lock_for_breach(actor: Actor, breach: Breach) -> Report:
    """Return the locked report of a breach that this actor may answer for: the late desk, its head, its coordinator.

    A satuan kerja has no head of its own: the head of the unit above it answers.

    A unit answers for its own lateness even when another unit has the report by now. Raises NotFound.
    """
    desk = breach.desk
    above = desk is not None and actor.role is Role.HEAD and desk.parent_id == actor.desk
    answers = {Role.NATIONAL_ADMIN: True, Role.AGENCY_ADMIN: breach.agency_id == actor.desk}
    if not answers.get(actor.role, above or (actor.is_officer and breach.desk_id == actor.desk)):
        raise NotFound
    locked(Report.objects.filter(pk=breach.report_id))
    return Report.objects.select_related(*RELATED).get(pk=breach.report_id)
