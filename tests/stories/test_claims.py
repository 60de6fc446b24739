"""The next report: what is due first, never the same one for two officers of a desk, nobody kept out for long."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from tests.builders import Case, World, build_world, officer_at

from lapor.kernel.errors import Refusal
from lapor.reports.models import Claim, Report
from lapor.reports.queries.claims import read_by_another
from lapor.reports.usecases import archive, dispose, note
from lapor.reports.usecases.claim import LASTS, claim_next, forget_claims, hold_report, let_go
from lapor.sop.vocabulary import Role

OFFICERS, REPORTS = 6, 30


@pytest.fixture
def pile(case: Case) -> list[Case]:
    """Three unverified reports of the city; the second came in first and is due first."""
    days = ("Tue 3 Mar 2026 09:00 WITA", "Mon 2 Mar 2026 09:00 WITA", "Wed 4 Mar 2026 09:00 WITA")
    cases = [Case(case.world).is_submitted(on=day) for day in days]
    for each in cases:
        each.on("Wed 4 Mar 2026 10:00 WITA")
    return [cases[1], cases[0], cases[2]]


def colleague(world: World) -> None:
    """Seat a second admin at the city's desk."""
    world.actors["admin-kota-2"] = officer_at(world.agency("kota-uji"), Role.AGENCY_ADMIN, "admin-kota-2")


def next_of(case: Case, who: str, leaving: str = "") -> str | None:
    return claim_next(actor=case.world[who], now=case.now, leaving=leaving)


def test_the_next_one_is_what_is_due_first(pile: list[Case]) -> None:
    assert next_of(pile[0], "admin-kota") == pile[0].number


def test_a_colleague_gets_another_one_until_the_claim_runs_out(pile: list[Case]) -> None:
    colleague(pile[0].world)
    assert next_of(pile[0], "admin-kota") == pile[0].number

    assert next_of(pile[0], "admin-kota-2") == pile[1].number
    let_go(code=pile[1].number, actor=pile[0].world["admin-kota-2"])
    pile[0].now += LASTS

    assert next_of(pile[0], "admin-kota-2") == pile[0].number


def test_next_without_a_step_skips_and_comes_round(pile: list[Case]) -> None:
    first, second, third = (each.number for each in pile)

    seen = [first]
    for _ in range(3):
        seen.append(next_of(pile[0], "admin-kota", leaving=seen[-1]) or "")

    assert seen == [first, second, third, first]
    assert Claim.objects.count() == 1


def test_what_owes_nothing_by_date_comes_last_and_is_skipped_too(pile: list[Case]) -> None:
    first, second, third = (each.number for each in pile)
    Report.objects.filter(number__in=[first, second]).update(due_ordinal=None)

    seen = [next_of(pile[0], "admin-kota") or ""]
    for _ in range(3):
        seen.append(next_of(pile[0], "admin-kota", leaving=seen[-1]) or "")

    assert seen[0] == seen[3] == third
    assert set(seen[1:3]) == {first, second}


def test_after_a_step_the_next_one_is_there_at_once(pile: list[Case]) -> None:
    number = next_of(pile[0], "admin-kota")
    pile[0].act(dispose.dispose_report, "admin-kota", to="dinas-pupr")
    assert not Claim.objects.exists()

    assert next_of(pile[0], "admin-kota", leaving=number or "") == pile[1].number
    assert next_of(pile[0], "pp-pupr") == number


def test_when_the_last_one_is_done_there_is_no_next_one(case: Case) -> None:
    case.is_submitted()
    assert next_of(case, "admin-kota") == case.number

    case.act(archive.archive_report, "admin-kota", reason="spam", text="Bukan laporan.")

    assert next_of(case, "admin-kota", leaving=case.number) is None


def test_a_step_that_leaves_the_report_where_it_is_keeps_the_claim(case: Case) -> None:
    case.is_submitted()
    next_of(case, "admin-kota")

    case.act(note.write_note, "admin-kota", text="Dekat sekolah.")

    assert Claim.objects.count() == 1


