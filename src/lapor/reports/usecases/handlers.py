"""Several units act on one report: the lead answers, co-handlers contribute, each leg with its own clock."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from lapor.agencies.models import Agency
from lapor.kernel.actor import Actor
from lapor.reports import access, desks
from lapor.reports.clocks import LIVE, start_for_co_handler
from lapor.reports.models import Breach, Deadline, Disposition, Report
from lapor.reports.refusals import DeskNotReceiving
from lapor.reports.usecases._advance import Move, advance, permit
from lapor.reports.usecases._say import Files, say, say_if_any
from lapor.reports.usecases._side_legs import open_leg
from lapor.sop.vocabulary import Action, Audience, ResponseKind


@transaction.atomic(durable=True)
def add_handler(
    *, code: str, to: str, text: str = "", actor: Actor, now: datetime, version: int | None = None
) -> Report:
    """Let another unit of the institution handle the report too. Raises DeskNotReceiving."""
    report = access.lock_report(actor, code, version)
    turn = permit(report, Action.ADD_HANDLER, actor=actor, now=now)
    desk = desks.receiving(to, Agency.Kind.UNIT, within=report.agency_id)
    if desk == report.unit or _legs(report, desk.pk).exists():
        raise DeskNotReceiving(field="to")
    start_for_co_handler(open_leg(turn, desk), report, now)
    say_if_any(turn, ResponseKind.HANDOVER, Audience.OFFICERS, text)
    return advance(turn, Move(facts={"to": desk.code}, named_desks=(desk.pk,)))


@transaction.atomic(durable=True)
def contribute(
    *, code: str, text: str, files: Files = (), actor: Actor, now: datetime, version: int | None = None
) -> Report:
    """Give the lead unit what it needs from this one; the co-handler's leg and clock end."""
    report = access.lock_report(actor, code, version)
    turn = permit(report, Action.CONTRIBUTE, actor=actor, now=now)
    say(turn, ResponseKind.UNIT_ANSWER, Audience.OFFICERS, text, files=files)
    for leg in _legs(report, actor.desk):
        leg.ended_at, leg.ended_by = now, str(Action.CONTRIBUTE)
        leg.save(update_fields=["ended_at", "ended_by"])
        Deadline.objects.filter(report=report, leg=leg, state__in=LIVE).update(state=Deadline.State.MET, met_at=now)
        Breach.objects.filter(report=report, deadline__leg=leg, actual_at=None).update(actual_at=now)
    return advance(turn)


def _legs(report: Report, desk: int | None) -> QuerySet[Disposition]:
    return Disposition.objects.filter(report=report, desk=desk, is_lead=False, ended_at=None)
