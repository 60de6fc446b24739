"""The table on the real database: from every place of a report everybody tries everything.

What the table permits to the desk that acts works; every other attempt is refused before a single row is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from tests.builders import Case, World

from lapor.kernel.actor import Actor, reporter_known
from lapor.kernel.errors import NotFound, Refusal
from lapor.reports import access
from lapor.reports.findings import Findings
from lapor.reports.models import Evidence
from lapor.reports.refusals import NotPermitted, NotYourDesk
from lapor.reports.situation import situation_of
from lapor.reports.usecases import (
    accept,
    archive,
    ask,
    brief,
    cause,
    classify,
    closing,
    complete,
    confirm,
    consent,
    dispose,
    edit,
    evaluate,
    forward,
    handle_here,
    handlers,
    link,
    mark_file,
    note,
    ombudsman,
    redispose,
    reopen,
    reply,
    respond,
    restore,
    return_,
    secrecy,
    take_back,
    transfer,
    verify,
    withdraw,
)
from lapor.sop.engine import permitted
from lapor.sop.table import CLOCK_ACTS, STEPS
from lapor.sop.vocabulary import Action, ArchiveReason, Holder, LinkKind, Role, Status

WORDS = "Kami sampaikan keterangan yang cukup jelas."
DONE = {"done_by": "Tim Bina Marga"}


@dataclass(frozen=True)
class Verb:
    """One use case with everything it needs, so that only the table and the desk can refuse it."""

    do: Callable[..., Any]
    fields: dict[str, Any] = field(default_factory=dict)


VERBS: dict[Action, Verb] = {
    Action.VERIFY: Verb(verify.verify_report, {"findings": Findings(relevant=True, complete=True, clear=True)}),
    Action.DISPOSE: Verb(dispose.dispose_report, {"to": "dinas-kesehatan"}),
    Action.HANDLE_HERE: Verb(handle_here.handle_report_here, {"text": WORDS}),
    Action.RETURN: Verb(return_.return_report, {"competent_body": "Pemerintah provinsi", "why": WORDS}),
    Action.ASK: Verb(ask.ask_reporter, {"question": WORDS}),
    Action.COMPLETE: Verb(complete.complete_report, {"text": WORDS}),
    Action.ARCHIVE: Verb(archive.archive_report, {"reason": ArchiveReason.UNCLEAR, "text": WORDS}),
    Action.RESTORE: Verb(restore.restore_report, {"text": WORDS}),
    Action.ACCEPT: Verb(accept.accept_disposition),
    Action.REDISPOSE: Verb(redispose.redispose_report, {"to": "dinas-lingkungan", "reason": "change"}),
    Action.TRANSFER: Verb(transfer.transfer_report, {"to": "dinas-lingkungan"}),
    Action.ADD_HANDLER: Verb(handlers.add_handler, {"to": "dinas-lingkungan"}),
    Action.CONTRIBUTE: Verb(handlers.contribute, {"text": WORDS}),
    Action.RESPOND_FIRST: Verb(respond.respond_first, {"text": WORDS}),
    Action.FORWARD: Verb(forward.forward_report, {"to": "bidang-bina-marga"}),
    Action.RECEIVE: Verb(forward.receive_report),
    Action.ANSWER: Verb(forward.answer_liaison, {"text": WORDS}),
    Action.RELEASE: Verb(forward.release_answer, {"text": WORDS, "as_follow_up": False}),
    Action.RELEASE_FOLLOW_UP: Verb(forward.release_answer, {"text": WORDS, "as_follow_up": True, **DONE}),
    Action.SEND_BACK_ANSWER: Verb(forward.send_back_answer, {"why": WORDS}),
    Action.RECALL: Verb(forward.recall_report, {"why": WORDS}),
    Action.BRIEF: Verb(brief.brief_head, {"text": WORDS}),
    Action.INSTRUCT: Verb(brief.instruct, {"text": WORDS}),
    Action.APPROVE: Verb(brief.approve),
    Action.FOLLOW_UP: Verb(respond.follow_up, {"text": WORDS, "field_work": True, **DONE}),
    Action.EVALUATE: Verb(evaluate.evaluate_answer),
    Action.SEND_BACK: Verb(evaluate.send_back, {"why": WORDS}),
    Action.REPLY: Verb(reply.reply, {"text": WORDS}),
    Action.OBJECT: Verb(reply.object_, {"text": WORDS}),
    Action.CONFIRM: Verb(confirm.confirm_done, {"rating": 4}),
    Action.WITHDRAW: Verb(withdraw.withdraw_report),
    Action.REOPEN: Verb(reopen.reopen_report, {"why": WORDS}),
    Action.ANSWER_CONSENT: Verb(consent.answer_consent, {"given": True}),
    Action.REQUEST_CLOSING: Verb(closing.request_closing, {"why": WORDS}),
    Action.APPROVE_CLOSING: Verb(closing.approve_closing),
    Action.REFUSE_CLOSING: Verb(closing.refuse_closing, {"why": WORDS}),
    Action.ASK_DATA: Verb(ombudsman.ask_data, {"text": WORDS}),
    Action.GIVE_DATA: Verb(ombudsman.give_data, {"text": WORDS}),
    Action.RECORD_PROGRESS: Verb(ombudsman.record_progress, {"text": WORDS}),
    Action.RECORD_OUTCOME: Verb(ombudsman.record_outcome, {"text": WORDS}),
    Action.EDIT_TEXT: Verb(edit.edit_wording, {"title": "Jalan", "text": WORDS, "reason": "structure"}),
    Action.CLASSIFY: Verb(classify.classify_report, {"classification": "complaint"}),
    Action.CHANGE_SECRECY: Verb(secrecy.change_secrecy, {"anonymous": True, "secret": True}),
    Action.ASK_BACK: Verb(brief.ask_back, {"text": WORDS}),
    Action.MARK_FILE: Verb(mark_file.mark_file, {"is_public": False}),
    Action.TAKE_BACK: Verb(take_back.take_back_entry),
    Action.NOTE: Verb(note.write_note, {"text": WORDS}),
    Action.CONSULT: Verb(note.consult, {"to": "dinas-lingkungan", "text": WORDS}),
    Action.LINK: Verb(link.link_reports, {"kind": LinkKind.CAUSE}),
    Action.UNLINK: Verb(link.unlink_reports),
    Action.JOIN_CAUSE: Verb(cause.join_cause, {"title": "Gardu", "target": "Menyala", "due_on": date(2027, 1, 4)}),
    Action.LEAVE_CAUSE: Verb(cause.leave_cause),
}
# Told in test_common.py and test_belongings.py.
ELSEWHERE = {Action.EXPLAIN_BREACH, Action.ACKNOWLEDGE_BREACH, Action.CLAIM}
BEGINNINGS = {step.action for step in STEPS if step.is_entry}


def test_every_step_a_person_can_take_is_tried_here() -> None:
    clock_alone = {step.action for step in STEPS if step.role is Role.CLOCK}

    assert set(VERBS) == set(Action) - ELSEWHERE - BEGINNINGS - clock_alone
    assert set(CLOCK_ACTS.values()) <= clock_alone


# --- Every place a report can be -----------------------------------------------------------------


def with_answer(case: Case) -> None:
    case.is_with_unit_officer()
    case.act(forward.answer_liaison, "petugas-bina-marga", text=WORDS)


def with_head(case: Case) -> None:
    case.is_in_progress()
    case.act(brief.brief_head, "pp-pupr", text=WORDS)


def handled_here(case: Case) -> None:
    case.is_submitted()
    case.act(handle_here.handle_report_here, "admin-kota", text=WORDS)


def past_the_limit(case: Case) -> None:
    case.is_followed_up()
    case.act(reply.reply, "reporter", text=WORDS)
    case.on("Tue 31 Mar 2026 09:00 WITA")


def closing_asked(case: Case) -> None:
    past_the_limit(case)
    case.act(closing.request_closing, "admin-kota", why=WORDS)


def with_helper(case: Case) -> None:
    case.is_in_progress()
    case.act(handlers.add_handler, "admin-kota", to="dinas-kesehatan")


def returned_twice(case: Case) -> None:
    for _ in range(2):
        case.is_disposed()
        case.act(return_.return_report, "pp-pupr", competent_body="Dinas lain", why=WORDS)
    case.is_disposed()


def back_in_archive(case: Case) -> None:
    case.is_submitted()
    for _ in range(2):
        case.act(archive.archive_report, "admin-kota", reason=ArchiveReason.UNCLEAR, text=WORDS)
        if not case.report.restored:
            case.act(restore.restore_report, "reporter", text=WORDS)


def consent_asked(case: Case) -> None:
    case.is_disposed()
    case.sweep("Mon 18 May 2026 09:00 WITA")


def escalated(case: Case) -> None:
    case.is_disposed()
    case.sweep("Thu 11 Jun 2026 09:00 WITA")


def closed_long_ago(case: Case) -> None:
    case.is_followed_up()
    case.sweep("Tue 17 Mar 2026 09:00 WITA")
    case.on("Tue 30 Jun 2026 09:00 WITA")


def reopened_at_the_national_desk(case: Case) -> None:
    case.is_submitted(agency="")
    case.sweep("Thu 11 Jun 2026 09:00 WITA")
    case.act(ombudsman.record_outcome, "ombudsman", text=WORDS)
    case.act(reopen.reopen_report, "reporter", why=WORDS)


PLACES: dict[str, tuple[Callable[[Case], object], Status, Holder]] = {
    "unaddressed": (lambda case: case.is_submitted(agency=""), Status.UNVERIFIED, Holder.NATIONAL),
    "new": (lambda case: case.is_submitted(), Status.UNVERIFIED, Holder.AGENCY),
    "pending": (lambda case: case.is_pending(), Status.PENDING, Holder.REPORTER),
    "disposed": (lambda case: case.is_disposed(), Status.DISPOSED, Holder.UNIT),
    "returned twice": (returned_twice, Status.DISPOSED, Holder.UNIT),
    "consent asked": (consent_asked, Status.DISPOSED, Holder.UNIT),
    "forwarded": (lambda case: case.is_with_unit_officer(), Status.DISPOSED, Holder.UNIT_OFFICER),
    "answered": (with_answer, Status.DISPOSED, Holder.UNIT),
    "in progress": (lambda case: case.is_in_progress(), Status.IN_PROGRESS, Holder.UNIT),
    "with a helper": (with_helper, Status.IN_PROGRESS, Holder.UNIT),
    "handled here": (handled_here, Status.IN_PROGRESS, Holder.AGENCY),
    "with the head": (with_head, Status.IN_PROGRESS, Holder.HEAD),
    "followed up": (lambda case: case.is_followed_up(), Status.IN_PROGRESS, Holder.REPORTER),
    "past the limit": (past_the_limit, Status.IN_PROGRESS, Holder.UNIT),
    "closing asked": (closing_asked, Status.IN_PROGRESS, Holder.NATIONAL),
    "reopened": (reopened_at_the_national_desk, Status.IN_PROGRESS, Holder.NATIONAL),
    "escalated": (escalated, Status.ESCALATED, Holder.OMBUDSMAN),
    "closed": (closed_long_ago, Status.CLOSED, Holder.NOBODY),
    "archived": (back_in_archive, Status.ARCHIVED, Holder.NOBODY),
}
PEOPLE = (
    "admin-pusat", "ombudsman", "panrb", "admin-kota", "inspektorat", "pp-pupr", "pimpinan-pupr", "petugas-bina-marga",
    "pp-kesehatan", "pimpinan-kesehatan", "admin-lembaga", "reporter", "another reporter",
)  # fmt: skip


@pytest.fixture
def stage(case: Case, world: World) -> Case:
    """The case, with a third unit that has nothing to do with it and another report to link it with."""
    roads = world.agency("dinas-pupr")
    roads.pk, roads.code, roads.name = None, "dinas-lingkungan", "Dinas Lingkungan"
    roads.save()
    return case


@pytest.mark.parametrize("place", PLACES)
def test_whatever_anybody_tries_the_table_decides_and_a_refusal_leaves_nothing(stage: Case, place: str) -> None:
    other = Case(stage.world).is_submitted().code
    bring, status, holder = PLACES[place]
    bring(stage)
    assert (stage.status, stage.holder[0]) == (status, holder)
    tried = wrong = 0
    surprises: list[str] = []
    for who in PEOPLE:
        actor = actor_called(stage, who)
        open_to = expected(stage, actor)
        for action, verb in VERBS.items():
            outcome = attempt(stage, actor, action, verb, other)
            tried += 1
            wrong += outcome != "done"
            if (outcome == "done") != (action in open_to) or outcome == "left traces":
                surprises.append(f"{who} {action}: {outcome}")

    assert surprises == []
    assert tried > wrong > tried / 2


def actor_called(case: Case, who: str) -> Actor:
    """Return somebody of the cast, the reporter, or a reporter of something else."""
    if who == "another reporter":
        elsewhere = Case(case.world)
        elsewhere.is_submitted()
        ref = elsewhere.report.reporter_ref
        assert ref is not None
        return reporter_known(ref)
    return case.reporter if who == "reporter" else case.world[who]


def expected(case: Case, actor: Actor) -> set[Action]:
    """Return what the table permits to this actor, nothing where the desk has no say on the report."""
    try:
        report = access.find_report(actor, case.code)
    except NotFound:
        return set()
    if not access.may_act(actor, report):
        return set()
    open_now = set(permitted(situation_of(report, actor, case.now), actor.role))
    return open_now - {Action.UNLINK, Action.LEAVE_CAUSE}  # nothing is linked or joined yet


def attempt(case: Case, actor: Actor, action: Action, verb: Verb, other: str) -> str:
    """Try one step and take it back; tells whether it was done, or refused before anything was written."""
    fields = dict(verb.fields)
    if action in (Action.LINK, Action.UNLINK):
        fields["other"] = other
    if action is Action.MARK_FILE:
        fields["token"] = a_public_file(case)
    if "done_by" in fields:
        fields["done_on"] = case.today
    if action is Action.DISPOSE and actor.role is Role.NATIONAL_ADMIN:
        fields["to"] = "lembaga-uji"
    with taken_back(), watched() as written:
        try:
            verb.do(code=case.code, actor=actor, now=case.now, **fields)
        except (NotPermitted, NotYourDesk, NotFound):
            return "left traces" if written else "refused"
        except Refusal as refusal:
            return f"refused for another reason: {refusal}"
        return "done" if written else "nothing written"


def a_public_file(case: Case) -> str:
    """Return the name of a file that the public sees."""
    facts = {"sha256": "0" * 64, "media_type": "image/jpeg", "size": 1, "name": "foto.jpg", "at": case.now}
    file, _ = Evidence.objects.get_or_create(report=case.report, token="a" * 32, defaults={**facts, "is_public": True})
    return file.token


@contextmanager
def taken_back() -> Iterator[None]:
    """Undo whatever happens inside; a bare savepoint, for use cases insist on a transaction of their own."""
    savepoint = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(savepoint)


@contextmanager
def watched() -> Iterator[list[str]]:
    """Collect the statements that write, as they are sent: a refusal must not even have tried."""
    written: list[str] = []

    def note_writing(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE", "COPY", "NOTIFY")):
            written.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note_writing):
        yield written
