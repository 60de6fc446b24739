"""M3: a disposed report waits for the liaison officer."""

from __future__ import annotations

from datetime import date

import pytest

from lapor.reports.refusals import NotPermitted
from lapor.reports.usecases import (
    accept,
    brief,
    closing,
    confirm,
    evaluate,
    forward,
    redispose,
    reply,
    respond,
    return_,
)
from lapor.sop.vocabulary import Clock, Holder, Status
from tests.builders import Case


def test_S31_the_liaison_has_ten_working_days_for_the_first_response(case: Case) -> None:
    case.is_disposed(to="dinas-pupr", on="Thu 12 Mar 2026 15:00 WITA")

    assert case.status == Status.DISPOSED
    assert case.holder == (Holder.UNIT, "dinas-pupr")
    assert case.due(Clock.FIRST_RESPONSE) == date(2026, 4, 2)  # Nyepi, Idul Fitri and cuti bersama skipped
    assert case.told == {"dinas-pupr", "reporter"}
    assert case.ledger[-1] == "S29 S43 dispose by agency_admin"


def test_S32_a_report_bounces_twice_and_then_the_coordinator_decides(case: Case) -> None:
    case.is_disposed(to="dinas-pupr")
    case.act(return_.return_report, "pp-pupr", competent_body="Dinas Kesehatan", why="Bukan jalan kami.")
    assert case.status == Status.UNVERIFIED
    case.is_disposed(to="dinas-kesehatan")
    case.act(return_.return_report, "pp-kesehatan", competent_body="Dinas PUPR", why="Bukan urusan kesehatan.")
    case.is_disposed(to="dinas-pupr")

    with pytest.raises(NotPermitted):
        case.act(return_.return_report, "pp-pupr", competent_body="Dinas Kesehatan", why="Tetap bukan kami.")
    case.act(accept.accept_disposition, "pp-pupr")


def test_S33_silence_for_ten_working_days_closes_the_report(case: Case) -> None:
    case.is_followed_up(on="Mon 2 Mar 2026 09:00 WITA")
    assert case.holder == (Holder.REPORTER, "")
    assert case.running == {Clock.SILENCE_REMINDER, Clock.SILENCE}
    last = case.due(Clock.SILENCE)
    assert last == date(2026, 3, 16)
    case.sweep("Mon 16 Mar 2026 23:00 WITA")
    assert case.status == Status.IN_PROGRESS
    case.sweep("Tue 17 Mar 2026 00:05 WITA")
    assert case.status == Status.CLOSED
    assert case.report.close_reason == "silence"


def test_S34_sixty_working_days_without_follow_up_reach_the_ombudsman(case: Case) -> None:
    case.is_disposed(on="Mon 2 Mar 2026 09:00 WITA")
    case.sweep("Mon 29 Jun 2026 09:00 WITA")
    assert case.status == Status.ESCALATED
    assert case.report.consent_asked_at is not None


def test_S9_to_S13_the_chain_through_a_satuan_kerja(case: Case) -> None:
    case.is_with_unit_officer()
    case.act(forward.receive_report, "petugas-bina-marga")
    case.act(forward.answer_liaison, "petugas-bina-marga", text="Sudah kami tambal pagi ini.")
    assert case.report.answer_waiting
    case.act(
        forward.release_answer,
        "pp-pupr",
        text="Sudah ditambal.",
        as_follow_up=True,
        done_on=case.today,
        done_by="Bina Marga",
    )
    assert case.status == Status.IN_PROGRESS
    assert case.running == {Clock.SILENCE_REMINDER, Clock.SILENCE}
    case.act(reply.object_, "reporter", text="Belum, lubangnya masih ada.")
    assert case.holder == (Holder.UNIT, "dinas-pupr")
    assert Clock.SUBSTANTIVE in case.running
    case.is_followed_up()
    case.act(evaluate.send_back, "admin-kota", why="Belum menjawab.")
    case.is_followed_up()
    case.act(evaluate.evaluate_answer, "admin-kota")
    case.act(confirm.confirm_done, "reporter", rating=5)
    assert case.status == Status.CLOSED


def test_S57_S64_S58(case: Case) -> None:
    case.is_disposed()
    case.act(redispose.redispose_report, "admin-kota", to="dinas-kesehatan", reason="error", note="Salah kirim.")
    case.act(respond.respond_first, "pp-kesehatan", text="Kami terima.")
    case.act(brief.brief_head, "pp-kesehatan", text="Mohon arahan.")
    assert case.holder == (Holder.HEAD, "dinas-kesehatan")
    case.act(brief.instruct, "pimpinan-kesehatan", text="Kerjakan besok.")
    case.is_followed_up(by="pp-kesehatan")
    case.act(reply.reply, "reporter", text="Baik, saya tunggu hasilnya.")
    with pytest.raises(NotPermitted):
        case.act(closing.request_closing, "admin-kota", why="Sudah selesai.")
    case.on("Tue 31 Mar 2026 09:00 WITA")
    case.act(closing.request_closing, "admin-kota", why="Sudah selesai.")
    case.act(closing.approve_closing, "admin-pusat")
    assert case.report.close_reason == "request"
