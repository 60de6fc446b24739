"""Reopen a closed report: its reporter within the window, the national desk at any time."""

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
def reopen_report(
    *, code: str, why: str, files: Files = (), actor: Actor, now: datetime, version: int | None = None
) -> Report:
    """Give the report back to the desk that answers for it, with a reason; the substantive clock runs again."""
    report = access.lock_report(actor, code, version)
    turn = permit(report, Action.REOPEN, actor=actor, now=now)
    kind = ResponseKind.OBJECTION if actor.role is Role.REPORTER else ResponseKind.DECISION
    say(turn, kind, Audience.REPORTER, why, files=files)
    report.reopened += 1
    report.close_reason, report.ended_at, report.rating = "", None, None
    report.last_follow_up_on = None  # no longer finished, so not to be closed on request (S58)
    return advance(turn)
