"""Sweep away uploads that no report took: files of forms never sent, parts that never became whole, lost sheets."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from lapor.reports import files, parts, sheet_store
from lapor.reports.models import AnswerDraft, Evidence, Sheet

KEPT = timedelta(hours=25)  # a form's tokens are good for a day; a form that is being sent has an hour more
EVERY = timedelta(hours=1)


def sweep_leftovers(*, now: datetime) -> int:
    """Remove what is older than KEPT and in no report; return how many files went. Does nothing more than once an hour.

    A file that is named by a report stays; only its mark goes, so that it is never asked about again.
    """
    if not _is_time(now):
        return 0
    swept = 0
    for part in _older(parts.folder(), now):
        part.unlink(missing_ok=True)
        swept += 1
    swept += sum(_drop_lost_sheet(file) for file in _older(sheet_store.folder(), now))
    return swept + sum(_settle(mark, now) for mark in _older(files.marks(), now))


def _is_time(now: datetime) -> bool:
    """Tell whether the last sweep is an hour ago, and note this one."""
    mark = files.marks().with_name("swept")
    if not files.marks().parent.is_dir() or (mark.exists() and _age(mark, now) < EVERY):
        return False
    mark.touch()
    os.utime(mark, (now.timestamp(), now.timestamp()))
    return True


def _older(folder: Path, now: datetime) -> Iterator[Path]:
    if folder.is_dir():
        yield from (path for path in folder.iterdir() if _age(path, now) > KEPT)


def _age(path: Path, now: datetime) -> timedelta:
    try:
        return now - datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:
        return timedelta(0)


def _drop_lost_sheet(file: Path) -> int:
    """Remove a spreadsheet of which no row tells: who was killed between the two left it behind, with names in it."""
    if Sheet.objects.filter(file=file.name).exists():
        return 0
    file.unlink(missing_ok=True)
    return 1


def _settle(mark: Path, now: datetime) -> int:
    """Decide about one content, while nobody can bring the same content in."""
    try:
        file = mark.open("rb")
    except FileNotFoundError:
        return 0  # another clock settled it first
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if _age(mark, now) <= KEPT:
            return 0
        is_named = _is_named(mark.name)
        if not is_named:
            files.forget_stored(mark.name)
        mark.unlink(missing_ok=True)
        return int(not is_named)


def _is_named(sha256: str) -> bool:
    """Tell whether a report has this content, or an answer that has not left yet takes it along."""
    waiting = AnswerDraft.objects.filter(files__contains=[{"sha256": sha256}])
    return Evidence.objects.filter(sha256=sha256).exists() or waiting.exists()
