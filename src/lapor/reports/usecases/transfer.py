"""Hand a report over to another unit as it stands: the unit merges, ends, or has nobody who can act (practice).

A disposition that was wrong is disposed again (S57), and the other unit begins anew. Here nothing begins anew: what was
answered stays answered, what was met stays met, and whoever owes the next step still owes it.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from lapor.agencies.models import Agency
from lapor.kernel.actor import Actor
from lapor.reports import access, desks
from lapor.reports.models import Deadline, Report
from lapor.reports.refusals import DeskNotReceiving
from lapor.reports.usecases._advance import Move, advance, permit
from lapor.reports.usecases._say import say_if_any
from lapor.sop.table import To
from lapor.sop.vocabulary import Action, Audience, Holder, ResponseKind, Status

AHEAD = (Deadline.State.RUNNING, Deadline.State.PAUSED)


@transaction.atomic(durable=True)
def transfer_report(
    *, code: str, to: str, note: str = "", actor: Actor, now: datetime, version: int | None = None
) -> Report:
    """Let another unit of the institution go on where this one stopped; its clocks go on with it.

    What is late already stays with the unit that was late (S21). Raises DeskNotReceiving.
    """
    report = access.lock_report(actor, code, version)
    turn = permit(report, Action.TRANSFER, actor=actor, now=now)
    unit = desks.receiving(to, Agency.Kind.UNIT, within=report.agency_id)
    if report.unit is None or unit == report.unit:
        raise DeskNotReceiving(field="to")
    before, report.unit = report.unit, unit
    if report.status == Status.PENDING:  # where it goes once its reporter has answered
        report.back_holder, report.back_desk = str(Holder.UNIT), unit
    say_if_any(turn, ResponseKind.HANDOVER, Audience.OFFICERS, note)
    told = [before.pk] if turn.step.goes_to is To.SAME else []
    moved = advance(turn, Move(to=unit, facts={"to": unit.code, "name": unit.name}, named_desks=told))
    owed = Deadline.objects.filter(report=report, leg=None, state__in=AHEAD)
    owed.filter(Q(desk=before) | Q(desk__parent=before)).update(desk=unit)
    return moved
