"""Complete a report that waited for its reporter (S51)."""

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
def complete_report(
    *, code: str, text: str, files: Files = (), actor: Actor, now: datetime, version: int | None = None
) -> Report:
    """Give what was asked; the report goes back where it was and the clocks go on.

    An admin may write down what the reporter told them by telephone or at the counter.
    """
    report = access.lock_report(actor, code, version)
    turn = permit(report, Action.COMPLETE, actor=actor, now=now)
    say(turn, ResponseKind.COMPLETION, Audience.REPORTER, text, files=files)
    return advance(turn)
