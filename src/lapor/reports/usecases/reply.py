"""The reporter replies or objects; the silence stops (S33)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from lapor.kernel.actor import Actor
from lapor.reports import access
from lapor.reports.models import Report
from lapor.reports.usecases._advance import advance, permit
from lapor.reports.usecases._say import Files, say
from lapor.sop.vocabulary import Action, Audience, ResponseKind


@transaction.atomic(durable=True)
def reply(
    *, code: str, text: str, files: Files = (), actor: Actor, now: datetime, version: int | None = None
) -> Report:
    """Add what the reporter has to say; the reporter's own words are heard by the officers only."""
    report = access.lock_report(actor, code, version)
    turn = permit(report, Action.REPLY, actor=actor, now=now)
    say(turn, ResponseKind.REPLY, Audience.REPORTER, text, files=files)
    return advance(turn)


@transaction.atomic(durable=True)
def object_(
    *, code: str, text: str, files: Files = (), actor: Actor, now: datetime, version: int | None = None
) -> Report:
    """Say that it is not done; the unit owes a further follow-up, and a request for closing falls."""
    report = access.lock_report(actor, code, version)
    turn = permit(report, Action.OBJECT, actor=actor, now=now)
    say(turn, ResponseKind.OBJECTION, Audience.REPORTER, text, files=files)
    report.closing_requested_at = report.closing_requested_by = None
    report.last_follow_up_on = None  # no longer finished, so not to be closed on request either (S58)
    return advance(turn)
