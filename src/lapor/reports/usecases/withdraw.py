"""The reporter withdraws the report (law: it is theirs)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from lapor.kernel.actor import Actor
from lapor.reports import access
from lapor.reports.models import Report
from lapor.reports.usecases._advance import Move, advance, permit
from lapor.reports.usecases._say import Files, say_if_any
from lapor.sop.vocabulary import Action, ArchiveReason, Audience, ResponseKind


@transaction.atomic(durable=True)
def withdraw_report(
    *, code: str, text: str = "", files: Files = (), actor: Actor, now: datetime, version: int | None = None
) -> Report:
    """End the report in the archive as withdrawn; its reporter can still bring it back once."""
    report = access.lock_report(actor, code, version)
    turn = permit(report, Action.WITHDRAW, actor=actor, now=now)
    say_if_any(turn, ResponseKind.REPLY, Audience.REPORTER, text, files=files)
    report.archive_reason, report.ended_at = str(ArchiveReason.WITHDRAWN), now
    report.closing_requested_at = report.closing_requested_by = None
    return advance(turn, Move(facts={"reason": report.archive_reason}))
