"""Inside a unit: forward to a satuan kerja, receive, answer, release or send back (S9 to S13, S24)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from lapor.agencies.models import Agency
from lapor.kernel.actor import Actor
from lapor.reports import access, desks
from lapor.reports.models import Report, Response
from lapor.reports.usecases._advance import Move, advance, permit
from lapor.reports.usecases._follow_up import tell_follow_up
from lapor.reports.usecases._say import Files, audience_of, say, say_if_any
from lapor.sop.vocabulary import Action, Audience, ResponseKind


@transaction.atomic(durable=True)
def forward_report(
    *, code: str, to: str, text: str = "", actor: Actor, now: datetime, version: int | None = None
) -> Report:
    """Hand the report to a satuan kerja or instansi vertikal below the unit. Raises DeskNotReceiving."""
    report = access.lock_report(actor, code, version)
    turn = permit(report, Action.FORWARD, actor=actor, now=now)
    desk = desks.receiving(to, Agency.Kind.SUBUNIT, under=report.unit_id)
    report.accepted_at = report.accepted_at or now
    say_if_any(turn, ResponseKind.HANDOVER, Audience.OFFICERS, text)
    return advance(turn, Move(to=desk, facts={"to": desk.code}))


@transaction.atomic(durable=True)
def receive_report(*, code: str, actor: Actor, now: datetime, version: int | None = None) -> Report:
    """Say that the satuan kerja has received the report (S10)."""
    report = access.lock_report(actor, code, version)
    return advance(permit(report, Action.RECEIVE, actor=actor, now=now))


@transaction.atomic(durable=True)
def answer_liaison(
    *, code: str, text: str, files: Files = (), actor: Actor, now: datetime, version: int | None = None
) -> Report:
    """Answer to the liaison, not to the public (S11)."""
    report = access.lock_report(actor, code, version)
    turn = permit(report, Action.ANSWER, actor=actor, now=now)
    report.answer_waiting = True
    say(turn, ResponseKind.UNIT_ANSWER, Audience.OFFICERS, text, files=files)
    return advance(turn)


@transaction.atomic(durable=True)
def release_answer(
    *,
    code: str,
    text: str,
    as_follow_up: bool,
    done_on: date | None = None,
    done_by: str = "",
    files: Files = (),
    actor: Actor,
    now: datetime,
    version: int | None = None,
) -> Report:
    """Release the waiting answer, as the liaison words it, as first response or as follow-up (S12, S13)."""
    report = access.lock_report(actor, code, version)
    action = Action.RELEASE_FOLLOW_UP if as_follow_up else Action.RELEASE
    turn = permit(report, action, actor=actor, now=now)
    report.accepted_at = report.accepted_at or now
    if as_follow_up:
        released = tell_follow_up(turn, text, done_on=done_on, done_by=done_by, files=files)
    else:
        released = say(turn, ResponseKind.FIRST_RESPONSE, audience_of(report), text, files=files)
    report.first_response_at = report.first_response_at or now
    report.answer_waiting = False
    answer = _waiting(report)
    answer.released_as = released
    answer.save(update_fields=["released_as"])
    return advance(turn)


@transaction.atomic(durable=True)
def send_back_answer(*, code: str, why: str, actor: Actor, now: datetime, version: int | None = None) -> Report:
    """Send the answer back to the satuan kerja that wrote it, with what is missing (S12)."""
    report = access.lock_report(actor, code, version)
    turn = permit(report, Action.SEND_BACK_ANSWER, actor=actor, now=now)
    report.answer_waiting = False
    say(turn, ResponseKind.HANDOVER, Audience.OFFICERS, why)
    return advance(turn, Move(to=_waiting(report).desk))


@transaction.atomic(durable=True)
def recall_report(*, code: str, why: str, actor: Actor, now: datetime, version: int | None = None) -> Report:
    """Take the report back from a satuan kerja or the head that cannot act, with a reason (S24)."""
    report = access.lock_report(actor, code, version)
    turn = permit(report, Action.RECALL, actor=actor, now=now)
    say(turn, ResponseKind.HANDOVER, Audience.OFFICERS, why)
    return advance(turn)


def _waiting(report: Report) -> Response:
    """Return the newest answer of a satuan kerja; what a co-handler contributed is no answer to be released."""
    answers = Response.objects.filter(report=report, kind=str(ResponseKind.UNIT_ANSWER), action=str(Action.ANSWER))
    return answers.select_related("desk").latest("id")
