"""A person looks at a message: it becomes a report, words for one, or nothing, and the record says who decided."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lapor.intake.contract import contact_of, parser_of
from lapor.intake.models import InboundMessage
from lapor.intake.queries.waiting import to_look_at
from lapor.intake.seals import sender_of, text_of
from lapor.intake.usecases._files import stored
from lapor.intake.usecases.understand import received_of
from lapor.kernel.actor import Actor
from lapor.kernel.deeds import note_deed
from lapor.kernel.errors import InvalidInput, NotFound
from lapor.kernel.wake import wake
from lapor.reports import access
from lapor.reports.drafts import Draft, Receipt
from lapor.reports.files import StoredFile
from lapor.reports.models import Report
from lapor.reports.usecases.complete import complete_report
from lapor.reports.usecases.record_manual import record_manual
from lapor.reports.usecases.submit import Looked, submit_report
from lapor.sop.vocabulary import Role, Status

State, Became = InboundMessage.State, InboundMessage.Became
LONGEST_REASON = 300
log = logging.getLogger(__name__)


class MessageGone(NotFound):
    """Somebody else has decided, its author has deleted it, or it is another desk's."""

    sentence = _(
        "This message does not wait for you any more: somebody has looked at it already, or its author has deleted it."
    )


def make_report(*, message: int, text: str, actor: Actor, now: datetime) -> Receipt:
    """File the message as a report of whoever sent it, in their own words or as the officer typed them off.

    At an institution's desk it is an entry of that desk; the national desk files it as it would have come. Later than
    an hour is a breach of the desk that let it wait (S75). Twice is one report. Raises MessageGone, InvalidInput.
    """
    row = _mine(message, actor)
    contact = contact_of(row.channel, sender_of(row))
    files, refused = _files_of(row)
    draft = Draft(text=text or text_of(row), channel=row.channel, contact=contact, files=files)
    key = f"message-{row.ref}"
    if actor.role is Role.AGENCY_ADMIN:
        receipt = record_manual(draft, actor=actor, now=now, key=key, started_at=now, seen_at=row.received_at)
    else:
        looked = Looked(since=row.received_at, by=actor)
        receipt = submit_report(draft, actor=Actor(Role.REPORTER), now=now, key=key, looked=looked)
    report = Report.objects.get(code=receipt.code)
    done: dict[str, Any] = {"became": Became.REPORT, "deed": "submit", "report": report, "problem": refused}
    _decided(row, "message_reported", actor, now, **done)
    return receipt


def attach(*, message: int, number: str, actor: Actor, now: datetime) -> Report:
    """Put the message to a report that the officer may read; one that waits for its reporter is completed by it.

    Raises MessageGone, NotFound.
    """
    row = _mine(message, actor)
    report = access.find_report(actor, number)
    words = text_of(row)
    deed, refused = "attach", ""
    if report.status == Status.PENDING and words and access.may_act(actor, report):
        files, refused = _files_of(row)
        complete_report(code=report.number, text=words, files=files, actor=actor, now=now)
        deed = "complete"
    done: dict[str, Any] = {"became": Became.REPLY, "deed": deed, "report": report, "problem": refused}
    _decided(row, "message_attached", actor, now, **done)
    return report


def dismiss(*, message: int, reason: str, actor: Actor, now: datetime) -> None:
    """Say that the message is no report, and why; it stays kept. Raises MessageGone, InvalidInput without a reason."""
    reason = " ".join(reason.split())[:LONGEST_REASON]
    if not reason:
        raise InvalidInput(_("Please say why; the record keeps it."), field="reason")
    row = _mine(message, actor)
    _decided(row, "message_dismissed", actor, now, became=Became.NOTHING, deed="dismiss", problem=reason)


@transaction.atomic
def read_again(*, message: int, actor: Actor, now: datetime) -> None:
    """Let the lane read a message once more that was quarantined or set aside. Raises MessageGone."""
    row = _locked(message, actor, aside=True)
    row.looked_at, row.looked_by = now, actor.appointment
    row.state, row.attempts, row.next_try_at, row.leased_until = State.WAITING, 0, now, None
    row.save()
    _note(row, "message_released", actor, now)
    wake()


def _files_of(row: InboundMessage) -> tuple[tuple[StoredFile, ...], str]:
    """Read the files of a message once more, stored, with the names of those that cannot be kept.

    Reading is safe to repeat. Whatever goes wrong with it, an officer's decision does not wait for a provider.
    """
    try:
        return stored(parser_of(row.channel)(received_of(row)).files)
    except Exception as problem:  # noqa: BLE001 - a parser and a provider may raise whatever they like
        log.warning("the files of %s cannot be read: %s", row, type(problem).__name__)
        return (), row.problem


def _mine(message: int, actor: Actor) -> InboundMessage:
    found = (to_look_at(actor) | to_look_at(actor, aside=True)).filter(pk=message).first()
    if found is None:
        raise MessageGone
    return found


@transaction.atomic
def _decided(row: InboundMessage, action: str, actor: Actor, now: datetime, **changes: object) -> None:
    """Write what became of a message, once, with who decided."""
    waiting = InboundMessage.objects.filter(pk=row.pk, state=row.state, looked_at=row.looked_at)
    decided = waiting.update(state=State.UNDERSTOOD, looked_at=now, looked_by=actor.appointment, **changes)
    if decided:
        _note(row, action, actor, now)


def _locked(message: int, actor: Actor, *, aside: bool) -> InboundMessage:
    found = to_look_at(actor, aside=aside).select_for_update(of=("self",)).filter(pk=message).first()
    if found is None:
        raise MessageGone
    return found


def _note(row: InboundMessage, action: str, actor: Actor, now: datetime) -> None:
    note_deed(action, actor=actor, institution=row.desk_id, about=f"{row.channel} {row.pk}", now=now)
