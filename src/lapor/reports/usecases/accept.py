"""Accept a disposition (S61)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from lapor.kernel.actor import Actor
from lapor.reports import access
from lapor.reports.models import Report
from lapor.reports.usecases._advance import advance, permit
from lapor.sop.vocabulary import Action


@transaction.atomic(durable=True)
def accept_disposition(*, code: str, actor: Actor, now: datetime, version: int | None = None) -> Report:
    """Say that the unit has taken the report in hand."""
    report = access.lock_report(actor, code, version)
    turn = permit(report, Action.ACCEPT, actor=actor, now=now)
    report.accepted_at = now
    return advance(turn)
