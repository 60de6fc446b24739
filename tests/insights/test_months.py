"""The monthly report's numbers, each against a small story counted by hand."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.builders import Case, World
from tests.insights.conftest import NewCase
from tests.sop.days import at

from lapor.agencies.refusals import UnknownAgency
from lapor.insights.folding import fold_everything, fold_months
from lapor.insights.indicators import BY_KEY, INDICATORS
from lapor.insights.league import BY_VOLUME, league
from lapor.insights.monthly import MONTH, YEAR, Monthly, Period, monthly, period_of, reach
from lapor.insights.scope import NoFigures
from lapor.insights.tally import GROSS, NET, clocks, days, mean, median
from lapor.reports.models import MonthSheet
from lapor.reports.usecases import archive, complete, confirm, evaluate, reply, respond, return_
from lapor.sop.vocabulary import ArchiveReason, Clock

MARCH = Period(date(2026, 3, 1), MONTH)
YEAR_2026 = Period(date(2026, 1, 1), YEAR)
LATER = at("Mon 1 Jun 2026 09:00 WITA")


def report(world: World, who: str = "admin-kota", period: Period = MARCH, *, openly: bool = False) -> Monthly:
    fold_everything(now=LATER)
    return monthly(reach(world[who]), period, openly=openly)


def value(found: Monthly, key: str) -> float | int | None:
    return BY_KEY[key].of(found.counts)


def test_the_days_to_a_follow_up_are_working_days_and_net_leaves_out_what_the_reporter_owed(case: Case) -> None:
    # Asked on Tuesday 3 March, answered on Thursday 5: two working days of waiting. Followed up on Monday 9: five
    # working days after Monday 2 March, of which three were the desks'.
    case.is_submitted(on="Mon 2 Mar 2026 09:00 WITA").on("Tue 3 Mar 2026 09:00 WITA").is_pending()
    case.on("Thu 5 Mar 2026 09:00 WITA").act(complete.complete_report, "reporter", text="Jalan Pejanggik nomor 10.")
    case.is_in_progress().is_followed_up(on="Mon 9 Mar 2026 09:00 WITA")

    found = report(case.world)

    assert (value(found, "gross_mean"), value(found, "net_mean")) == (5, 3)
    assert (value(found, "gross_median"), value(found, "net_median")) == (5, 3)


def test_an_acknowledgement_is_no_follow_up_and_archived_reports_are_not_asked_for_one(
    case: Case, another: NewCase
) -> None:
    case.is_followed_up(on="Mon 2 Mar 2026 09:00 WITA")
    another().is_in_progress(on="Mon 2 Mar 2026 10:00 WITA")
    spam = another().is_submitted(on="Mon 2 Mar 2026 11:00 WITA")
    spam.act(archive.archive_report, "admin-kota", reason=ArchiveReason.SPAM, text="Iklan.")

    found = report(case.world)

    assert (value(found, "received"), value(found, "followed_up"), value(found, "archived")) == (3, 1, 1)
    assert value(found, "follow_up_rate") == 0.5


def test_C19_endings_are_counted_apart(case: Case, another: NewCase) -> None:
    case.is_followed_up(on="Mon 2 Mar 2026 09:00 WITA").act(confirm.confirm_done, "reporter", rating=4, text="")
    another().is_followed_up(on="Mon 2 Mar 2026 09:00 WITA").sweep("Thu 30 Apr 2026 09:00 WITA")
    unhappy = another().is_followed_up(on="Mon 2 Mar 2026 09:00 WITA")
    unhappy.on("Tue 3 Mar 2026 09:00 WITA").act(reply.object_, "reporter", text="Masih berlubang, belum ditambal.")

    found = report(case.world)

    assert (value(found, "confirmed"), value(found, "silent"), value(found, "objected")) == (1, 1, 1)
    assert value(found, "rating") == 4
    assert value(found, "open") == 1


def test_returns_and_hand_overs_are_counted(case: Case, another: NewCase) -> None:
    case.is_disposed(on="Mon 2 Mar 2026 09:00 WITA")
    case.act(return_.return_report, "pp-pupr", competent_body="Dinas Kesehatan", why="Bukan jalan kami.")
    case.is_disposed(to="dinas-kesehatan")
    another().is_submitted(on="Mon 2 Mar 2026 09:00 WITA")

    found = report(case.world)

    assert (value(found, "returned"), value(found, "returns")) == (1, 1)
    assert value(found, "hops") == 1.5  # disposed, returned, disposed again: three hand-overs of two reports


def test_each_clock_is_in_time_late_or_not_yet_done(case: Case, another: NewCase) -> None:
    case.is_in_progress(on="Mon 2 Mar 2026 09:00 WITA")
    late = another().is_disposed(on="Mon 2 Mar 2026 09:00 WITA")
    late.sweep("Tue 28 Apr 2026 08:00 WITA")
    late.act(respond.respond_first, "pp-pupr", text="Terima kasih, laporan Anda sedang kami periksa di lapangan.")
    another().is_disposed(on="Mon 2 Mar 2026 09:00 WITA").sweep("Tue 28 Apr 2026 08:00 WITA")

    kept = {one.clock: one for one in clocks(report(case.world).counts)}

    first = kept[Clock.FIRST_RESPONSE]
    assert (first.on_time, first.late, first.open_late) == (1, 1, 1)
    assert first.rate == pytest.approx(1 / 3)


def test_S56_grades_are_counted(case: Case) -> None:
    case.is_followed_up(on="Mon 2 Mar 2026 09:00 WITA")
    case.act(evaluate.send_back, "admin-kota", why="Belum menyebut kapan selesai.")
    case.is_followed_up(on="Wed 4 Mar 2026 09:00 WITA").act(evaluate.evaluate_answer, "admin-kota", text="")

    found = report(case.world)

    assert (value(found, "adequate"), value(found, "sent_back")) == (1, 1)


def test_a_report_belongs_to_the_month_of_its_institutions_own_day(case: Case, another: NewCase) -> None:
    case.is_submitted(on="Sun 1 Mar 2026 00:30 WITA")  # still February in Jakarta
    another().is_submitted(on="Tue 31 Mar 2026 23:59 WITA")
    another().is_submitted(on="Wed 1 Apr 2026 00:00 WITA")

    assert value(report(case.world), "received") == 2


def test_a_year_adds_up_its_months_and_the_nation_its_institutions(case: Case, another: NewCase) -> None:
    case.is_followed_up(on="Mon 2 Mar 2026 09:00 WITA")
    another().is_submitted(on="Mon 4 May 2026 09:00 WITA")
    another().is_submitted(on="Tue 3 Mar 2026 09:00 WIB", agency="lembaga-uji")
    another().is_submitted(on="Tue 3 Mar 2026 09:00 WIB", agency="")

    assert value(report(case.world, period=YEAR_2026), "received") == 2
    assert value(report(case.world, "admin-pusat"), "received") == 3
    assert value(report(case.world, "admin-pusat", YEAR_2026), "received") == 4
    assert [counts["received"] for _first, counts in report(case.world, period=YEAR_2026).series][2:5] == [1, 0, 1]


def test_parts_add_up_to_the_whole_and_a_unit_reads_its_own(case: Case, another: NewCase) -> None:
    case.is_followed_up(on="Mon 2 Mar 2026 09:00 WITA")
    another().is_disposed(to="dinas-kesehatan", on="Mon 2 Mar 2026 09:00 WITA")
    another().is_submitted(on="Mon 2 Mar 2026 09:00 WITA")

    found = report(case.world)

    assert {part.name: part.counts["received"] for part in found.parts["unit"]} == {
        "Dinas Kesehatan": 1, "Dinas Pupr": 1, "Tanpa unit": 1,
    }  # fmt: skip
    for parts in found.parts.values():
        assert sum(part.counts["received"] for part in parts) == 3
    own = report(case.world, "pp-pupr")
    assert (own.name, value(own, "received"), own.parts["unit"]) == ("Dinas Pupr", 1, [])


def test_folding_again_follows_what_happened_since(case: Case) -> None:
    case.is_in_progress(on="Mon 2 Mar 2026 09:00 WITA")
    assert value(report(case.world), "followed_up") == 0

    case.is_followed_up(on="Wed 4 Mar 2026 09:00 WITA")
    fold_months(now=at("Mon 1 Jun 2026 09:30 WITA"))

    assert value(monthly(reach(case.world["admin-kota"]), MARCH), "followed_up") == 1


def test_a_report_that_went_to_another_institution_leaves_the_first_ones_sheet(case: Case) -> None:
    case.is_submitted(on="Mon 2 Mar 2026 09:00 WITA")
    assert value(report(case.world), "received") == 1

    case.act(return_.return_report, "admin-kota", competent_body="Lembaga Uji", why="Urusan lembaga.")
    fold_months(now=at("Mon 1 Jun 2026 09:30 WITA"))

    assert value(monthly(reach(case.world["admin-kota"]), MARCH), "received") == 0
    assert value(monthly(reach(case.world["admin-pusat"], "nasional"), MARCH), "received") == 1


def test_folding_twice_gives_the_same_and_reads_the_ledger_from_its_mark(case: Case) -> None:
    case.is_followed_up(on="Mon 2 Mar 2026 09:00 WITA")
    fold_everything(now=LATER)
    before = list(MonthSheet.objects.order_by("desk", "span", "first").values_list("desk", "span", "totals", "parts"))

    assert fold_months(now=at("Mon 1 Jun 2026 09:01 WITA")) == 0  # too early to look again
    assert fold_months(now=at("Mon 1 Jun 2026 09:05 WITA")) > 0  # goes back behind its mark: nothing may be missed
    assert fold_months(now=at("Mon 1 Jun 2026 09:20 WITA")) == 0
    after = list(MonthSheet.objects.order_by("desk", "span", "first").values_list("desk", "span", "totals", "parts"))
    assert after == before


# --- Who reads what -------------------------------------------------------------------------------


@pytest.fixture
def secret(case: Case, another: NewCase) -> World:
    """One secret report and one open one, in March."""
    case.is_submitted(on="Mon 2 Mar 2026 09:00 WITA", secret=True).is_disposed()
    another().is_disposed(on="Mon 2 Mar 2026 09:00 WITA")
    fold_everything(now=LATER)
    return case.world


@pytest.mark.parametrize(("who", "sees"), [("admin-kota", 2), ("pp-pupr", 2), ("admin-pusat", 2), ("inspektorat", 1)])
def test_secret_reports_count_only_for_who_may_know_of_them(secret: World, who: str, sees: int) -> None:
    found = monthly(reach(secret[who]), MARCH)

    assert value(found, "received") == sees
    assert found.secret == sees - 1
    for parts in found.parts.values():
        assert sum(part.counts["received"] for part in parts) in (0, sees)


@pytest.mark.parametrize("agency", ["", "kota-uji"])
def test_an_observer_of_the_nation_reads_nothing_secret(secret: World, agency: str) -> None:
    found = monthly(reach(secret["panrb"], agency), MARCH)

    assert (value(found, "received"), found.secret, found.without_secret) == (1, 0, True)
    assert league(reach(secret["panrb"]), MARCH).everybody["received"] == 1
    assert league(reach(secret["admin-pusat"]), MARCH).everybody["received"] == 2


def test_what_is_handed_on_leaves_secret_reports_out(secret: World) -> None:
    found = monthly(reach(secret["admin-kota"]), MARCH, openly=True)

    assert (value(found, "received"), found.secret) == (1, 0)


@pytest.mark.parametrize("who", ["admin-lembaga", "inspektorat", "pp-kesehatan"])
def test_nobody_opens_another_institutions_report(secret: World, who: str) -> None:
    with pytest.raises(UnknownAgency):
        reach(secret[who], "kota-uji" if who == "admin-lembaga" else "lembaga-uji")


@pytest.mark.parametrize("who", ["ombudsman", "petugas-bina-marga"])
def test_who_has_no_figures_gets_none(secret: World, who: str) -> None:
    with pytest.raises(NoFigures):
        reach(secret[who])


# --- Side by side, and the small parts ------------------------------------------------------------


def test_institutions_stand_by_name_or_volume_and_tell_when_they_are_few(case: Case, another: NewCase) -> None:
    case.is_submitted(on="Tue 3 Mar 2026 09:00 WIB", agency="lembaga-uji")
    another().is_submitted(on="Tue 3 Mar 2026 09:00 WIB", agency="lembaga-uji")
    another().is_submitted(on="Mon 2 Mar 2026 09:00 WITA")
    fold_everything(now=LATER)
    seen = reach(case.world["admin-pusat"])

    assert [one.code for one in league(seen, MARCH).rows] == ["kota-uji", "lembaga-uji"]
    assert [one.code for one in league(seen, MARCH, by=BY_VOLUME).rows] == ["lembaga-uji", "kota-uji"]
    assert [one.code for one in league(seen, MARCH, named="LEMB").rows] == ["lembaga-uji"]
    assert all(one.is_few for one in league(seen, MARCH).rows)


def test_reading_a_report_asks_no_more_when_there_are_more(
    case: Case, another: NewCase, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    case.is_submitted(on="Mon 2 Mar 2026 09:00 WITA")
    for unit in ("dinas-pupr", "dinas-kesehatan"):
        another().is_disposed(to=unit, on="Mon 2 Mar 2026 09:00 WITA")
    fold_everything(now=LATER)
    seen = reach(case.world["admin-kota"])

    with django_assert_num_queries(4):
        monthly(seen, MARCH)


@pytest.mark.parametrize(
    ("histogram", "average", "middle"),
    [({}, None, None), ({3: 1}, 3, 3), ({0: 1, 4: 1}, 2, 2), ({1: 3, 9: 1}, 3, 1), ({1: 2, 2: 2}, 1.5, 1.5)],
)
def test_average_and_median(histogram: dict[int, int], average: float | None, middle: float | None) -> None:
    assert (mean(histogram), median(histogram)) == (average, middle)


def test_days_are_read_by_their_prefix_in_order() -> None:
    counts = {"gross:10": 1, "gross:2": 3, "net:1": 4, "received": 8}

    assert list(days(counts, GROSS).items()) == [(2, 3), (10, 1)]
    assert days(counts, NET) == {1: 4}


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("2026-02", "2026-02"), ("2025", "2025"), ("", "2026-02"), ("2027", "2026-02"), ("2026-13", "2026-02"),
        ("kemarin", "2026-02"), ("9" * 9000, "2026-02"), ("2026-" + "1" * 9000, "2026-02"), ("٢٠٢٦", "2026-02"),
    ],
)  # fmt: skip
def test_a_period_is_read_from_an_address(typed: str, code: str) -> None:
    assert period_of(typed, date(2026, 3, 15)).code == code


def test_every_indicator_has_a_sentence_that_says_how_it_is_counted() -> None:
    assert len({one.key for one in INDICATORS}) == len(INDICATORS)
    for one in INDICATORS:
        assert str(one.definition).endswith("."), one.key
