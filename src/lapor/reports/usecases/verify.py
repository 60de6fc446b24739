"""Verify a report: relevant, complete, clear; 5W1H; language, tone and competence (S35, S40, S42, S44 to S47)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from lapor.kernel.actor import Actor, officer
from lapor.reports import access
from lapor.reports.findings import Findings
from lapor.reports.models import Report, Verification
from lapor.reports.usecases._advance import advance, permit
from lapor.sop.vocabulary import Action


@transaction.atomic(durable=True)
def verify_report(*, code: str, findings: Findings, actor: Actor, now: datetime, version: int | None = None) -> Report:
    """Keep what the admin found; at the agency this is the decision that ends the verification clock (C1)."""
    return verify(access.lock_report(actor, code, version), findings=findings, actor=actor, now=now)


def verify(report: Report, *, findings: Findings, actor: Actor, now: datetime) -> Report:
    """Take the step with a locked report, in the caller's transaction."""
    turn = permit(report, Action.VERIFY, actor=actor, now=now)
    Verification.objects.create(
        report=report,
        is_relevant=findings.relevant,
        is_complete=findings.complete,
        is_clear=findings.clear,
        answers=findings.answers,
        language_ok=findings.language_ok,
        tone_ok=findings.tone_ok,
        competence_ok=findings.competence_ok,
        appointment=officer(actor),
        at=now,
    )
    report.verified_at = now
    turn.facts.update(relevant=findings.relevant, complete=findings.complete, clear=findings.clear)
    return advance(turn)
