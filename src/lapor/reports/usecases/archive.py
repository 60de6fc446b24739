"""Archive a report that nobody can act on, with a reason the reporter reads (S53, S54, C10)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lapor.kernel.actor import Actor
from lapor.reports import access
from lapor.reports.models import Report
from lapor.reports.refusals import InvalidInput
from lapor.reports.usecases._advance import Move, advance, permit
from lapor.reports.usecases._say import say
from lapor.sop.vocabulary import Action, ArchiveReason, Audience, ResponseKind

ADMIN_REASONS = (
    ArchiveReason.UNCLEAR,
    ArchiveReason.SUGGESTION,
    ArchiveReason.NOT_GOVERNMENT,
    ArchiveReason.SPAM,
    ArchiveReason.HATE,
)


@transaction.atomic(durable=True)
def archive_report(
    *, code: str, reason: ArchiveReason, text: str, actor: Actor, now: datetime, version: int | None = None
) -> Report:
    """End the report in the archive; the reporter may bring it back once (restore). Raises InvalidInput."""
    return archive(access.lock_report(actor, code, version), reason=reason, text=text, actor=actor, now=now)


def archive(report: Report, *, reason: ArchiveReason, text: str, actor: Actor, now: datetime) -> Report:
    """Take the step with a locked report, in the caller's transaction."""
    if reason not in ADMIN_REASONS:
        raise InvalidInput(_("Choose one of the reasons offered."), field="reason")
    turn = permit(report, Action.ARCHIVE, actor=actor, now=now)
    say(turn, ResponseKind.DECISION, Audience.REPORTER, text)
    report.archive_reason, report.ended_at = str(reason), now
    return advance(turn, Move(facts={"reason": str(reason)}))
