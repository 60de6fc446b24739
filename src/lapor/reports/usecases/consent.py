"""The reporter says whether the Ombudsman may learn who they are (C8)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from lapor.identity.usecases.consent import record_consent
from lapor.kernel.actor import Actor
from lapor.reports import access
from lapor.reports.models import Report
from lapor.reports.usecases._advance import Move, advance, permit
from lapor.sop.vocabulary import Action


@transaction.atomic(durable=True)
def answer_consent(*, code: str, given: bool, actor: Actor, now: datetime, version: int | None = None) -> Report:
    """Keep the answer with the report and, with the reporter's identity, in the identity store."""
    report = access.lock_report(actor, code, version)
    turn = permit(report, Action.ANSWER_CONSENT, actor=actor, now=now)
    report.consent_given = given
    if report.reporter_ref is not None:
        record_consent(ref=report.reporter_ref, report_code=report.code, purpose="ombudsman", given=given, now=now)
    return advance(turn, Move(facts={"given": given}))
