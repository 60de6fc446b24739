"""Ask for the closing of a followed-up report past the silence limit, and decide it (S58, S59, C19, C20)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from lapor.kernel.actor import Actor
from lapor.reports import access
from lapor.reports.models import Report
from lapor.reports.usecases._advance import Move, advance, permit
from lapor.reports.usecases._say import audience_of, say, say_if_any
from lapor.sop.vocabulary import Action, Audience, CloseReason, ResponseKind


@transaction.atomic(durable=True)
def request_closing(*, code: str, why: str, actor: Actor, now: datetime, version: int | None = None) -> Report:
    """Ask the national desk to close; only after a follow-up and past the limit of automatic closing."""
    report = access.lock_report(actor, code, version)
    turn = permit(report, Action.REQUEST_CLOSING, actor=actor, now=now)
    say(turn, ResponseKind.HANDOVER, Audience.OFFICERS, why)
    report.closing_requested_by, report.closing_requested_at = actor.account, now
    return advance(turn)


@transaction.atomic(durable=True)
def approve_closing(*, code: str, text: str = "", actor: Actor, now: datetime, version: int | None = None) -> Report:
    """Close on request; never by the person who asked."""
    report = access.lock_report(actor, code, version)
    turn = permit(report, Action.APPROVE_CLOSING, actor=actor, now=now)
    say_if_any(turn, ResponseKind.DECISION, audience_of(report), text)
    report.close_reason, report.ended_at = str(CloseReason.REQUEST), now
    report.closing_requested_at = report.closing_requested_by = None
    return advance(turn, Move(facts={"reason": report.close_reason}))


@transaction.atomic(durable=True)
def refuse_closing(*, code: str, why: str, actor: Actor, now: datetime, version: int | None = None) -> Report:
    """Refuse with a reason; the responsible desk has it again, and follows up anew before closing is asked for again.

    Nobody is asked the same question twice: what was refused is a follow-up that did not do (S58).
    """
    report = access.lock_report(actor, code, version)
    turn = permit(report, Action.REFUSE_CLOSING, actor=actor, now=now)
    say(turn, ResponseKind.DECISION, Audience.OFFICERS, why)
    report.last_follow_up_on = None
    report.closing_requested_at = report.closing_requested_by = None
    return advance(turn)
