"""The calendar office: a holiday declared after the promise moves deadlines outward, never inward."""

from __future__ import annotations

from datetime import date

import pytest
from tests.builders import Case

from lapor.reports.queries.deadlines import explain_deadline
from lapor.reports.usecases import accept, ask, complete
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
