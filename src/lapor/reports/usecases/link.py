"""Link reports that are duplicates or have one cause; undoable, and each keeps its own receipt and clocks."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lapor.kernel.actor import Actor
from lapor.reports import access
from lapor.reports.models import Link, Report
from lapor.reports.refusals import InvalidInput, SpentHand
from lapor.reports.usecases._advance import Move, advance, permit
from lapor.sop.vocabulary import Action, LinkKind


@transaction.atomic(durable=True)
def link_reports(
    *, code: str, other: str, kind: LinkKind, actor: Actor, now: datetime, version: int | None = None
) -> Report:
    """Say that this report is a duplicate of `other` or has the same cause. Raises InvalidInput."""
    return link(access.lock_report(actor, code, version), other=other, kind=kind, actor=actor, now=now)


def link(report: Report, *, other: str, kind: LinkKind, actor: Actor, now: datetime) -> Report:
    """Take the step with a locked report, in the caller's transaction."""
    turn = permit(report, Action.LINK, actor=actor, now=now)
    target = access.find_report(actor, other)
    if target == report or _links(report, target).exists():
        raise InvalidInput(_("These reports are already linked, or are one and the same."), field="other")
    Link.objects.create(report=report, other=target, kind=str(kind), at=now)
    return advance(turn, Move(facts={"other": target.pk, "kind": str(kind)}))


@transaction.atomic(durable=True)
def unlink_reports(*, code: str, other: str, actor: Actor, now: datetime, version: int | None = None) -> Report:
    """Undo a link; nothing of either report was lost. Raises SpentHand."""
    report = access.lock_report(actor, code, version)
    turn = permit(report, Action.UNLINK, actor=actor, now=now)
    target = access.find_report(actor, other)
    if not _links(report, target).update(undone_at=now):
        raise SpentHand
    return advance(turn, Move(facts={"other": target.pk}))


def _links(report: Report, target: Report) -> QuerySet[Link]:
    return Link.objects.filter(report=report, other=target, undone_at=None)
