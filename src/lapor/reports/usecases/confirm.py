"""The reporter confirms that it is done, and rates it: the only closing that is a success."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lapor.kernel.actor import Actor
from lapor.reports import access
from lapor.reports.models import Report
from lapor.reports.refusals import InvalidInput
from lapor.reports.usecases._advance import Move, advance, permit
from lapor.reports.usecases._say import Files, say_if_any
from lapor.sop.vocabulary import Action, Audience, Blame, CloseReason, Praise, ResponseKind


@transaction.atomic(durable=True)
def confirm_done(
    *,
    code: str,
    rating: int,
    good: Iterable[str] = (),
    bad: Iterable[str] = (),
    text: str = "",
    files: Files = (),
    actor: Actor,
    now: datetime,
    version: int | None = None,
) -> Report:
    """Close the report by its reporter's word; `rating` is 1 (poor) to 5 (very good).

    `good` and `bad` are ticked words (`Praise`, `Blame`). Raises InvalidInput.
    """
    if not 1 <= rating <= 5:
        raise InvalidInput(_("Choose from one to five stars."), field="rating")
    ticked = _ticked(good, bad)
    report = access.lock_report(actor, code, version)
    turn = permit(report, Action.CONFIRM, actor=actor, now=now)
    say_if_any(turn, ResponseKind.REPLY, Audience.REPORTER, text, files=files)
    report.rating, report.close_reason, report.ended_at = rating, str(CloseReason.CONFIRMED), now
    report.closing_requested_at = report.closing_requested_by = None
    return advance(turn, Move(facts={"reason": report.close_reason, "rating": rating, **ticked}))


def _ticked(good: Iterable[str], bad: Iterable[str]) -> dict[str, list[str]]:
    chosen = {"good": sorted({str(word) for word in good}), "bad": sorted({str(word) for word in bad})}
    if not (set(chosen["good"]) <= set(Praise) and set(chosen["bad"]) <= set(Blame)):
        raise InvalidInput(_("Choose among what is offered."), field="good")
    return {name: words for name, words in chosen.items() if words}
