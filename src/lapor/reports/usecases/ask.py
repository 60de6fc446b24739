"""Ask the reporter for what is missing; the desks' clocks stand still meanwhile (S41, S50, S52)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from lapor.kernel.actor import Actor
from lapor.reports import access
from lapor.reports.models import Report
from lapor.reports.usecases._advance import advance, permit
from lapor.reports.usecases._say import say
from lapor.sop.vocabulary import Action, Audience, ResponseKind


@transaction.atomic(durable=True)
def ask_reporter(*, code: str, question: str, actor: Actor, now: datetime, version: int | None = None) -> Report:
    """Put the report into PENDING with one question; reminders and the limit follow by the clock (C10)."""
    return ask(access.lock_report(actor, code, version), question=question, actor=actor, now=now)


def ask(report: Report, *, question: str, actor: Actor, now: datetime) -> Report:
    """Take the step with a locked report, in the caller's transaction."""
    turn = permit(report, Action.ASK, actor=actor, now=now)
    say(turn, ResponseKind.QUESTION, Audience.REPORTER, question)
    return advance(turn)
