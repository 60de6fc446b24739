"""Uploads of forms that were never sent are swept away; what a report names stays."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from tests.builders import World
from tests.portal.test_filing import photo, send
from tests.portal.test_form import part

from lapor.reports import files, parts, sheet_store
from lapor.reports.files import open_stored
from lapor.reports.models import Evidence, Sheet
from lapor.reports.usecases import leftovers
from lapor.reports.usecases.leftovers import EVERY, KEPT, sweep_leftovers


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> Path:
    """A store of this test's own."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def later(span: timedelta = KEPT) -> datetime:
    """Return the moment at which what came in just now is `span` old; files are stamped by the machine's own clock."""
    stamped = max((path.stat().st_mtime for path in files.marks().parent.rglob("*")), default=0.0)
    return datetime.fromtimestamp(stamped, UTC) + span + timedelta(seconds=1)


def test_a_photo_of_a_form_that_was_never_sent_goes_after_a_day(citizen: Client, world: World) -> None:
    refused = send(citizen, text="", photos=[photo()])
    (kept,) = refused.context["form"].kept

    assert sweep_leftovers(now=later(timedelta(hours=23))) == 0
    open_stored(kept.file.sha256).close()
    assert sweep_leftovers(now=later()) == 1
    with pytest.raises(FileNotFoundError):
        open_stored(kept.file.sha256)


def test_a_photo_that_a_report_names_stays_and_is_never_asked_about_again(citizen: Client, world: World) -> None:
    send(citizen, photos=[photo()])

    assert sweep_leftovers(now=later()) == 0
    open_stored(Evidence.objects.get().sha256).close()
    assert not list(files.marks().iterdir())


def test_the_same_photo_coming_in_again_begins_a_new_day(citizen: Client, world: World) -> None:
    send(citizen, text="", photos=[photo()])
    (mark,) = files.marks().iterdir()
    os.utime(mark, (0, 0))

    send(citizen, text="", photos=[photo()])

    assert sweep_leftovers(now=later(timedelta(hours=1))) == 0


def test_parts_that_never_became_whole_go_too(citizen: Client, world: World) -> None:
    part(citizen, b"\xff\xd8", 0, name="a.jpg", size=999)
    send(citizen, text="", photos=[photo()])

    assert sweep_leftovers(now=later()) == 2
    assert not list(parts.folder().iterdir())


def test_it_looks_once_an_hour_and_does_nothing_where_there_is_nothing(citizen: Client, world: World) -> None:
    assert sweep_leftovers(now=datetime.now(UTC)) == 0
    send(citizen, text="", photos=[photo()])
    first = later()
    assert sweep_leftovers(now=first) == 1
    part(citizen, b"\xff\xd8", 0, name="a.jpg", size=999)
    (left,) = parts.folder().iterdir()
    os.utime(left, (0, 0))

    assert sweep_leftovers(now=first + EVERY / 2) == 0
    assert sweep_leftovers(now=first + EVERY * 2) == 1


def test_a_spreadsheet_whose_row_was_never_written_goes_and_one_that_waits_stays(world: World) -> None:
    names = ("a" * 32, "b" * 32)
    for name in names:
        sheet_store.keep(name, b"Nama;Isi laporan")
    desk = world.agency("dinas-pupr")
    Sheet.objects.create(
        key=UUID(names[1]), desk=desk, account=1, appointment=1, name="a.csv", file=names[1], at=later()
    )

    assert sweep_leftovers(now=later(timedelta(hours=23))) == 0
    assert sweep_leftovers(now=later()) == 1
    assert [path.name for path in sheet_store.folder().iterdir()] == [names[1]]


def test_a_mark_that_another_clock_settled_first_is_passed_over(
    citizen: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(citizen, text="", photos=[photo()])
    late = later()
    (mark,) = files.marks().iterdir()

    assert leftovers._settle(mark.with_name("0" * 64), late) == 0
    assert leftovers._settle(mark, late) == 1
    assert leftovers._settle(mark, late) == 0
