"""One round of a loop: what fails stops nothing else, and one bad case never stops the deadlines of all others."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DataError, IntegrityError, OperationalError
from tests.builders import Case, World

from lapor.ops.commands import clock, worker
from lapor.ops.rounds import each
from lapor.reports.models import Breach, Report
from lapor.reports.usecases import leftovers, sweep

NOW = datetime(2026, 3, 2, 3, tzinfo=UTC)
LATE = datetime(2026, 4, 6, 3, tzinfo=UTC)
MONDAY = "Mon 2 Mar 2026 11:00 WITA"


def fails(problem: Exception) -> Any:
    def part(*, now: datetime) -> int:
        raise problem

    return part


def test_a_part_that_fails_stops_none_of_the_others_and_is_named(caplog: pytest.LogCaptureFixture) -> None:
    done = each(
        NOW, lambda now: 2, fails(OSError("no such folder")), fails(IntegrityError()), lambda now: 3, lambda now: None
    )

    assert done == 5
    assert "part failed, tried again in the next round" in caplog.text


def test_a_database_that_is_away_ends_the_round() -> None:
    with pytest.raises(OperationalError):
        each(NOW, fails(OperationalError("gone")), lambda now: 1)


def test_deadlines_are_kept_though_the_folder_of_uploads_cannot_be_read(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    Case(world, MONDAY).is_submitted()
    monkeypatch.setattr(leftovers, "sweep_leftovers", fails(OSError("read-only")))

    assert clock.work(LATE) > 0
    assert Breach.objects.exists()


def test_a_round_of_the_worker_goes_on_past_what_fails(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from lapor.reports.usecases import answer

    Case(world, MONDAY).is_submitted()
    monkeypatch.setattr(answer, "send_due", fails(OSError("read-only")))

    assert worker.work(NOW) > 0


def test_every_part_of_the_worker_that_fails_is_named(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from lapor.intake.usecases import understand
    from lapor.reports.usecases import counts

    def breaks(**_asked: object) -> int:
        raise OSError("read-only")

    monkeypatch.setattr(counts, "fold_counts", breaks)
    monkeypatch.setattr(understand, "understand_due", breaks)
    worker.work(NOW)

    assert {record.getMessage().partition(" ")[0] for record in caplog.records} == {"understanding", "counts"}


@pytest.mark.parametrize("problem", [IntegrityError("check\nDETAIL:  Failing row (Wati)"), DataError("too long")])
def test_a_case_that_the_database_refuses_is_set_aside_and_the_next_one_is_swept(
    world: World, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    bad, good = Case(world, MONDAY).is_submitted(), Case(world, MONDAY).is_submitted()
    breach = sweep._breach

    def refused(report: Report, *rest: Any) -> None:
        if report.pk == bad.report.pk:
            raise problem
        breach(report, *rest)

    monkeypatch.setattr(sweep, "_breach", refused)

    assert sweep.sweep_all(now=LATE).set_aside > 0
    assert not Breach.objects.filter(report=bad.report).exists()
    bad.report.refresh_from_db()
    assert bad.report.set_aside_why == f"{type(problem).__name__}: {str(problem).splitlines()[0]}"  # no row is quoted
    assert Breach.objects.filter(report=good.report).exists()
