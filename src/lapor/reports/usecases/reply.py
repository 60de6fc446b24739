"""The reporter replies or objects; the silence stops (S33)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lapor.kernel.actor import Actor
from lapor.reports import access
from lapor.reports.models import Report
from lapor.reports.refusals import InvalidInput
from lapor.reports.usecases._advance import Turn, advance, permit
from lapor.reports.usecases._say import Files, say
from lapor.sop.vocabulary import Action, Audience, Concern, ResponseKind


@transaction.atomic(durable=True)
def reply(
    *,
    code: str,
    text: str,
    concern: str = "",
    files: Files = (),
    actor: Actor,
    now: datetime,
    version: int | None = None,
) -> Report:
    """Add what the reporter has to say; the reporter's own words are heard by the officers only.

    `concern` (a `Concern`, or empty) says what the reporter finds wrong where the SOP knows no objection yet; it moves
    nothing.
    """
    report = access.lock_report(actor, code, version)
    turn = permit(report, Action.REPLY, actor=actor, now=now)
    _note(turn, concern)
    say(turn, ResponseKind.REPLY, Audience.REPORTER, text, files=files)
    return advance(turn)


@transaction.atomic(durable=True)
def object_(
    *,
    code: str,
    text: str,
    concern: str = Concern.NOT_DONE,
    files: Files = (),
    actor: Actor,
    now: datetime,
    version: int | None = None,
) -> Report:
    """Say that it is not done, or what else is wrong: the unit must act again, and a request for closing falls."""
    report = access.lock_report(actor, code, version)
    turn = permit(report, Action.OBJECT, actor=actor, now=now)
    _note(turn, concern)
    say(turn, ResponseKind.OBJECTION, Audience.REPORTER, text, files=files)
    report.objections += 1
    report.closing_requested_at = report.closing_requested_by = None
    report.last_follow_up_on = None  # no longer finished, so not to be closed on request either (S58)
    return advance(turn)


def _note(turn: Turn, concern: str) -> None:
    """Keep what is found wrong as a fact of the step. Raises InvalidInput for what is none of the words."""
    if not concern:
        return
    if concern not in set(Concern):
        raise InvalidInput(_("Choose one of the reasons offered."), field="concern")
    turn.facts["concern"] = str(concern)
