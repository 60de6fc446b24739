"""`lapor doctor` finds what is wrong, says what to do, and leaves the rest in peace."""

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from tests.builders import Case, build_world

from lapor.agencies.models import CalendarDay, Decree
from lapor.kernel import heartbeat
from lapor.messaging.counters import note_down
from lapor.ops.doctor import Finding, database, machine, work
from lapor.reports.models import OutgoingMessage, Report

NOW = datetime(2026, 3, 12, 7, 0, tzinfo=UTC)


def look(now: datetime = NOW) -> dict[str, Finding]:
    return {finding.name: finding for finding in work.examine(now)}


@pytest.mark.django_db
@pytest.mark.parametrize("loop", ["clock", "worker"])
def test_a_loop_is_well_while_it_gives_signs_of_life(loop: str) -> None:
    assert not look()[loop].is_well

    heartbeat.beat(loop, now=NOW - timedelta(minutes=4))
    assert look()[loop].is_well
    assert not look(NOW + timedelta(minutes=2))[loop].is_well


@pytest.mark.django_db
def test_a_channel_that_is_away_is_told_with_its_reason() -> None:
    assert not [name for name in look() if name.startswith("away_")]

    note_down("sms", problem="gammu-smsd shows no sign of life", now=NOW - timedelta(hours=2))

    found = look()["away_sms"]
    assert "12 Maret 2026 05:00 UTC: gammu-smsd shows no sign of life" in found.seen
    assert not found.is_well


@pytest.mark.django_db
def test_calendars_must_reach_over_a_year_ahead() -> None:
    assert look()["calendars"].is_well

    CalendarDay.objects.filter(calendar__code="wita", day__gt=date(2027, 4, 1)).delete()

    found = look()["calendars"]
    assert not found.is_well
    assert "2027" in found.seen


@pytest.mark.django_db
def test_decrees_are_told_a_month_before_they_end() -> None:
    build_world()
    last = NOW.date() + timedelta(days=29)
    assert look()["decrees"].is_well

    Decree.objects.filter(institution__code="kota-uji").update(valid_to=last)

    found = look()["decrees"]
    assert not found.is_well
    assert "10 April 2026" in found.seen


@pytest.mark.django_db(transaction=True)
def test_what_is_stuck_is_counted_and_nothing_else() -> None:
    Case(build_world()).is_submitted(on="Thu 12 Mar 2026 14:50 WITA")
    assert look()["stuck"].is_well

    OutgoingMessage.objects.update(state=OutgoingMessage.State.DEAD)
    Report.objects.update(set_aside_why="no calendar day")

    found = look()
    assert "stuck" not in found
    assert not found["dead_messages"].is_well
    assert not found["set_aside"].is_well


@pytest.mark.django_db
def test_a_missing_migration_is_found() -> None:
    assert all(finding.is_well for finding in database.examine())

    newest = MigrationLoader(connection).graph.leaf_nodes("kernel")[0]
    MigrationRecorder(connection).record_unapplied(*newest)

    assert [finding.name for finding in database.examine() if not finding.is_well] == ["migrations"]


def test_a_full_disk_is_told_before_it_stops_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lapor.ops.doctor.machine._LEAST_SPACE", 2**62)

    assert "disk" in [finding.name for finding in machine.examine() if not finding.is_well]


def test_an_absent_database_ends_in_a_sentence_and_exit_code_1() -> None:
    nowhere = {**os.environ, "DATABASE_URL": "postgresql://lapor@127.0.0.1:1/lapor"}
    command = [sys.executable, "-m", "lapor.ops.cli", "doctor", "--json", "--language", "en"]

    done = subprocess.run(command, env=nowhere, capture_output=True, text=True, check=False)

    assert done.returncode == 1, done.stderr
    found = {finding["name"]: finding for finding in json.loads(done.stdout)}
    assert "does not answer" in found["database"]["seen"]
    assert "DATABASE_URL" in found["database"]["advice"]
    assert "clock" not in found