@pytest.mark.parametrize("who", ["panrb", "inspektorat", "ombudsman", "admin-lembaga", "pp-pupr", "admin-pusat"])
def test_nobody_is_given_what_lies_at_another_desk(case: Case, who: str) -> None:
    case.is_submitted()

    assert next_of(case, who) is None


def test_a_report_without_an_institution_is_the_national_desks(case: Case) -> None:
    case.is_submitted(agency="")

    assert next_of(case, "admin-pusat") == case.number
    assert next_of(case, "admin-pusat-2") is None


def test_a_colleague_who_opens_the_same_report_is_told_who_reads_it(case: Case) -> None:
    case.is_submitted()
    colleague(case.world)
    one, other = case.world["admin-kota"], case.world["admin-kota-2"]
    began = case.now

    assert hold_report(code=case.number, actor=one, now=began) is None
    case.now += timedelta(minutes=4)
    assert hold_report(code=case.number, actor=one, now=case.now) is None  # renewed, begun as before
    reading = hold_report(code=case.number, actor=other, now=case.now)

    assert reading is not None
    assert (reading.name, reading.since, reading.until) == ("Admin-Kota", began, case.now + LASTS)
    assert read_by_another(one, case.report.pk, case.now) is None


def test_other_desks_learn_nothing_of_who_reads(case: Case) -> None:
    case.is_disposed()
    hold_report(code=case.number, actor=case.world["admin-kota"], now=case.now)

    assert read_by_another(case.world["pp-pupr"], case.report.pk, case.now) is None
    assert hold_report(code=case.number, actor=case.world["pp-pupr"], now=case.now) is None
    assert hold_report(code=case.number, actor=case.world["panrb"], now=case.now) is None
    assert Claim.objects.count() == 2
    with pytest.raises(Refusal):
        hold_report(code=case.number, actor=case.world["pp-biro"], now=case.now)


def test_nobody_lets_go_what_a_colleague_reads(case: Case) -> None:
    case.is_submitted()
    colleague(case.world)
    next_of(case, "admin-kota")

    let_go(code=case.number, actor=case.world["admin-kota-2"])

    assert Claim.objects.count() == 1


def test_claims_that_ran_out_are_forgotten(case: Case) -> None:
    case.is_submitted()
    next_of(case, "admin-kota")

    assert forget_claims(now=case.now) == 0
    assert forget_claims(now=case.now + LASTS) == 1


@pytest.mark.django_db(transaction=True)
def test_officers_at_once_never_get_the_same_report() -> None:
    world = build_world()
    cases = [Case(world).is_submitted() for _ in range(REPORTS)]
    city, now = world.agency("kota-uji"), cases[0].now
    people = [officer_at(city, Role.AGENCY_ADMIN, f"admin-{n}") for n in range(OFFICERS)]
    start = Barrier(OFFICERS)

    def work(number: int) -> list[str]:
        """Take one after the other until nothing is left, each disposed before the next is asked for."""
        got: list[str] = []
        try:
            start.wait()
            while number_next := claim_next(actor=people[number], now=now, leaving=got[-1] if got else ""):
                got.append(number_next)
                dispose.dispose_report(code=number_next, to="dinas-pupr", actor=people[number], now=now)
        finally:
            connection.close()
        return got

    with ThreadPoolExecutor(OFFICERS) as pool:
        taken = [number for got in pool.map(work, range(OFFICERS)) for number in got]

    assert sorted(taken) == sorted(case.number for case in cases)


@pytest.mark.django_db(transaction=True)
def test_officers_who_ask_at_the_same_moment_each_get_their_own() -> None:
    world = build_world()
    for _ in range(OFFICERS):
        Case(world).is_submitted()
    now = Case(world).now
    people = [officer_at(world.agency("kota-uji"), Role.AGENCY_ADMIN, f"admin-{n}") for n in range(OFFICERS + 2)]
    start = Barrier(len(people))

    def ask(number: int) -> str | None:
        try:
            start.wait()
            return claim_next(actor=people[number], now=now)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        got = [number for number in pool.map(ask, range(len(people))) if number]

    # One may find every free report locked at that very moment; nobody is ever given a colleague's.
    assert len(got) == len(set(got)) <= OFFICERS
    assert Claim.objects.count() == len(got)
