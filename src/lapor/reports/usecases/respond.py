"""Answer the reporter: a first response acknowledges (S31, S62), a follow-up tells what was done (S66, S67)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from lapor.kernel.actor import Actor
from lapor.reports import access
from lapor.reports.models import Report
from lapor.reports.usecases._advance import advance, permit
from lapor.reports.usecases._follow_up import tell_follow_up
from lapor.reports.usecases._say import Files, audience_of, say
from lapor.sop.vocabulary import Action, ResponseKind


@transaction.atomic(durable=True)
def respond_first(
    *, code: str, text: str, files: Files = (), actor: Actor, now: datetime, version: int | None = None
) -> Report:
    """Give the first response; it never stops the sixty days and never starts the silence (C9, C22)."""
    report = access.lock_report(actor, code, version)
    turn = permit(report, Action.RESPOND_FIRST, actor=actor, now=now)
    report.accepted_at = report.accepted_at or now
    report.first_response_at = report.first_response_at or now
    say(turn, ResponseKind.FIRST_RESPONSE, audience_of(report), text, files=files)
    return advance(turn)


@transaction.atomic(durable=True)
def follow_up(
    *,
    code: str,
    text: str,
    done_on: date,
    done_by: str,
    field_work: bool,
    files: Files = (),
    actor: Actor,
    now: datetime,
    version: int | None = None,
) -> Report:
    """Tell what was done, when, by whom, with evidence; from here the reporter's silence is counted (S33).

    `done_on` is a local day, not in the future. Raises InvalidInput.
    """
    report = access.lock_report(actor, code, version)
    turn = permit(report, Action.FOLLOW_UP, actor=actor, now=now)
    tell_follow_up(turn, text, done_on=done_on, done_by=done_by, files=files)
    report.needs_field_work = field_work
    return advance(turn)
