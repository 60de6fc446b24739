"""Dispose a verified report to the desk that must answer it (S8, S27, S29, S43)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from lapor.agencies.models import Agency
from lapor.kernel.actor import Actor
from lapor.reports import access, desks
from lapor.reports.models import Report
from lapor.reports.usecases._advance import Move, advance, permit
from lapor.reports.usecases._say import say_if_any
from lapor.sop.vocabulary import Action, Audience, Holder, ResponseKind, Role


@transaction.atomic(durable=True)
def dispose_report(
    *, code: str, to: str, note: str = "", actor: Actor, now: datetime, version: int | None = None
) -> Report:
    """Hand the report over: the national desk to an institution, an institution to one of its units.

    Case, custody, clocks, ledger and messages change together or not at all. Raises DeskNotReceiving.
    """
    return dispose(access.lock_report(actor, code, version), to=to, note=note, actor=actor, now=now)


def dispose(report: Report, *, to: str, note: str = "", actor: Actor, now: datetime) -> Report:
    """Take the step with a locked report, in the caller's transaction."""
    turn = permit(report, Action.DISPOSE, actor=actor, now=now)
    desk = _receiver(report, actor, to)
    if turn.step.goes_to is Holder.AGENCY:
        report.agency = desk
    else:
        report.unit, report.accepted_at = desk, None
    say_if_any(turn, ResponseKind.HANDOVER, Audience.OFFICERS, note)
    return advance(turn, Move(to=desk, facts={"to": desk.code}))


def _receiver(report: Report, actor: Actor, to: str) -> Agency:
    if actor.role is Role.NATIONAL_ADMIN:
        return desks.receiving(to, Agency.Kind.INSTITUTION)
    return desks.receiving(to, Agency.Kind.UNIT, within=report.agency_id)
