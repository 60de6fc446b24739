"""M2, S55 to S59: returns, answers graded, dispositions corrected, closings asked for and decided."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.builders import Case, World
from tests.sop.days import on
from tests.stories.telling import refused

from lapor.reports.models import Response
from lapor.reports.queries import closings, inbox
from lapor.reports.queries.inbox import Tab
from lapor.reports.refusals import DeskNotReceiving, InvalidInput, NotPermitted, NotYourDesk
from lapor.reports.usecases import (
    brief,
    closing,
    evaluate,
    redispose,
    reopen,
    reply,
    respond,
    return_,
)
from lapor.sop.vocabulary import (
    Action,
    Clock,
    Holder,
    Status,
)

MONDAY = "Mon 2 Mar 2026 09:00 WITA"


def test_S55_what_does_not_concern_the_city_goes_back_and_stays_in_a_list(new: Case, world: World) -> None:
    new.act(return_.return_report, "admin-kota", competent_body="Balai jalan nasional", why="Jalan nasional.")

    rows = inbox.inbox(world["admin-kota"], Tab.SENT_BACK, now=new.now).rows
    assert [row.number for row in rows] == [new.number]
    assert [row.number for row in inbox.inbox(world["admin-pusat"], Tab.RETURNED, now=new.now).rows] == [new.number]
    assert new.due(Clock.VERIFY_NATIONAL) == on("Thu 5 Mar 2026")


def test_S56_the_admin_grades_an_answer_as_adequate(case: Case) -> None:
    case.is_in_progress()
    with refused(case, NotPermitted):  # nothing to grade yet
        case.act(evaluate.evaluate_answer, "admin-kota")
    case.is_followed_up()
    assert "kota-uji" in case.told
    case.act(evaluate.evaluate_answer, "admin-kota", text="Jelas dan berbukti.")

    assert Response.objects.get(report=case.report, kind="follow_up").grade == "adequate"
    assert case.holder == (Holder.REPORTER, "")
    assert Clock.SILENCE in case.running


def test_S56_an_inadequate_answer_goes_back_to_the_unit_and_the_silence_stops(case: Case) -> None:
    case.is_followed_up(on=MONDAY)
    with refused(case, NotPermitted):
        case.act(evaluate.send_back, "pp-pupr", why="Saya nilai sendiri.")
    with refused(case, InvalidInput):
        case.act(evaluate.send_back, "admin-kota", why="")
    case.on("Wed 4 Mar 2026 09:00 WITA")
    case.act(evaluate.send_back, "admin-kota", why="Belum menjawab kapan selesai.")

    assert case.holder == (Holder.UNIT, "dinas-pupr")
    assert case.told == {"dinas-pupr"}
    assert Clock.SILENCE not in case.running
    assert case.due(Clock.SUBSTANTIVE) == on("Tue 31 Mar 2026")
    assert Response.objects.get(report=case.report, kind="follow_up").grade == "sent_back"


def test_S57_an_error_or_a_change_is_disposed_again_and_the_time_goes_on(case: Case) -> None:
    case.is_disposed(on=MONDAY)
    substantive = case.due(Clock.SUBSTANTIVE)
    case.on("Thu 5 Mar 2026 09:00 WITA")
    case.act(redispose.redispose_report, "admin-kota", to="dinas-kesehatan", reason="error", note="Salah kirim.")

    assert case.status == Status.DISPOSED
    assert case.holder == (Holder.UNIT, "dinas-kesehatan")
    assert case.told == {"dinas-kesehatan", "dinas-pupr", "reporter"}
    assert case.due(Clock.SUBSTANTIVE) == substantive  # does not restart
    assert case.due(Clock.FIRST_RESPONSE) == on("Thu 26 Mar 2026")  # the new unit has its own ten days
    assert case.legs[-1].reason == "error"
    assert case.report.accepted_at is None
    with refused(case, NotYourDesk):
        case.act(respond.respond_first, "pp-pupr", text="Kami saja.")


@pytest.mark.parametrize("to", ["dinas-pupr", "biro-layanan", "tidak-ada"])
def test_S57_to_another_unit_of_the_same_institution_only(case: Case, to: str) -> None:
    case.is_disposed(to="dinas-pupr")

    with refused(case, DeskNotReceiving):
        case.act(redispose.redispose_report, "admin-kota", to=to, reason="change")


@pytest.mark.parametrize("at_", ["unit_officer", "head", "reporter"])
def test_S57_wherever_the_unit_has_it(case: Case, at_: str) -> None:
    if at_ == "unit_officer":
        case.is_with_unit_officer()
    elif at_ == "head":
        case.is_in_progress()
        case.act(brief.brief_head, "pp-pupr", text="Mohon arahan.")
    else:
        case.is_followed_up()
    assert case.holder[0] == at_

    case.act(redispose.redispose_report, "admin-kota", to="dinas-kesehatan", reason="change")

    assert case.holder == (Holder.UNIT, "dinas-kesehatan")
    assert case.running >= {Clock.FIRST_RESPONSE, Clock.SUBSTANTIVE}
    assert not case.running & {Clock.SILENCE, Clock.HEAD, Clock.UNIT_ANSWERS}


def test_S58_closing_is_asked_for_only_past_the_limit_of_automatic_closing(finished: Case) -> None:
    assert finished.status == Status.IN_PROGRESS
    with refused(finished, NotPermitted) as refusal:
        finished.on("Mon 16 Mar 2026 09:00 WITA").act(closing.request_closing, "admin-kota", why="Sudah selesai.")
    assert "batas penutupan otomatis" in str(refusal.value)

    finished.on("Tue 17 Mar 2026 09:00 WITA")
    finished.act(closing.request_closing, "admin-kota", why="Sudah selesai, pelapor puas.")

    assert finished.holder == (Holder.NATIONAL, "nasional")
    assert finished.told == {"nasional"}
    assert finished.due(Clock.DECIDE_CLOSING) == on("Tue 31 Mar 2026")
    with refused(finished, NotPermitted):
        finished.act(closing.request_closing, "admin-kota", why="Sekali lagi.")


def test_S58_the_national_desk_approves_and_the_reporter_is_told(finished: Case) -> None:
    finished.on("Tue 17 Mar 2026 09:00 WITA").act(closing.request_closing, "admin-kota", why="Sudah selesai.")
    finished.act(closing.approve_closing, "admin-pusat", text="Disetujui.")

    assert (finished.status, finished.report.close_reason) == (Status.CLOSED, "request")
    assert finished.told == {"kota-uji", "reporter"}
    assert finished.ledger[-1] == "S58 approve_closing by national_admin"


def test_S58_or_refuses_with_a_reason_and_the_unit_has_it_again(finished: Case) -> None:
    finished.on("Tue 17 Mar 2026 09:00 WITA").act(closing.request_closing, "admin-kota", why="Sudah selesai.")
    with refused(finished, InvalidInput):
        finished.act(closing.refuse_closing, "admin-pusat", why="")
    finished.act(closing.refuse_closing, "admin-pusat", why="Foto hasilnya belum ada.")

    assert finished.status == Status.IN_PROGRESS
    assert finished.holder == (Holder.UNIT, "dinas-pupr")
    assert Clock.SUBSTANTIVE in finished.running
    assert finished.report.closing_requested_at is None


def test_S58_what_was_refused_is_asked_again_only_after_a_new_follow_up(finished: Case) -> None:
    finished.on("Tue 17 Mar 2026 09:00 WITA").act(closing.request_closing, "admin-kota", why="Sudah selesai.")
    finished.act(closing.refuse_closing, "admin-pusat", why="Foto hasilnya belum ada.")
    with refused(finished, NotPermitted) as refusal:
        finished.on("Fri 10 Apr 2026 09:00 WITA").act(closing.request_closing, "admin-kota", why="Sungguh selesai.")
    assert "perlu tindak lanjut baru" in str(refusal.value)

    finished.is_followed_up()
    finished.act(reply.reply, "reporter", text="Mana fotonya?")
    finished.on("Mon 27 Apr 2026 09:00 WITA").act(closing.request_closing, "admin-kota", why="Foto sudah ada.")

    assert finished.holder == (Holder.NATIONAL, "nasional")


def test_S58_never_decided_by_who_asked_even_in_another_role(finished: Case, world: World) -> None:

    finished.on("Tue 17 Mar 2026 09:00 WITA").act(closing.request_closing, "admin-kota", why="Sudah selesai.")
    world.actors["rangkap"] = replace(world["admin-pusat"], account=world["admin-kota"].account)

    with refused(finished, NotPermitted) as refusal:
        finished.act(closing.approve_closing, "rangkap")
    assert "Anda sendiri yang meminta" in str(refusal.value)
    with refused(finished, NotPermitted):
        finished.act(closing.refuse_closing, "rangkap", why="Saya tolak sendiri.")
    for who in ("admin-kota", "pp-pupr"):
        with refused(finished, NotPermitted):
            finished.act(closing.approve_closing, who)
    finished.act(closing.approve_closing, "admin-pusat-2")


@pytest.mark.parametrize("undone", ["objected", "sent back", "reopened"])
def test_S58_what_is_not_finished_is_not_closed_on_request(case: Case, undone: str) -> None:
    case.is_followed_up(on=MONDAY)
    if undone == "objected":
        case.act(reply.object_, "reporter", text="Belum, masih berlubang.")
    elif undone == "sent back":
        case.act(evaluate.send_back, "admin-kota", why="Belum menjawab.")
    else:
        case.sweep("Tue 17 Mar 2026 08:00 WITA")
        case.act(reopen.reopen_report, "reporter", why="Berlubang lagi.")

    case.on("Tue 31 Mar 2026 09:00 WITA")
    with refused(case, NotPermitted):
        case.act(closing.request_closing, "admin-kota", why="Sudah lama.")


def test_S58_a_liaison_never_closes(finished: Case) -> None:
    finished.on("Tue 17 Mar 2026 09:00 WITA")
    with refused(finished, NotPermitted):
        finished.act(closing.request_closing, "pp-pupr", why="Sudah selesai.")


def test_S59_two_lists_what_was_asked_and_what_was_decided(finished: Case, world: World) -> None:
    finished.on("Tue 17 Mar 2026 09:00 WITA").act(closing.request_closing, "admin-kota", why="Sudah selesai.")
    assert [row.number for row in closings.asked(world["admin-pusat"]).rows] == [finished.number]
    assert closings.decided(world["admin-pusat"]).rows == []
    assert [row.number for row in inbox.inbox(world["admin-kota"], Tab.CLOSING, now=finished.now).rows] == [
        finished.number
    ]

    finished.act(closing.approve_closing, "admin-pusat")

    assert closings.asked(world["admin-pusat"]).rows == []
    decided = closings.decided(world["admin-kota"]).rows
    assert [(row.number, row.decision) for row in decided] == [(finished.number, Action.APPROVE_CLOSING)]
    assert closings.decided(world["admin-lembaga"]).rows == []
