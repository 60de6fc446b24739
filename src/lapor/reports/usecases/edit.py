"""Correct the wording of what is published, never its substance; the original stays (S44, S46 to S48)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lapor.kernel.actor import Actor, officer
from lapor.reports import access
from lapor.reports.drafts import clean_text, clean_title
from lapor.reports.models import Report, ReportText, TextEdit
from lapor.reports.refusals import InvalidInput
from lapor.reports.usecases._advance import Move, advance, permit
from lapor.sop.vocabulary import Action, EditReason


@dataclass(frozen=True)
class Wording:
    """One correction of title and text, with the SOP's reason (S48), or two of them; the same one twice is one."""

    title: str
    text: str
    reason: EditReason
    also: EditReason | None = None

    @property
    def second(self) -> str:
        """The second reason's code, empty for none."""
        return str(self.also) if self.also and self.also != self.reason else ""


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
    """Publish a corrected wording with the SOP's reason, or two of them; both versions and their difference stay.

    Raises InvalidInput where nothing differs: the reporter would be told of a correction that there is not.
    """
    report = access.lock_report(actor, code, version)
    permit(report, Action.EDIT_TEXT, actor=actor, now=now)
    kept, new = ReportText.objects.get(report=report).published, clean_text(text)
    if (clean_title(title, new), new) == (report.title, kept):
        raise InvalidInput(_("Title and text are as they are published already."), field="text")
    return edit(report, Wording(title, text, reason, also), actor=actor, now=now)


def edit(report: Report, wording: Wording, *, actor: Actor, now: datetime) -> Report:
    """Take the step with a locked report, in the caller's transaction."""
    text = clean_text(wording.text)
    title = clean_title(wording.title, text)
    turn = permit(report, Action.EDIT_TEXT, actor=actor, now=now)
    words = ReportText.objects.get(report=report)
    kept = TextEdit.objects.create(
        report=report,
        reason=str(wording.reason),
        also=wording.second,
        title_before=report.title,
        title_after=title,
        before=words.published,
        after=text,
        appointment=officer(actor),
        at=now,
    )
    ReportText.objects.filter(report=report).update(published=text)
    report.title = title
    facts = {"edit": kept.pk, "reason": kept.reason} | ({"also": kept.also} if kept.also else {})
    return advance(turn, Move(facts=facts))
