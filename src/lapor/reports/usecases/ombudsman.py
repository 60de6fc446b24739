"""What the Ombudsman asks and records on an escalated report (C8)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from lapor.kernel.actor import Actor
from lapor.reports import access
from lapor.reports.models import Report
from lapor.reports.usecases._advance import Move, advance, permit
from lapor.reports.usecases._say import Files, audience_of, say
from lapor.sop.vocabulary import Action, Audience, CloseReason, ResponseKind


@transaction.atomic(durable=True)
def record_progress(*, code: str, text: str, actor: Actor, now: datetime, version: int | None = None) -> Report:
    """Tell how far the Ombudsman is."""
    report = access.lock_report(actor, code, version)
    turn = permit(report, Action.RECORD_PROGRESS, actor=actor, now=now)
    say(turn, ResponseKind.DECISION, Audience.REPORTER, text)
    return advance(turn)


@transaction.atomic(durable=True)
def ask_data(*, code: str, text: str, actor: Actor, now: datetime, version: int | None = None) -> Report:
    """Ask institution and unit for what the Ombudsman needs; only officers read it."""
    report = access.lock_report(actor, code, version)
    turn = permit(report, Action.ASK_DATA, actor=actor, now=now)
    say(turn, ResponseKind.NOTE, Audience.OFFICERS, text)
    return advance(turn)


@transaction.atomic(durable=True)
def give_data(
    *, code: str, text: str, files: Files = (), actor: Actor, now: datetime, version: int | None = None
) -> Report:
    """Answer the Ombudsman, with the documents asked for; only officers read it."""
    report = access.lock_report(actor, code, version)
    turn = permit(report, Action.GIVE_DATA, actor=actor, now=now)
    say(turn, ResponseKind.NOTE, Audience.OFFICERS, text, files=files)
    return advance(turn)


@transaction.atomic(durable=True)
def record_outcome(*, code: str, text: str, actor: Actor, now: datetime, version: int | None = None) -> Report:
    """Record what came out, and close."""
    report = access.lock_report(actor, code, version)
    turn = permit(report, Action.RECORD_OUTCOME, actor=actor, now=now)
    say(turn, ResponseKind.DECISION, audience_of(report), text)
    report.close_reason, report.ended_at = str(CloseReason.OMBUDSMAN), now
    return advance(turn, Move(facts={"reason": report.close_reason}))
