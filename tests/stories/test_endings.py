"""What has ended may come back: reopened, restored, sent on; and only its reporter ends it for the reporter."""

from __future__ import annotations

from tests.builders import Case
from tests.sop.days import on
from tests.stories.telling import refused

from lapor.reports.refusals import NotPermitted
from lapor.reports.usecases import (
    dispose,
    ombudsman,
    reopen,
    reply,
    restore,
    withdraw,
)
from lapor.sop.vocabulary import (
    Clock,
    Holder,
    Status,
)

MONDAY = "Mon 2 Mar 2026 09:00 WITA"


def test_a_closed_report_is_reopened_within_the_window_by_its_reporter(case: Case) -> None:
    case.is_followed_up(on=MONDAY)
    case.sweep("Tue 17 Mar 2026 08:00 WITA")
    case.on("Wed 8 Apr 2026 10:00 WITA")  # the tenth working day
    case.act(reopen.reopen_report, "reporter", why="Tambalannya sudah lepas.")

    assert case.status == Status.IN_PROGRESS
    assert case.holder == (Holder.UNIT, "dinas-pupr")
    assert case.told == {"dinas-pupr", "kota-uji"}
    assert Clock.SUBSTANTIVE in case.running
    assert case.report.close_reason == ""


def test_after_the_window_only_the_national_desk_reopens(case: Case) -> None:
    case.is_followed_up(on=MONDAY)
    case.sweep("Tue 17 Mar 2026 08:00 WITA")
    case.on("Thu 9 Apr 2026 10:00 WITA")
    with refused(case, NotPermitted):
        case.act(reopen.reopen_report, "reporter", why="Tambalannya sudah lepas.")
    with refused(case, NotPermitted):
        case.act(reopen.reopen_report, "admin-kota", why="Kami buka lagi.")

    case.act(reopen.reopen_report, "admin-pusat", why="Pelapor menelepon.")

    assert case.status == Status.IN_PROGRESS
    assert "reporter" in case.told


def test_a_withdrawn_report_lies_in_the_archive_and_its_reporter_may_bring_it_back_once(case: Case) -> None:
    case.is_disposed(on=MONDAY)
    case.act(withdraw.withdraw_report, "reporter")
    assert (case.status, case.report.archive_reason) == (Status.ARCHIVED, "withdrawn")
    assert case.told == {"dinas-pupr", "kota-uji"}
    case.on("Fri 6 Mar 2026 09:00 WITA")
    case.act(restore.restore_report, "reporter", text="Ternyata belum selesai.")

    assert case.status == Status.UNVERIFIED
    assert case.holder == (Holder.AGENCY, "kota-uji")
    assert case.due(Clock.ESCALATION) == on("Wed 17 Jun 2026")  # goes on with the days it had left
    case.act(withdraw.withdraw_report, "reporter")
    with refused(case, NotPermitted):
        case.act(restore.restore_report, "reporter", text="Sekali lagi.")


def test_nobody_but_the_reporter_speaks_for_the_reporter(case: Case) -> None:
    case.is_disposed()
    for who in ("admin-kota", "pp-pupr", "admin-pusat"):
        with refused(case, NotPermitted):
            case.act(withdraw.withdraw_report, who)
        with refused(case, NotPermitted):
            case.act(reply.reply, who, text="Saya wakili pelapor.")


def test_a_report_that_comes_back_where_nobody_is_responsible_yet_is_sent_on_by_the_national_desk(case: Case) -> None:
    case.is_submitted(agency="", on=MONDAY)
    case.sweep("Thu 11 Jun 2026 09:00 WITA")
    case.act(ombudsman.record_outcome, "ombudsman", text="Diselesaikan lewat klarifikasi.")
    case.act(reopen.reopen_report, "reporter", why="Masih sama saja.")
    assert case.status == Status.IN_PROGRESS
    assert case.holder == (Holder.NATIONAL, "nasional")

    case.act(dispose.dispose_report, "admin-pusat", to="kota-uji")

    assert case.status == Status.UNVERIFIED
    assert case.holder == (Holder.AGENCY, "kota-uji")
    assert case.running >= {Clock.VERIFY_AGENCY, Clock.ESCALATION}
    assert case.clock(Clock.SUBSTANTIVE).state == "paused"
