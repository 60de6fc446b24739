"""Counts of a period: what came in, how it ended, what bounced, and how fast people were told."""

from __future__ import annotations

from datetime import date, timedelta

from pytest_django import DjangoAssertNumQueries
from tests.builders import Case
from tests.insights.conftest import NewCase

from lapor.insights.figures import delivery, endings, intake, ping_pong
from lapor.insights.scope import scope_of
from lapor.kernel.actor import CLOCK
from lapor.messaging import drain
from lapor.reports.usecases import archive, confirm, return_
from lapor.sop.vocabulary import ArchiveReason, Channel, Classification, CloseReason, Status, Told

SPRING = date(2026, 3, 1), date(2026, 4, 30)


def test_what_came_in_is_counted_by_status_channel_and_kind(case: Case, another: NewCase) -> None:
    case.is_in_progress(on="Mon 2 Mar 2026 09:00 WITA")
    another().is_submitted(on="Tue 3 Mar 2026 09:00 WITA", channel=Channel.API, classification="")
    another().is_submitted(on="Fri 1 May 2026 09:00 WITA")
    another().is_submitted(on="Tue 3 Mar 2026 09:00 WITA", agency="lembaga-uji")

    found = intake(scope_of(case.world["admin-kota"]), *SPRING)

    assert found.total == 2
    assert found.by_status == {Status.UNVERIFIED: 1, Status.IN_PROGRESS: 1}
    assert found.by_channel == {Channel.WEB: 1, Channel.API: 1}
    assert (found.by_classification, found.unclassified) == ({Classification.COMPLAINT: 1}, 1)
    assert intake(scope_of(CLOCK), *SPRING).total == 3
    assert intake(scope_of(case.world["pp-pupr"]), *SPRING).total == 1


def test_C19_endings_are_told_apart_and_silence_is_never_counted_as_consent(case: Case, another: NewCase) -> None:
    case.is_followed_up(on="Mon 2 Mar 2026 09:00 WITA").act(confirm.confirm_done, "reporter", rating=5, text="")
    silent = another().is_followed_up(on="Mon 2 Mar 2026 09:00 WITA")
    silent.sweep("Thu 30 Apr 2026 09:00 WITA")
    spam = another().is_submitted(on="Mon 2 Mar 2026 09:00 WITA")
    spam.act(archive.archive_report, "admin-kota", reason=ArchiveReason.SPAM, text="Iklan.")

    found = endings(scope_of(case.world["admin-kota"]), *SPRING)

    assert found.closed == {CloseReason.CONFIRMED: 1, CloseReason.SILENCE: 1}
    assert found.archived == {ArchiveReason.SPAM: 1}
    assert found.escalated == 0


def test_S34_escalations_are_counted_and_the_ombudsman_counts_only_those(case: Case, another: NewCase) -> None:
    case.is_disposed(on="Thu 2 Jan 2025 09:00 WITA")
    another().is_submitted(on="Mon 2 Mar 2026 09:00 WITA")
    case.sweep("Wed 30 Apr 2025 09:00 WITA")
    year = date(2025, 1, 1), date(2026, 12, 31)
    assert case.status == Status.ESCALATED
    assert endings(scope_of(case.world["admin-kota"]), *year).escalated == 1
    assert intake(scope_of(case.world["ombudsman"]), *year).total == 1


def test_reports_that_bounce_are_counted_once_and_their_returns_each(case: Case, another: NewCase) -> None:
    case.is_disposed(on="Mon 2 Mar 2026 09:00 WITA")
    case.act(return_.return_report, "pp-pupr", competent_body="Dinas Kesehatan", why="Bukan jalan kami.")
    case.is_disposed(to="dinas-kesehatan")
    case.act(return_.return_report, "pp-kesehatan", competent_body="Dinas PUPR", why="Bukan urusan kesehatan.")
    another().is_submitted(on="Mon 2 Mar 2026 09:00 WITA")

    found = ping_pong(scope_of(case.world["admin-kota"]), *SPRING)

    assert (found.reports, found.returned_once, found.returned_more, found.returns) == (2, 0, 1, 2)


def test_S9_a_message_is_to_be_delivered_within_a_minute_of_the_step(case: Case, another: NewCase) -> None:
    case.is_submitted(on="Mon 2 Mar 2026 09:00 WITA")
    drain(now=case.now + timedelta(seconds=20), worker="test")
    slow = another().is_submitted(on="Mon 2 Mar 2026 10:00 WITA")
    drain(now=slow.now + timedelta(seconds=80), worker="test")
    another().is_submitted(on="Mon 2 Mar 2026 11:00 WITA")

    found = delivery(scope_of(case.world["admin-kota"]), *SPRING)

    assert (found.sent, found.within_limit, found.rate) == (2, 1, 0.5)
    assert (found.median, found.slowest_of_20) == (timedelta(seconds=50), timedelta(seconds=77))
    assert (found.nowhere, found.waiting, found.dead) == (2, 2, 0)  # nobody left an address
    assert delivery(scope_of(case.world["admin-kota"]), *SPRING, told=Told.REPORTER).sent == 0


def test_a_period_without_messages_has_no_speed(case: Case) -> None:
    found = delivery(scope_of(case.world["admin-kota"]), *SPRING)
    assert (found.sent, found.rate, found.median) == (0, None, None)


def test_each_figure_costs_a_fixed_number_of_queries(
    case: Case, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    scope = scope_of(case.is_followed_up(on="Mon 2 Mar 2026 09:00 WITA").world["admin-kota"])
    for question, queries in ((intake, 3), (endings, 3), (ping_pong, 1), (delivery, 1)):
        with django_assert_num_queries(queries):
            question(scope, *SPRING)
