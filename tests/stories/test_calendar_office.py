"""The calendar office: a holiday declared after the promise moves deadlines outward, never inward."""

from __future__ import annotations

from datetime import date

import pytest
from tests.builders import Case

from lapor.reports.queries.deadlines import explain_deadline
from lapor.reports.usecases import accept, ask, complete, redispose, restore, withdraw
from lapor.reports.usecases.holidays import declare_holiday, revoke_holiday
from lapor.sop.vocabulary import Clock


def declare(case: Case, day: date) -> int:
    return declare_holiday(
        calendar="wita", day=day, why="Libur Uji", decree="SKB Uji", actor=case.world["admin-pusat"], now=case.now
    )


def test_a_holiday_for_the_future_touches_no_clock_and_moves_the_date(case: Case) -> None:
    case.is_disposed(on="Mon 2 Mar 2026 09:00 WITA")
    promised = case.due(Clock.FIRST_RESPONSE)

    assert declare(case, date(2026, 3, 11)) == 0
    assert case.due(Clock.FIRST_RESPONSE) == date(2026, 3, 17)
    explained = explain_deadline(case.world["pp-pupr"], case.code, case.clock(Clock.FIRST_RESPONSE).pk, case.now)
    assert explained.moved is not None
    assert explained.moved.promised == promised == date(2026, 3, 16)


def test_a_holiday_for_a_day_that_passed_keeps_the_date_of_a_clock_that_began_later(case: Case) -> None:
    case.is_disposed(on="Mon 2 Mar 2026 09:00 WITA")
    case.on("Fri 6 Mar 2026 10:00 WITA")
    before = case.due(Clock.FIRST_RESPONSE)

    assert declare(case, date(2026, 2, 25)) > 0
    assert case.due(Clock.FIRST_RESPONSE) == before
    assert case.report.due_ordinal is not None


def test_a_holiday_taken_back_never_brings_a_deadline_forward(case: Case) -> None:
    case.is_disposed(on="Mon 2 Mar 2026 09:00 WITA")
    declare(case, date(2026, 3, 11))
    moved = case.due(Clock.FIRST_RESPONSE)

    revoke_holiday(calendar="wita", day=date(2026, 3, 11), actor=case.world["admin-pusat"], now=case.now)
    assert case.due(Clock.FIRST_RESPONSE) == moved


@pytest.mark.parametrize("holiday", [date(2026, 3, 4), date(2026, 3, 9)])
def test_a_clock_that_stood_still_can_explain_itself_after_a_late_holiday(case: Case, holiday: date) -> None:
    case.is_disposed(on="Mon 2 Mar 2026 09:00 WITA")
    case.act(accept.accept_disposition, "pp-pupr")
    case.on("Wed 4 Mar 2026 09:00 WITA").act(ask.ask_reporter, "pp-pupr", question="Di mana tepatnya?")
    case.on("Tue 10 Mar 2026 09:00 WITA")
    declare(case, holiday)
    case.act(complete.complete_report, "reporter", text="Di depan pasar Kebon Roek.")

    explained = explain_deadline(case.world["pp-pupr"], case.code, case.clock(Clock.FIRST_RESPONSE).pk, case.now)
    assert explained.due_on is not None
    assert explained.due_on >= date(2026, 3, 20)


def test_a_clock_that_waited_for_an_answer_outlives_a_withdrawal_and_goes_on_with_the_next_disposition(
    case: Case,
) -> None:
    case.is_disposed(on="Mon 2 Mar 2026 09:00 WITA")
    case.on("Wed 4 Mar 2026 09:00 WITA").act(ask.ask_reporter, "pp-pupr", question="Di mana tepatnya?")
    case.act(withdraw.withdraw_report, "reporter")
    case.act(restore.restore_report, "reporter", text="Maaf, lubangnya masih ada.")
    case.act(ask.ask_reporter, "admin-kota", question="Di jalan apa?")
    case.act(complete.complete_report, "reporter", text="Jalan Pejanggik.")

    assert Clock.SUBSTANTIVE not in case.running  # no unit has the report, so no unit's clock may run
    case.is_disposed()
    assert Clock.SUBSTANTIVE in case.running


def test_a_server_clock_that_was_set_back_breaks_no_custody(case: Case) -> None:
    case.is_disposed(on="Thu 12 Mar 2026 09:00 WITA")
    case.on("Mon 9 Mar 2026 09:00 WITA").act(
        redispose.redispose_report, "admin-kota", to="dinas-kesehatan", reason="error"
    )

    first, second = case.legs[-2:]
    assert first.ended_at == first.started_at == second.started_at
    assert first.net_days == 0
