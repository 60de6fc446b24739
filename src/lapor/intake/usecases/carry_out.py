"""Carry out what a channel understood, by the same use cases as every page; what cannot be is for a person.

Every branch is safe to repeat: a report by its idempotency key, a step by the key that `_advance` keeps with it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from lapor.identity.queries.contacts import who_stopped_news
from lapor.intake.contract import (
    Clear,
    Command,
    Courtesy,
    ForPerson,
    NewReport,
    Nothing,
    Receipt,
    Received,
    Reply,
    Understood,
    Verb,
    Why,
)
from lapor.intake.models import InboundMessage
from lapor.intake.usecases import _speak
from lapor.intake.usecases._files import missing, stored
from lapor.intake.usecases._outcome import Outcome, for_person, with_refused
from lapor.kernel.actor import Actor, step_key
from lapor.kernel.errors import Refusal
from lapor.messaging.receipts import note_receipt
from lapor.messaging.words import heard_since
from lapor.reports.drafts import Draft
from lapor.reports.models import IdempotencyKey, Report
from lapor.reports.refusals import DeskNotReceiving
from lapor.reports.usecases.submit import file_report
from lapor.sop.vocabulary import Role

Became, State = InboundMessage.Became, InboundMessage.State
REPEATED_WITHIN = timedelta(hours=24)


def carry_out(message: InboundMessage, received: Received, read: Understood, *, now: datetime) -> Outcome:
    """Do what the message asks for and return what is to be written of it."""
    read = _or_answer(received, read)
    match read:
        case Nothing():
            return Outcome(became=Became.NOTHING, problem=read.why)
        case Receipt():
            told = {"key": read.key, "state": read.state, "problem": read.problem, "recipient": read.recipient}
            note_receipt(channel=message.channel, now=now, **told)
            return Outcome(became=Became.RECEIPT, deed=read.state)
        case ForPerson():
            says = "a_person" if received.sender and read.why != Why.MAYBE_ROBOT else ""
            outcome = for_person(read.why, agency=read.agency, says=says)
            return with_refused(outcome, missing(read.files), answerable=bool(received.sender))
    if not _is_new(message) and (done := _done_before(message)):
        return done
    changes = not isinstance(read, Command) or read.verb in _speak.CHANGES
    if changes and (earlier := _said_before(message)):
        return earlier
    match read:
        case NewReport():
            return _new_report(message, received, read, now)
        case Reply():
            return _speak.reply_to(message, received, read, now=now)
        case Command():
            return _speak.obey(message, received, read, now=now)


def _or_answer(received: Received, read: Understood) -> Clear:
    """Return the reading; a photo, a voice or "ya" answers the one question that waits for its sender."""
    if isinstance(read, Courtesy):
        return _or_answer_politely(received, read)
    if not isinstance(read, ForPerson) or read.why != Why.NO_WORDS or not any(file.content for file in read.files):
        return read
    waiting = _speak.the_one_that_waits(received, read)
    if waiting is None:
        return read
    return Reply(text=read.text, files=read.files, proves=read.proves, sender=read.sender, code=waiting.code)


def _or_answer_politely(received: Received, read: Courtesy) -> Clear:
    as_answer = NewReport(text=read.text, proves=read.proves, sender=read.sender)
    if read.is_answer and (waiting := _speak.the_one_that_waits(received, as_answer)):
        return _as_reply(as_answer, waiting)
    return Command(verb=Verb.HELP, text=read.text, proves=read.proves) if read.greets else Nothing(why="courtesy")


def _is_new(message: InboundMessage) -> bool:
    """Tell whether nobody can have worked on it before: the attempt is counted before the work (`lease`)."""
    return message.attempts == 1 and message.looked_at is None


def _done_before(message: InboundMessage) -> Outcome | None:
    """Return the outcome of a step that was taken just before its worker died."""
    kept = IdempotencyKey.objects.filter(key=step_key(message.pk)).first()
    return _speak.noted(kept.report_id) if kept else None


def _said_before(message: InboundMessage) -> Outcome | None:
    """Return the outcome of the same words by the same sender within a day: the same code again, and nothing twice."""
    if message.fingerprint is None:
        return None
    since = message.received_at - REPEATED_WITHIN
    earlier = InboundMessage.objects.filter(
        fingerprint=message.fingerprint, received_at__gte=since, pk__lt=message.pk, report__isnull=False
    )
    first = earlier.filter(state=State.UNDERSTOOD).exclude(became=Became.REPEAT).order_by("-pk")
    before = first.values_list("report", "became", "received_at").first()
    if before is None:
        return None
    known, became, then = before
    if became != Became.REPORT and heard_since(known, then):  # "ya" to the next question
        return None
    return Outcome(became=Became.REPEAT, report=known, says="repeat", facts={"report": known})


def _new_report(message: InboundMessage, received: Received, read: NewReport, now: datetime) -> Outcome:
    if read.may_be_answer and (waiting := _speak.the_one_that_waits(received, read)):
        return _speak.reply_to(message, received, _as_reply(read, waiting), now=now)
    files, refused = stored(read.files)
    draft = Draft(
        text=read.text,
        title=read.title,
        agency=read.agency,
        channel=message.channel,
        contact=received.sender,
        name=read.name,
        files=files,
        position=read.position,
    )
    sent_at = min(received.sent_at, now) if received.sent_at else None
    actor, key = Actor(Role.REPORTER), f"message-{message.ref}"
    try:
        report = file_report(draft, actor=actor, now=now, key=key, sent_at=sent_at, first_try=_is_new(message))
    except DeskNotReceiving:
        return _new_report(message, received, replace(read, agency=""), now)
    except Refusal as refusal:
        says = "write_more" if received.sender else ""
        return replace(for_person(Why.REFUSED, agency=read.agency, says=says), problem=str(refusal)[:300])
    outcome = Outcome(became=Became.REPORT, deed="submit", report=report.pk)
    if report.reporter_ref and who_stopped_news([report.reporter_ref]):  # they have just written, and need the code
        outcome = replace(outcome, says="filed", facts={"report": report.pk})
    return with_refused(outcome, refused, answerable=received.sender is not None)


def _as_reply(read: NewReport, waiting: Report) -> Reply:
    return Reply(text=read.text, files=read.files, proves=read.proves, sender=read.sender, code=waiting.code)
