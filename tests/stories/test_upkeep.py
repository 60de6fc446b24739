"""Once a day the clock compares counts and lists with the reports: what is wrong is mended, what is right stays."""

from __future__ import annotations

import logging

import pytest
from tests.builders import Case, World
from tests.sop.days import at

from lapor.agencies.models import Place
from lapor.ops.commands import clock
from lapor.reports.models import Count, CountDelta, Listing, ListingCount, Report, Upkeep
from lapor.reports.queries.score import score, score_card
from lapor.reports.queries.search import Filters, search_public
from lapor.reports.usecases.counts import fold_counts, recount
from lapor.reports.usecases.listing import recount_listings
from lapor.reports.usecases.upkeep import keep_up

NIGHT, NEXT_NIGHT = at("Tue 3 Mar 2026 02:00 WITA"), at("Wed 4 Mar 2026 02:00 WITA")


def counts() -> tuple[set[tuple[object, ...]], set[tuple[object, ...]]]:
    """Return every count that is not nothing."""
    return (
        set(Count.objects.exclude(n=0).values_list("desk", "key", "n")),
        set(ListingCount.objects.exclude(n=0).values_list("agency", "place", "status", "n")),
    )


def run_the_day(now: object = NIGHT, batch: int = 2) -> list[int]:
    """Let the clock do the whole day's upkeep; returns what each round mended."""
    done: list[int] = []
    while not Upkeep.objects.filter(day__gte="2026-03-03", done_at__isnull=False).exists() and len(done) < 2_000:
        done.append(keep_up(now=now, batch=batch))  # type: ignore[arg-type]
    return done


@pytest.fixture
def some(world: World) -> list[Case]:
    """Return five public reports with their counts folded."""
    made = [Case(world).is_submitted(title=f"Laporan {n}", place="52.71.01").is_disposed() for n in range(5)]
    fold_counts()
    return made


def test_what_is_right_is_left_alone(some: list[Case]) -> None:
    before = counts(), set(Listing.objects.values_list("pk", "words"))

    assert sum(run_the_day()) == 0
    assert (counts(), set(Listing.objects.values_list("pk", "words"))) == before


def test_wrong_counts_are_set_right_and_steps_not_yet_folded_are_not_counted_twice(some: list[Case]) -> None:
    right = counts()
    Count.objects.filter(desk=None, key="disposed").update(n=77)
    Count.objects.create(desk=None, key="public:closed", n=-4)
    Count.objects.filter(key="public:disposed").first().delete()  # type: ignore[union-attr]
    ListingCount.objects.filter(agency=None).update(n=9)
    Case(some[0].world).is_submitted().is_disposed()
    assert CountDelta.objects.exists()

    assert recount() == 3
    assert recount_listings() == 1
    fold_counts()

    assert counts() != right
    after = counts()
    assert (recount(), recount_listings(), counts()) == (0, 0, after)
    assert score().received == 6


def test_a_list_that_lost_or_kept_a_row_is_mended_batch_by_batch(some: list[Case]) -> None:
    lost, stale, hidden, *_ = (case.report.pk for case in some)
    right = counts()
    Listing.objects.filter(pk=lost).delete()
    Listing.objects.filter(pk=stale).update(status="closed", supports=12)
    Report.objects.filter(pk=hidden).update(is_secret=True)

    mended = run_the_day()
    fold_counts()

    assert sum(mended[1:]) == 3
    assert set(Listing.objects.values_list("pk", "status", "supports")) == {
        (case.report.pk, "disposed", 0) for case in some if case.report.pk != hidden
    }
    recount_listings()
    assert ListingCount.objects.get(agency=None, status="disposed").n == 4
    assert counts() != right


def test_a_district_that_moved_to_another_city_takes_its_reports_along(some: list[Case]) -> None:
    other = Place.objects.get(code="52.72")
    Place.objects.filter(code="52.71.01").update(parent=other)

    def found() -> int:
        return len(search_public("", Filters(place="52.72"), now=NIGHT).rows)

    assert found() == 0
    assert sum(run_the_day()) == 5
    assert found() == 5


def test_it_runs_once_a_day_and_says_what_it_did(some: list[Case], caplog: pytest.LogCaptureFixture) -> None:
    Count.objects.filter(desk=None, key="disposed").update(n=77)

    with caplog.at_level(logging.INFO, logger="lapor.reports.usecases.upkeep"):
        run_the_day()

    assert [record.getMessage() for record in caplog.records] == [
        "upkeep of 2026-03-03: 1 counts and rows of lists were wrong and are mended"
    ]
    Count.objects.filter(desk=None, key="disposed").update(n=77)
    assert keep_up(now=NIGHT) == 0
    assert keep_up(now=NEXT_NIGHT) == 1


def test_a_second_clock_does_not_add_the_same_difference_again(some: list[Case]) -> None:
    Count.objects.filter(desk=None, key="disposed").update(n=77)

    assert keep_up(now=NIGHT) == 1
    Upkeep.objects.update(reached=0)

    assert keep_up(now=NIGHT) == 0
    assert Count.objects.get(desk=None, key="disposed").n == 5


def test_the_clock_process_does_it(some: list[Case]) -> None:
    Count.objects.filter(desk=None, key="disposed").update(n=77)

    clock.work(NIGHT)

    assert Count.objects.get(desk=None, key="disposed").n == 5


def test_the_median_counts_working_days_to_the_first_follow_up_waiting_included(world: World) -> None:
    assert score().median_days is None
    for followed_up in ("Tue 3 Mar 2026 10:00 WITA", "Mon 9 Mar 2026 10:00 WITA", "Thu 12 Mar 2026 10:00 WITA"):
        case = Case(world, "Mon 2 Mar 2026 09:00 WITA")
        case.is_submitted().is_in_progress().on(followed_up).is_followed_up()
    Case(world).is_submitted(secret=True).is_in_progress().on("Tue 3 Mar 2026 10:00 WITA").is_followed_up()
    case.on("Fri 27 Mar 2026 10:00 WITA").is_followed_up()  # the first one counts
    fold_counts()

    assert Report.objects.get(pk=case.report.pk).answered_in == 8
    for numbers in (score(), score_card("kota-uji")):
        assert (numbers.answered, numbers.median_days) == (3, 5)
    assert score_card("lembaga-uji").median_days is None
    kept = counts()
    assert (recount(), counts()) == (0, kept)
