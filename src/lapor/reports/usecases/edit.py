"""Correct the wording of what is published, never its substance; the original stays (S44, S46 to S48)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from lapor.kernel.actor import Actor, officer
from lapor.reports import access
from lapor.reports.drafts import clean_text, clean_title
from lapor.reports.models import Report, ReportText, TextEdit
from lapor.reports.usecases._advance import Move, advance, permit
from lapor.sop.vocabulary import Action, EditReason


@transaction.atomic(durable=True)
def edit_wording(
    *,
    code: str,
    title: str,
    text: str,
    reason: EditReason,
    also: EditReason | None = None,
    actor: Actor,
    now: datetime,
    version: int | None = None,
) -> Report:
    """Publish a corrected wording with the SOP's reason, or two of them; both versions and their difference stay."""
    report = access.lock_report(actor, code, version)
    return edit(report, title=title, text=text, reason=reason, also=also, actor=actor, now=now)


def edit(
    report: Report,
    *,
    title: str,
    text: str,
    reason: EditReason,
    also: EditReason | None = None,
    actor: Actor,
    now: datetime,
) -> Report:
    """Take the step with a locked report, in the caller's transaction; a second reason that is the first is none."""
    second = str(also) if also and also != reason else ""
    new_text = clean_text(text)
    new_title = clean_title(title, new_text)
    turn = permit(report, Action.EDIT_TEXT, actor=actor, now=now)
    words = ReportText.objects.get(report=report)
    kept = TextEdit.objects.create(
        report=report,
        reason=str(reason),
        also=second,
        title_before=report.title,
        title_after=new_title,
        before=words.published,
        after=new_text,
        appointment=officer(actor),
        at=now,
    )
    ReportText.objects.filter(report=report).update(published=new_text)
    report.title = new_title
    return advance(turn, Move(facts={"edit": kept.pk, "reason": str(reason)} | ({"also": second} if second else {})))
