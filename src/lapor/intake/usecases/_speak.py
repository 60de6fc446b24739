"""Whoever wrote speaks as the reporter, where the message proves it: replies, and commands in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from lapor.identity.contacts import ContactInput
from lapor.identity.queries.contacts import only_mailbox, reporters_at
from lapor.identity.usecases.news import start_address, stop_address
from lapor.intake.contract import Command, ForPerson, NewReport, Proof, Received, Reply, Verb, Why
from lapor.intake.models import InboundMessage
from lapor.intake.usecases._files import named, names_of, stored
from lapor.intake.usecases._outcome import Outcome, for_person, with_refused
from lapor.kernel.actor import Actor
from lapor.kernel.codes import read_code, read_number
from lapor.kernel.errors import Refusal
from lapor.reports.files import StoredFile
from lapor.reports.models import Report
from lapor.reports.usecases.complete import complete_report
from lapor.reports.usecases.confirm import confirm_done
from lapor.reports.usecases.reopen import reopen_report
from lapor.reports.usecases.reply import object_, reply
from lapor.reports.usecases.restore import restore_report
from lapor.reports.usecases.withdraw import withdraw_report
from lapor.sop.vocabulary import OPEN, Role, Status

Became = InboundMessage.Became
CHANGES = frozenset({Verb.DONE, Verb.NOT_DONE, Verb.WITHDRAW})
Proven = NewReport | Reply | Command
Files = tuple[StoredFile, ...]


def reply_to(message: InboundMessage, received: Received, read: Reply, *, now: datetime) -> Outcome:
    """Add the words to the report they are for: what was asked for while it waits, else a reply."""
    report = _meant(received, read)
    if isinstance(report, Outcome):
        return report
    files, refused = stored(read.files)
    said: dict[str, Any] = {"code": report.code, "files": files, "actor": _actor(report, message), "now": now}
    words = read.text.strip() or _instead_of_words(files)
    if not words:
        return with_refused(for_person(Why.NO_WORDS, report=report, says="a_person"), refused, answerable=True)
    try:
        if report.status == Status.PENDING:
            complete_report(text=words, **said)
        else:
            reply(text=words, **said)
    except Refusal as refusal:
        outcome = replace(for_person(Why.NOT_NOW, report=report, says="not_now"), problem=str(refusal)[:300])
        return with_refused(outcome, names_of(read.files), answerable=True)
    deed = "complete" if report.status == Status.PENDING else "reply"
    return with_refused(replace(noted(report.pk), deed=deed), refused, answerable=True)


def obey(message: InboundMessage, received: Received, read: Command, *, now: datetime) -> Outcome:
    """Do what a command says, and owe an answer that says so."""
    done = Outcome(became=Became.COMMAND, deed=read.verb)
    report = _meant(received, read) if read.verb in CHANGES else None
    if isinstance(report, Report) and not (read.verb == Verb.DONE and read.rating is None):
        return _change(done, report, message, read, now)
    outcome = _ask_back(done, report) if report else _answer(done, received, read, now)
    return with_refused(outcome, names_of(read.files), answerable=received.sender is not None)


def _ask_back(done: Outcome, report: Report | Outcome) -> Outcome:
    """Owe the question for the stars, or what says why no report is meant."""
    if isinstance(report, Outcome):
        return report
    return replace(done, says="rate", report=report.pk, facts={"report": report.pk})


def _answer(done: Outcome, received: Received, read: Command, now: datetime) -> Outcome:
    """Do what changes no report."""
    match read.verb:
        case Verb.HELP:
            return replace(done, says="help")
        case Verb.STOP | Verb.START:
            return _switch_news(done, received, read, now)
    return _tell(done, received, read)


def noted(report: int) -> Outcome:
    """Return the outcome of words that were added to a report."""
    return Outcome(became=Became.REPLY, deed="reply", report=report, says="noted", facts={"report": report})


def _instead_of_words(files: Files) -> str:
    """Return what stands for the words of who sent only files; empty where none could be kept."""
    return f"[{named(file.name for file in files)}]" if files else ""


def the_one_that_waits(received: Received, read: NewReport | ForPerson) -> Report | None:
    """Return the only report of a proven sender that waits for an answer; None for none and for several."""
    if read.proves is not Proof.SENDER or received.sender is None:
        return None
    waiting = _of(received.sender, (Status.PENDING,), most=2)
    return waiting[0] if len(waiting) == 1 else None


def _change(done: Outcome, report: Report, message: InboundMessage, read: Command, now: datetime) -> Outcome:
    step = _STEPS[read.verb]
    said = replace(done, report=report.pk, facts={"report": report.pk})
    files, refused = stored(read.files)
    try:
        step(report, read, files, _actor(report, message), now)
    except Refusal as refusal:
        return with_refused(_refused(said, report, read, str(refusal)[:300]), names_of(read.files), answerable=True)
    return with_refused(replace(said, says=f"{read.verb}_noted"), refused, answerable=True)


def _refused(said: Outcome, report: Report, read: Command, problem: str) -> Outcome:
    """Return what becomes of a command that is not possible now; who is not content is heard by a person at least."""
    if read.verb != Verb.NOT_DONE:
        return replace(said, says="not_now", problem=problem)
    return replace(for_person(Why.NOT_NOW, report=report, says="too_late"), problem=problem)


def _done(report: Report, read: Command, files: Files, actor: Actor, now: datetime) -> None:
    said: dict[str, Any] = {"code": report.code, "files": files, "actor": actor, "now": now}
    confirm_done(rating=read.rating or 0, text=read.text.strip() or _instead_of_words(files), **said)


def _not_done(report: Report, read: Command, files: Files, actor: Actor, now: datetime) -> None:
    """Say that it is not done, by whichever step the report's status has for it; a photo often shows it."""
    said: dict[str, Any] = {"code": report.code, "files": files, "actor": actor, "now": now}
    match report.status:
        case Status.CLOSED:
            reopen_report(why=read.text, **said)
        case Status.ARCHIVED:
            restore_report(text=read.text, **said)
        case Status.PENDING:
            complete_report(text=read.text, **said)
        case Status.IN_PROGRESS:
            object_(text=read.text, **said)
        case _:
            reply(text=read.text, **said)


