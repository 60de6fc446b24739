"""The world that the simulation plays in: three zones, desks in each, and every way to act on a report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Any

from tests.builders import World, build_world, officer_at

from lapor.agencies.models import Agency, Calendar
from lapor.agencies.queries import calendars
from lapor.kernel.actor import Actor
from lapor.reports.findings import Findings
from lapor.reports.models import Report
from lapor.reports.usecases import (
    accept,
    archive,
    ask,
    brief,
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
    note,
    ombudsman,
    redispose,
    reopen,
    reply,
    respond,
    restore,
    return_,
    secrecy,
    transfer,
    verify,
    withdraw,
)
from lapor.sop.vocabulary import Action, ArchiveReason, Classification, EditReason, RedisposeReason, Role

Call = Callable[..., Report]
_titles = count(1)  # an edit that changes nothing is refused
TEXT = "Kata-kata dari simulasi, cukup panjang untuk dibaca."


def build() -> World:
    """Return the stories' world with a third city in WIT, and one person who holds two roles."""
    world = build_world()
    wit = Calendar.objects.get(code="wit")
    city = Agency.objects.create(
        code="kota-timur", name="Kota Timur", kind="institution", calendar=wit, prefix="TMR", profile="kota-mataram"
    )
    Agency.objects.filter(pk=city.pk).update(institution=city)
    unit = Agency.objects.create(
        code="dinas-timur", name="Dinas Timur", kind="unit", calendar=wit, parent=city, institution=city
    )
    world.actors["admin-timur"] = officer_at(city, Role.AGENCY_ADMIN, "admin-timur")
    world.actors["pp-timur"] = officer_at(unit, Role.LIAISON, "pp-timur")
    world.actors["pimpinan-timur"] = officer_at(unit, Role.HEAD, "pimpinan-timur")
    # C20: in a small city one person may sit at both desks; the law must still keep the two words apart.
    world.actors["rangkap"] = replace(world["admin-pusat-2"], account=world["admin-kota"].account)
    return world


def today_at(actor: Actor, now: datetime) -> Any:
    """Return the local day at an officer's desk."""
    return calendars.today(Agency.objects.select_related("calendar").get(pk=actor.desk or 0).calendar, now)


def ways(actor: Actor, now: datetime, receiver: str) -> dict[Action, tuple[Call, dict[str, Any]]]:
    """Return for each action the use case and valid words for it; `receiver` is the code of a desk."""
    told = {"text": TEXT}
    why = {"why": TEXT}
    done = {"done_on": today_at(actor, now) if actor.desk else None, "done_by": "Tim simulasi"}
    return {
        Action.VERIFY: (verify.verify_report, {"findings": Findings(True, True, True)}),
        Action.DISPOSE: (dispose.dispose_report, {"to": receiver}),
        Action.HANDLE_HERE: (handle_here.handle_report_here, told),
        Action.RETURN: (return_.return_report, {"competent_body": "Instansi lain", **why}),
        Action.ASK: (ask.ask_reporter, {"question": TEXT}),
        Action.COMPLETE: (complete.complete_report, told),
        Action.ARCHIVE: (archive.archive_report, {"reason": ArchiveReason.UNCLEAR, **told}),
        Action.RESTORE: (restore.restore_report, told),
        Action.ACCEPT: (accept.accept_disposition, {}),
        Action.REDISPOSE: (redispose.redispose_report, {"to": receiver, "reason": RedisposeReason.CHANGE}),
        Action.TRANSFER: (transfer.transfer_report, {"to": receiver}),
        Action.RESPOND_FIRST: (respond.respond_first, told),
        Action.FOLLOW_UP: (respond.follow_up, {**told, **done, "field_work": False}),
        Action.FORWARD: (forward.forward_report, {"to": receiver}),
        Action.RECEIVE: (forward.receive_report, {}),
        Action.ANSWER: (forward.answer_liaison, told),
        Action.RELEASE: (forward.release_answer, {**told, "as_follow_up": False}),
        Action.RELEASE_FOLLOW_UP: (forward.release_answer, {**told, **done, "as_follow_up": True}),
        Action.SEND_BACK_ANSWER: (forward.send_back_answer, why),
        Action.RECALL: (forward.recall_report, why),
        Action.BRIEF: (brief.brief_head, told),
        Action.INSTRUCT: (brief.instruct, told),
        Action.APPROVE: (brief.approve, {}),
        Action.ASK_BACK: (brief.ask_back, told),
        Action.EVALUATE: (evaluate.evaluate_answer, {}),
        Action.SEND_BACK: (evaluate.send_back, why),
        Action.REPLY: (reply.reply, told),
        Action.OBJECT: (reply.object_, told),
        Action.CONFIRM: (confirm.confirm_done, {"rating": 4}),
        Action.WITHDRAW: (withdraw.withdraw_report, {}),
        Action.REOPEN: (reopen.reopen_report, why),
        Action.ANSWER_CONSENT: (consent.answer_consent, {"given": True}),
        Action.REQUEST_CLOSING: (closing.request_closing, why),
        Action.APPROVE_CLOSING: (closing.approve_closing, {}),
        Action.REFUSE_CLOSING: (closing.refuse_closing, why),
        Action.ASK_DATA: (ombudsman.ask_data, told),
        Action.GIVE_DATA: (ombudsman.give_data, told),
        Action.RECORD_PROGRESS: (ombudsman.record_progress, told),
        Action.RECORD_OUTCOME: (ombudsman.record_outcome, told),
        Action.EDIT_TEXT: (
            edit.edit_wording,
            {"title": f"Judul {next(_titles)}", "text": TEXT, "reason": EditReason.STRUCTURE},
        ),
        Action.CLASSIFY: (classify.classify_report, {"classification": str(Classification.COMPLAINT)}),
        Action.CHANGE_SECRECY: (secrecy.change_secrecy, {"anonymous": True, "secret": True}),
        Action.NOTE: (note.write_note, told),
    }
