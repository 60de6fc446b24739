"""Bring a report back from the archive: once by right, then by the national desk (C10)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from lapor.kernel.actor import Actor
from lapor.reports import access
from lapor.reports.models import Report
from lapor.reports.usecases._advance import advance, permit
from lapor.reports.usecases._say import Files, say
from lapor.sop.vocabulary import Action, Audience, ResponseKind, Role


@transaction.atomic(durable=True)
def restore_report(
    *, code: str, text: str, files: Files = (), actor: Actor, now: datetime, version: int | None = None
) -> Report:
    """Put an archived report before the desk that verifies; the sixty days go on with what they had left."""
    report = access.lock_report(actor, code, version)
    turn = permit(report, Action.RESTORE, actor=actor, now=now)
    kind = ResponseKind.REPLY if actor.role is Role.REPORTER else ResponseKind.DECISION
    say(turn, kind, Audience.REPORTER, text, files=files)
    report.restored += 1
    report.archive_reason, report.ended_at, report.unit, report.verified_at = "", None, None, None
    report.last_follow_up_on, report.answer_waiting = None, False
    return advance(turn)
