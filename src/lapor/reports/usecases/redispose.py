"""Dispose again after an error or a change (S57)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from lapor.agencies.models import Agency
from lapor.kernel.actor import Actor
from lapor.reports import access, desks
from lapor.reports.models import Report
from lapor.reports.refusals import DeskNotReceiving
from lapor.reports.usecases._advance import Move, advance, permit
from lapor.reports.usecases._say import say_if_any
from lapor.sop.vocabulary import Action, Audience, RedisposeReason, ResponseKind


@transaction.atomic(durable=True)
def redispose_report(
    *,
    code: str,
    to: str,
    reason: RedisposeReason,
    note: str = "",
    actor: Actor,
    now: datetime,
    version: int | None = None,
) -> Report:
    """Give the report to another unit; the substantive clock goes on, never begins again. Raises DeskNotReceiving."""
    report = access.lock_report(actor, code, version)
    turn = permit(report, Action.REDISPOSE, actor=actor, now=now)
    unit = desks.receiving(to, Agency.Kind.UNIT, within=report.agency_id)
    if unit == report.unit:
        raise DeskNotReceiving(field="to")
    report.unit, report.accepted_at, report.answer_waiting = unit, None, False
    report.last_follow_up_on = None  # another unit begins, so nothing is finished (S58)
    say_if_any(turn, ResponseKind.HANDOVER, Audience.OFFICERS, note)
    return advance(turn, Move(to=unit, facts={"to": unit.code, "reason": str(reason)}, reason=str(reason)))
