"""Take back a manual entry made by mistake: a step of its own, never a deletion (S68)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from lapor.kernel.actor import Actor
from lapor.reports import access
from lapor.reports.models import Report
from lapor.reports.usecases._advance import Move, advance, permit
from lapor.sop.vocabulary import Action, ArchiveReason


@transaction.atomic(durable=True)
def take_back_entry(*, code: str, actor: Actor, now: datetime, version: int | None = None) -> Report:
    """End a complaint that the actor entered today and that nobody has touched since, as entered by mistake.

    It lies in the archive and is public nowhere; its receipt, number and history stay, and its reporter is told.
    """
    report = access.lock_report(actor, code, version)
    turn = permit(report, Action.TAKE_BACK, actor=actor, now=now)
    report.archive_reason, report.ended_at, report.close_reason = str(ArchiveReason.MISTAKEN), now, ""
    return advance(turn, Move(facts={"reason": report.archive_reason}))
