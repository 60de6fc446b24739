"""The breach register (S20, S21, S23) and the register of every step (S22)."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.builders import Case, World
from tests.insights.conftest import NewCase
from tests.sop.days import at

from lapor.insights.breaches import breach_page, breach_rows
from lapor.insights.scope import NoFigures, scope_of
from lapor.insights.steps import first_steps, step_register
from lapor.kernel.actor import reporter_with_code
from lapor.ledger.models import Entry
from lapor.reports.models import Breach
from lapor.reports.usecases import breach, respond
from lapor.sop.vocabulary import Action, Clock, Role

MARCH = date(2026, 3, 1), date(2026, 3, 31)
LATE = "Mon 30 Mar 2026 09:00 WITA"


@pytest.fixture
def late(case: Case) -> Case:
    """A report whose first response is late."""
    case.is_disposed(on="Mon 2 Mar 2026 09:00 WITA")
    case.sweep(LATE)
    return case


def test_S21_a_breach_tells_step_officer_desk_planned_and_actual(late: Case) -> None:
    late.act(respond.respond_first, "pp-pupr", text="Maaf terlambat, sekarang kami periksa.")

    rows = {row.clock: row for row in breach_page(scope_of(late.world["admin-kota"])).rows}

    row = rows[Clock.FIRST_RESPONSE]
    assert (row.number, row.desk_name, row.officer) == (late.number, "Dinas Pupr", "Pp-Pupr")
    assert (row.planned_on, row.noticed_at, row.actual_at) == (date(2026, 3, 16), at(LATE), at(LATE))
    assert row.explanation == row.explained_by == row.acknowledged_by == ""


def test_S21_what_was_explained_and_acknowledged_says_by_whom_and_leaves_the_open_list(late: Case) -> None:
    liaison, head = late.world["pp-pupr"], late.world["pimpinan-pupr"]
    entry = Breach.objects.get(clock=str(Clock.FIRST_RESPONSE))
    before = len(breach_page(scope_of(liaison), unexplained=True).rows)
    breach.explain_breach(breach=entry.pk, text="Petugas sakit.", actor=liaison, now=late.now)
    breach.acknowledge_breach(breach=entry.pk, text="Diketahui.", actor=head, now=late.now)

    row = next(row for row in breach_page(scope_of(head)).rows if row.id == entry.pk)

    assert (row.explanation, row.explained_by) == ("Petugas sakit.", "Pp-Pupr")
    assert (row.remark, row.acknowledged_by) == ("Diketahui.", "Pimpinan-Pupr")
    assert len(breach_page(scope_of(liaison), unexplained=True).rows) == before - 1


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("admin-pusat", True),
        ("panrb", True),
        ("inspektorat", True),
        ("admin-kota", True),
        ("pp-pupr", True),
        ("pimpinan-pupr", True),
        ("petugas-bina-marga", False),
        ("pp-kesehatan", False),
        ("admin-lembaga", False),
        ("ombudsman", False),
    ],
)
def test_S23_a_register_shows_the_breaches_of_ones_own_desks_only(late: Case, who: str, sees: bool) -> None:
    scope = scope_of(late.world[who])
    assert any(row.clock == Clock.FIRST_RESPONSE for row in breach_page(scope).rows) == sees
    assert any(row.clock == Clock.FIRST_RESPONSE for row in breach_rows(scope, *MARCH)) == sees


def test_observers_see_nothing_of_a_secret_report_in_any_register(late: Case) -> None:
    late.report.__class__.objects.update(is_secret=True)
    for who in ("panrb", "inspektorat"):
        scope = scope_of(late.world[who])
        assert breach_page(scope).rows == []
        assert list(step_register(scope, *MARCH)) == []


def test_a_reporter_has_no_register(db: None) -> None:
    with pytest.raises(NoFigures):
        scope_of(reporter_with_code())


def test_S20_the_register_is_read_page_by_page_and_streams_a_period(late: Case, another: NewCase) -> None:
    another().is_disposed(on="Tue 3 Mar 2026 09:00 WITA").sweep(LATE)
    scope = scope_of(late.world["admin-kota"])
    everything = breach_page(scope)
    first = breach_page(scope, size=1)
    second = breach_page(scope, after=first.older, size=1)

    assert len(everything.rows) > 2
    assert everything.older is None
    assert [first.rows[0].id, second.rows[0].id] == [row.id for row in everything.rows[:2]]
    assert list(breach_rows(scope, *MARCH)) == everything.rows
    assert list(breach_rows(scope, date(2026, 4, 1), date(2026, 4, 30))) == []


def test_S22_every_step_has_a_row_with_rule_role_desk_planned_and_actual(case: Case) -> None:
    case.is_in_progress(on="Mon 2 Mar 2026 09:00 WITA")

    rows = list(step_register(scope_of(case.world["admin-kota"]), *MARCH))

    assert rows[0].action is Action.SUBMIT
    assert {str(entry.action) for entry in Entry.objects.all()} == {str(row.action) for row in rows}
    (response,) = (row for row in rows if row.clock is Clock.FIRST_RESPONSE)
    assert (response.action, response.rule, response.role) == (Action.RESPOND_FIRST, "S31 S62", Role.LIAISON)
    assert (response.desk_name, response.planned_on, response.at) == ("Dinas Pupr", date(2026, 3, 16), case.now)
    assert response.in_time is True
    assert all(row.in_time is None for row in rows if row.clock is None)
    assert {row.number for row in rows} == {case.number}


def test_S22_a_late_step_is_late_in_the_register(late: Case) -> None:
    late.act(respond.respond_first, "pp-pupr", text="Maaf terlambat, sekarang kami periksa.")
    rows = step_register(scope_of(late.world["pp-pupr"]), *MARCH)
    (response,) = (row for row in rows if row.clock is Clock.FIRST_RESPONSE)
    assert response.in_time is False


def test_S22_the_days_of_a_period_are_those_of_the_desk(case: Case) -> None:
    case.is_submitted(on="Mon 2 Mar 2026 00:30 WITA")  # still the 1st in UTC and in Jakarta
    first, second = date(2026, 3, 1), date(2026, 3, 2)
    assert list(step_register(scope_of(case.world["admin-kota"]), first, first)) == []
    assert len(list(step_register(scope_of(case.world["admin-kota"]), second, second))) == 1
    assert len(list(step_register(scope_of(case.world["admin-pusat"]), first, first))) == 1


def test_the_step_register_costs_no_more_queries_for_more_reports(
    world: World, another: NewCase, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    scope = scope_of(world["admin-kota"])
    for _ in range(2):
        another().is_in_progress(on="Mon 2 Mar 2026 09:00 WITA")
        with django_assert_num_queries(4):
            rows = list(step_register(scope, *MARCH))
    assert len({row.number for row in rows}) == 2


def test_the_first_steps_of_a_period_are_those_of_its_register(case: Case, another: NewCase) -> None:
    case.is_followed_up(on="Mon 2 Mar 2026 09:00 WITA")
    another().is_followed_up(on="Thu 2 Apr 2026 09:00 WITA")  # found only by a later, longer look
    scope = scope_of(case.world["admin-kota"])
    period = date(2026, 2, 1), date(2026, 12, 31)
    everything = list(step_register(scope, *period))

    assert first_steps(scope, *period, many=1000) == everything
    assert first_steps(scope, *period, many=3) == everything[:3]
    assert first_steps(scope, date(2026, 5, 1), date(2026, 12, 31), many=3) == []