def _withdraw(report: Report, read: Command, files: Files, actor: Actor, now: datetime) -> None:
    withdraw_report(code=report.code, text=read.text, files=files, actor=actor, now=now)


_STEPS: dict[Verb, Callable[[Report, Command, Files, Actor, datetime], None]] = {
    Verb.DONE: _done,
    Verb.NOT_DONE: _not_done,
    Verb.WITHDRAW: _withdraw,
}


def _switch_news(done: Outcome, received: Received, read: Command, now: datetime) -> Outcome:
    if read.proves is Proof.REPORT:
        return _switch_the_only_mailbox(done, received, read, now)
    if received.sender is None or read.proves is not Proof.SENDER:
        return for_person(Why.NOT_THEIRS)
    if read.verb == Verb.STOP:
        stop_address(contact=received.sender, now=now)
        return replace(done, says="stopped")
    start_address(contact=received.sender)
    return replace(done, says="started")


def _switch_the_only_mailbox(done: Outcome, received: Received, read: Command, now: datetime) -> Outcome:
    """Do it at the mailbox to which the signed address was sent, which is known where the reporter has only one.

    A mail program's button for the end of news writes from whichever account it likes. Nobody is answered: that account
    is not the one whose news end.
    """
    report = _named(received, read)
    mailbox = only_mailbox(report.reporter_ref) if report and report.reporter_ref else None
    if report is None or mailbox is None:
        return for_person(Why.NOT_THEIRS, report=report)
    if read.verb == Verb.STOP:
        stop_address(contact=mailbox, now=now)
    else:
        start_address(contact=mailbox)
    return replace(done, report=report.pk)


def _tell(done: Outcome, received: Received, read: Command) -> Outcome:
    """Owe an answer that says where the report stands; what was said on it only to whom it belongs."""
    report = _named(received, read) if read.code else _newest(received, read)
    if report is None:
        return replace(done, says="unknown_code" if read.code else "no_report")
    owns = not read.code or _speaks_for(report, received, read)
    if report.pin_key and not owns:
        return replace(done, says="unknown_code")
    says = "read" if read.verb == Verb.READ and owns else "status"
    return replace(done, says=says, report=report.pk if owns else None, facts={"report": report.pk})


def _meant(received: Received, read: Reply | Command) -> Report | Outcome:
    """Return the report that the message may act on, or the outcome that says why there is none."""
    says = bool(received.sender)
    if not read.code:
        mine = _own(received, read)
        return mine[0] if len(mine) == 1 else for_person(Why.WHICH_REPORT, says="which" if says else "")
    report = _named(received, read)
    if report is None:
        return for_person(Why.UNKNOWN_CODE, says="unknown_code" if says else "")
    if not _speaks_for(report, received, read):
        return for_person(Why.NOT_THEIRS, report=report, says="not_theirs" if says else "")
    return report


def _own(received: Received, read: Reply | Command) -> list[Report]:
    """Return the sender's reports that the words can be for, two at most: more is as unclear as two."""
    if read.proves is not Proof.SENDER or received.sender is None:
        return []
    mine = _of(received.sender, OPEN, most=2)
    if isinstance(read, Command) and read.verb == Verb.NOT_DONE and not mine:
        return _of(received.sender, (Status.CLOSED, Status.ARCHIVED), most=2)
    return mine


def _newest(received: Received, read: Command) -> Report | None:
    if read.proves is not Proof.SENDER or received.sender is None:
        return None
    return next(iter(_of(received.sender, tuple(Status), most=1)), None)


def _of(sender: ContactInput, statuses: tuple[Status, ...] | frozenset[Status], *, most: int) -> list[Report]:
    own = Report.objects.filter(reporter_ref__in=reporters_at(sender), status__in=[str(status) for status in statuses])
    return list(own.order_by("-pk")[:most])


def _named(received: Received, read: Reply | Command) -> Report | None:
    """Return the report of a code; a human number, which is public, names only a report of its proven sender."""
    if code := read_code(read.code):
        return Report.objects.filter(code=code).first()
    number = read_number(read.code)
    if number is None or read.proves is not Proof.SENDER or received.sender is None:
        return None
    return Report.objects.filter(number=number, reporter_ref__in=reporters_at(received.sender)).first()


def _speaks_for(report: Report, received: Received, read: Proven) -> bool:
    match read.proves:
        case Proof.REPORT:
            return True
        case Proof.SENDER:
            return received.sender is not None and report.reporter_ref in reporters_at(received.sender)
    return False


def _actor(report: Report, message: InboundMessage) -> Actor:
    """Return the reporter of a report who speaks by this message; one without an address holds its code."""
    if report.reporter_ref is not None:
        return Actor(Role.REPORTER, reporter=report.reporter_ref, message=message.pk)
    return Actor(Role.REPORTER, holds_code=True, holds_key=report.pin_key, message=message.pk)
