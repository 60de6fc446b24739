"""Handle a report at the agency's own desk, with a response (S29: 'Kelola')."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from lapor.kernel.actor import Actor
from lapor.reports import access
from lapor.reports.models import Report
from lapor.reports.usecases._advance import advance, permit
from lapor.reports.usecases._say import Files, audience_of, say
from lapor.sop.vocabulary import Action, ResponseKind


@transaction.atomic(durable=True)
def handle_report_here(
    *, code: str, text: str, files: Files = (), actor: Actor, now: datetime, version: int | None = None
) -> Report:
    """Answer for the institution itself; the response is a first one, so the substantive clock runs."""
    return handle_here(access.lock_report(actor, code, version), text=text, files=files, actor=actor, now=now)


def handle_here(report: Report, *, text: str, files: Files = (), actor: Actor, now: datetime) -> Report:
    """Take the step with a locked report, in the caller's transaction."""
    turn = permit(report, Action.HANDLE_HERE, actor=actor, now=now)
    report.first_response_at = report.first_response_at or now
    say(turn, ResponseKind.FIRST_RESPONSE, audience_of(report), text, files=files)
    return advance(turn)
