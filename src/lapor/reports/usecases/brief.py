"""Brief the head of the unit; the head instructs, approves or asks back (S24, S64, S65)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from lapor.kernel.actor import Actor
from lapor.reports import access
from lapor.reports.models import Report
from lapor.reports.usecases._advance import advance, permit
from lapor.reports.usecases._say import say, say_if_any
from lapor.sop.vocabulary import Action, Audience, ResponseKind


@transaction.atomic(durable=True)
def brief_head(*, code: str, text: str, actor: Actor, now: datetime, version: int | None = None) -> Report:
    """Put the report before the head: it now waits for the head's word (S65: a first response came before)."""
    report = access.lock_report(actor, code, version)
    turn = permit(report, Action.BRIEF, actor=actor, now=now)
    say(turn, ResponseKind.HANDOVER, Audience.OFFICERS, text)
    return advance(turn)


@transaction.atomic(durable=True)
def instruct(*, code: str, text: str, actor: Actor, now: datetime, version: int | None = None) -> Report:
    """Tell the liaison what is to be done, field work for example."""
    report = access.lock_report(actor, code, version)
    turn = permit(report, Action.INSTRUCT, actor=actor, now=now)
    say(turn, ResponseKind.INSTRUCTION, Audience.OFFICERS, text)
    return advance(turn)


@transaction.atomic(durable=True)
def approve(*, code: str, text: str = "", actor: Actor, now: datetime, version: int | None = None) -> Report:
    """Approve what the liaison proposed."""
    report = access.lock_report(actor, code, version)
    turn = permit(report, Action.APPROVE, actor=actor, now=now)
    say_if_any(turn, ResponseKind.INSTRUCTION, Audience.OFFICERS, text)
    return advance(turn)


@transaction.atomic(durable=True)
def ask_back(*, code: str, text: str, actor: Actor, now: datetime, version: int | None = None) -> Report:
    """Give the report back to the liaison with a question; once it is answered, the head is briefed again."""
    report = access.lock_report(actor, code, version)
    turn = permit(report, Action.ASK_BACK, actor=actor, now=now)
    say(turn, ResponseKind.INSTRUCTION, Audience.OFFICERS, text)
    return advance(turn)
