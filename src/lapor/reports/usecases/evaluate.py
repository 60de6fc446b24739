"""Monitor and evaluate the answers of a unit (S56)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from lapor.kernel.actor import Actor
from lapor.reports import access
from lapor.reports.models import Report, Response
from lapor.reports.usecases._advance import advance, permit
from lapor.reports.usecases._say import say, say_if_any
from lapor.sop.vocabulary import Action, Audience, ResponseKind


@transaction.atomic(durable=True)
def evaluate_answer(*, code: str, text: str = "", actor: Actor, now: datetime, version: int | None = None) -> Report:
    """Grade the newest follow-up as adequate."""
    report = access.lock_report(actor, code, version)
    turn = permit(report, Action.EVALUATE, actor=actor, now=now)
    _grade(report, "adequate")
    say_if_any(turn, ResponseKind.NOTE, Audience.OFFICERS, text)
    return advance(turn)


@transaction.atomic(durable=True)
def send_back(*, code: str, why: str, actor: Actor, now: datetime, version: int | None = None) -> Report:
    """Send an inadequate answer back to its unit: the silence stops, the unit's clock runs."""
    report = access.lock_report(actor, code, version)
    turn = permit(report, Action.SEND_BACK, actor=actor, now=now)
    _grade(report, "sent_back")
    report.last_follow_up_on = None  # no longer finished, so not to be closed on request (S58)
    say(turn, ResponseKind.HANDOVER, Audience.OFFICERS, why)
    return advance(turn)


def _grade(report: Report, grade: str) -> None:
    newest = Response.objects.filter(report=report, kind=str(ResponseKind.FOLLOW_UP)).latest("id")
    newest.grade = grade
    newest.save(update_fields=["grade"])
