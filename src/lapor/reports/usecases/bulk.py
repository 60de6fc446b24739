"""One act on many reports: each report is its own transaction through its own use case, and none is taken twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lapor.kernel.actor import Actor, desk_of, person
from lapor.kernel.errors import Refusal
from lapor.reports import access
from lapor.reports.models import BulkItem, BulkRun
from lapor.reports.queries.bulk import MOST
from lapor.reports.refusals import InvalidInput
from lapor.sop.vocabulary import Action

LONGEST_WHY = 300
Take = Callable[[str, int], object]


def act_on_many(
    *, key: UUID, action: Action, chosen: Iterable[tuple[str, int]], take: Take, actor: Actor, now: datetime
) -> bool:
    """Take a step with each of the reports chosen, as (number, version seen); return False when this was sent before.

    `take(number, version)` calls the step's own use case and raises its Refusal, whose sentence is kept beside the
    report; the others go on. `key` was made with the preview: the same key again does nothing. A run that is cut short
    leaves the reports it did not reach untouched, and says so. Raises InvalidInput for no reports, or more than MOST.
    """
    seen = dict(chosen)
    if not 0 < len(seen) <= MOST:
        raise InvalidInput(_("Choose between 1 and 50 reports."))
    if not _begin(key, action, seen, actor, now):
        return False
    for item, number in list(_waiting(key)):
        if _mark(item, BulkItem.State.WAITING, BulkItem.State.TAKEN):
            _take_one(item, number, take)
    return True


@transaction.atomic
def _write_down(key: UUID, action: Action, chosen: dict[str, int], actor: Actor, now: datetime) -> None:
    run = BulkRun.objects.create(key=key, desk_id=desk_of(actor), account=person(actor), action=str(action), at=now)
    seen = access.visible_to(actor).filter(number__in=chosen).values_list("pk", "number")
    BulkItem.objects.bulk_create(BulkItem(run=run, report_id=pk, version=chosen[number]) for pk, number in seen)


def _begin(key: UUID, action: Action, chosen: dict[str, int], actor: Actor, now: datetime) -> bool:
    try:
        _write_down(key, action, chosen, actor, now)
    except IntegrityError:  # this key was sent before, perhaps this very moment
        return False
    return True


def _waiting(key: UUID) -> Iterable[tuple[BulkItem, str]]:
    items = BulkItem.objects.filter(run__key=key, state=BulkItem.State.WAITING).select_related("report")
    return [(item, item.report.number) for item in items.order_by("pk")]


def _mark(item: BulkItem, was: str, state: str, why: str = "") -> bool:
    """Move an item on; False when somebody else has."""
    return bool(BulkItem.objects.filter(pk=item.pk, state=was).update(state=state, why=why[:LONGEST_WHY]))


def _take_one(item: BulkItem, number: str, take: Take) -> None:
    try:
        take(number, item.version)
    except Refusal as refusal:
        _mark(item, BulkItem.State.TAKEN, BulkItem.State.REFUSED, str(refusal.sentence))
    else:
        _mark(item, BulkItem.State.TAKEN, BulkItem.State.DONE)
