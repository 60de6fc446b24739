"""The on-time rate (S5): per desk and clock, by the desk's own calendar, the same for a past period for ever."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.builders import Case, World
from tests.insights.conftest import NewCase

from lapor.insights.punctuality import OnTime, on_time, together
from lapor.insights.scope import scope_of
from lapor.kernel.actor import CLOCK
from lapor.reports.usecases import accept, redispose, respond
from lapor.sop.vocabulary import Clock, RedisposeReason, Role

MARCH = date(2026, 3, 1), date(2026, 3, 31)
APRIL = date(2026, 4, 1), date(2026, 4, 30)


def rates(case: Case, who: str = "admin-kota", period: tuple[date, date] = MARCH) -> dict[tuple[str, Clock], OnTime]:
    """Return the lines by desk and clock."""
    lines = on_time(scope_of(case.world[who]), *period, now=case.now)
    return {(line.desk_name, line.clock): line for line in lines if line.clock}


def counts(line: OnTime) -> tuple[int, int, int]:
    return line.on_time, line.late, line.open_late


def test_S5_a_step_done_by_its_limit_is_on_time(case: Case) -> None:
    case.is_in_progress(on="Mon 2 Mar 2026 09:00 WITA")
    case.on("Tue 31 Mar 2026 12:00 WITA")

    found = rates(case)

    assert counts(found["Dinas Pupr", Clock.FIRST_RESPONSE]) == (1, 0, 0)
    assert found["Dinas Pupr", Clock.FIRST_RESPONSE].rate == 1.0
    assert counts(found["Kota Uji", Clock.VERIFY_AGENCY]) == (1, 0, 0)
    assert counts(found["Dinas Pupr", Clock.SUBSTANTIVE]) == (0, 0, 1)  # due on 26 March and still open


def test_S5_the_last_day_counts_to_its_end_and_the_next_day_is_late(case: Case, another: NewCase) -> None:
    for each, answered in ((case, "Thu 2 Apr 2026 23:59 WITA"), (another(), "Mon 6 Apr 2026 00:00 WITA")):
        each.is_disposed(on="Thu 12 Mar 2026 15:00 WITA")  # due on Thu 2 Apr; Fri 3 Apr is Good Friday
        each.on(answered).act(respond.respond_first, "pp-pupr", text="Terima kasih, sedang kami periksa.")

    line = rates(case.on("Thu 30 Apr 2026 12:00 WITA"), period=APRIL)["Dinas Pupr", Clock.FIRST_RESPONSE]

    assert counts(line) == (1, 1, 0)
    assert line.rate == 0.5


def test_S5_days_of_rest_after_the_limit_make_nobody_late(case: Case) -> None:
    case.is_disposed(on="Thu 12 Mar 2026 15:00 WITA")
    case.on("Sun 5 Apr 2026 20:00 WITA").act(respond.respond_first, "pp-pupr", text="Terima kasih, kami periksa.")
    line = rates(case.on("Thu 30 Apr 2026 12:00 WITA"), period=APRIL)["Dinas Pupr", Clock.FIRST_RESPONSE]
    assert counts(line) == (1, 0, 0)


@pytest.mark.parametrize("swept", [True, False], ids=["swept", "before the sweep"])
def test_S5_what_is_late_and_undone_counts_against_the_desk(case: Case, swept: bool) -> None:
    case.is_disposed(on="Mon 2 Mar 2026 09:00 WITA")
    case.on("Tue 31 Mar 2026 12:00 WITA")
    if swept:
        case.sweep()
    line = rates(case)["Dinas Pupr", Clock.FIRST_RESPONSE]
    assert counts(line) == (0, 0, 1)
    assert line.rate == 0.0


def test_S5_what_is_not_due_yet_counts_nowhere(case: Case) -> None:
    case.is_disposed(on="Mon 2 Mar 2026 09:00 WITA")
    case.on("Wed 4 Mar 2026 12:00 WITA")
    assert ("Dinas Pupr", Clock.FIRST_RESPONSE) not in rates(case)


def test_S5_taken_from_a_desk_when_late_stays_with_that_desk(case: Case) -> None:
    case.is_disposed(on="Mon 2 Mar 2026 09:00 WITA")
    case.sweep("Mon 30 Mar 2026 09:00 WITA")
    case.act(redispose.redispose_report, "admin-kota", to="dinas-kesehatan", reason=RedisposeReason.ERROR, note="")

    found = rates(case.on("Tue 31 Mar 2026 12:00 WITA"))

    late = [desk for (desk, clock), line in found.items() if clock == Clock.FIRST_RESPONSE and line.late]
    assert late == ["Dinas Pupr"]


def test_S5_a_past_period_has_the_same_answer_for_ever(case: Case) -> None:
    case.is_disposed(on="Mon 2 Mar 2026 09:00 WITA")
    then = rates(case.on("Wed 1 Apr 2026 00:00 WITA"))
    case.on("Mon 6 Apr 2026 09:00 WITA").act(respond.respond_first, "pp-pupr", text="Terima kasih, kami periksa.")

    assert rates(case.on("Fri 29 May 2026 12:00 WITA")) == then
    assert counts(rates(case, period=APRIL)["Dinas Pupr", Clock.FIRST_RESPONSE]) == (0, 1, 0)


def test_S5_a_pause_moves_the_limit(case: Case) -> None:
    case.is_pending(on="Mon 2 Mar 2026 09:00 WITA")
    case.on("Tue 31 Mar 2026 12:00 WITA")
    assert ("Kota Uji", Clock.VERIFY_AGENCY) not in rates(case)


def test_a_clock_that_acts_by_itself_makes_nobody_late(case: Case) -> None:
    case.is_followed_up(on="Mon 2 Mar 2026 09:00 WITA")
    case.sweep("Thu 30 Apr 2026 09:00 WITA")
    clocks = {clock for _, clock in rates(case, period=(MARCH[0], APRIL[1]))}
    assert clocks.isdisjoint({Clock.SILENCE, Clock.SILENCE_REMINDER, Clock.ESCALATION, Clock.CONSENT})


@pytest.mark.parametrize(
    ("who", "desks"),
    [
        ("admin-pusat", {"Kota Uji", "Dinas Pupr", "Dinas Kesehatan"}),
        ("panrb", {"Kota Uji", "Dinas Pupr"}),
        ("admin-kota", {"Kota Uji", "Dinas Pupr", "Dinas Kesehatan"}),
        ("inspektorat", {"Kota Uji", "Dinas Pupr"}),
        ("pp-pupr", {"Dinas Pupr"}),
        ("pimpinan-pupr", {"Dinas Pupr"}),
        ("petugas-bina-marga", set()),
        ("pp-kesehatan", {"Dinas Kesehatan"}),
        ("admin-lembaga", set()),
        ("ombudsman", set()),
    ],
)
def test_everybody_sees_the_figures_of_their_own_desks_and_observers_nothing_secret(
    case: Case, another: NewCase, who: str, desks: set[str]
) -> None:
    secret = another().is_submitted(on="Mon 2 Mar 2026 09:00 WITA", title="Laporan rahasia")
    secret.report.__class__.objects.filter(code=secret.code).update(is_secret=True)
    secret.is_disposed(to="dinas-kesehatan").act(accept.accept_disposition, "pp-kesehatan")
    case.is_in_progress(on="Mon 2 Mar 2026 09:00 WITA").on("Tue 31 Mar 2026 12:00 WITA")
    assert {desk for desk, _ in rates(case, who)} == desks


def test_the_question_costs_five_queries_however_many_reports(
    world: World, another: NewCase, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        case = another().is_in_progress(on="Mon 2 Mar 2026 09:00 WITA")
    with django_assert_num_queries(5):
        lines = on_time(scope_of(world["admin-kota"]), *MARCH, now=case.now)
    assert together(lines).on_time == sum(line.on_time for line in lines) > 0


def test_nothing_to_do_has_no_rate(db: None) -> None:
    nothing = together([])
    assert (nothing.total, nothing.rate) == (0, None)
    assert scope_of(CLOCK).actor.role is Role.CLOCK
