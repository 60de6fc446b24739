"""Import a whole file: read, settle, write in small batches, and keep account of every row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError
from django.utils.translation import gettext as _

from lapor.kernel.errors import Refusal
from lapor.ops.importing.directory import Directory
from lapor.ops.importing.problems import Problem, RowRefusedError
from lapor.ops.importing.reading import Reading, names_of, read
from lapor.ops.importing.rows import Row, Source
from lapor.reports.imports import ImportRow
from lapor.reports.usecases.import_ import import_reports
from lapor.sop.calendar import OutsideCalendar
from lapor.sop.vocabulary import OPEN

# One transaction each: large enough to be fast, small enough that a killed import repeats little.
BATCH = 200

CannotEnter = (Refusal, DatabaseError, ObjectDoesNotExist, OutsideCalendar)


@dataclass
class Account:
    """What became of the rows of a file."""

    rows: int = 0
    added: int = 0
    already: int = 0
    still_open: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def refused(self) -> int:
        """How many rows did not come in."""
        return sum(problem.verdict == "refused" for problem in self.problems)

    @property
    def repaired(self) -> int:
        """How many rows came in with something mended."""
        return len({problem.line for problem in self.problems if problem.verdict == "repaired"})


def survey(source: Source) -> tuple[int, Directory]:
    """Read a file once from end to end: how many rows it has, and what they tell about agencies."""
    directory, count = Directory(), 0
    for row in source.rows():
        count += 1
        directory.learn([names_of(row)])
    return count, directory


def import_file(
    source: Source,
    directory: Directory,
    *,
    now: datetime,
    origin: str = "",
    advanced: Callable[[int], None] = lambda rows: None,
) -> Account:
    """Import every row that can be a report; `advanced` hears how many rows are done, batch by batch.

    Each batch is durable when `advanced` hears of it: an import that is killed is resumed by running it again.
    `origin` overrules the source named in the rows. Raises FileRefusedError.
    """
    directory.found_agencies()
    importer = _Importer(source, directory, now, origin)
    for row in source.rows():
        importer.take(row)
        if len(importer.waiting) == BATCH:
            advanced(importer.flush())
    advanced(importer.flush())
    return importer.account


class _Importer:
    def __init__(self, source: Source, directory: Directory, now: datetime, origin: str) -> None:
        self.source, self.directory, self.now, self.origin = source, directory, now, origin
        self.account = Account()
        self.waiting: list[tuple[Reading, ImportRow]] = []
        self._done = 0

    def take(self, row: Row) -> None:
        """Read one row and let it wait for its batch, or note why not."""
        self.account.rows += 1
        try:
            reading = read(row, now=self.now, source=self.origin)
        except RowRefusedError as refused:
            self._note(row.line, row["ref"], refused.column, "refused", refused.reason)
            return
        self.waiting.append((reading, self.directory.settle(reading)))

    def flush(self) -> int:
        """Write the batch that waits; return how many rows were dealt with since the last time."""
        try:
            self._write(self.waiting)
        except CannotEnter:
            for one in self.waiting:
                self._write_alone(one)
        self.waiting = []
        done, self._done = self.account.rows - self._done, self.account.rows
        return done

    def _write(self, batch: list[tuple[Reading, ImportRow]]) -> None:
        added = import_reports([row for _, row in batch], now=self.now)
        self.account.added += len(added)
        self.account.already += len(batch) - len(added)
        for reading, row in batch:
            if (row.source, row.ref) in added:
                added.discard((row.source, row.ref))  # the same reference again in this batch was already here
                self.account.still_open += row.status in OPEN
                for column, why in reading.repairs:
                    self._note(reading.line, row.ref, column, "repaired", why)

    def _write_alone(self, one: tuple[Reading, ImportRow]) -> None:
        """Write one row of a batch that failed: the bad one is refused, the others come in."""
        try:
            self._write([one])
        except CannotEnter as problem:
            reading, row = one
            self._note(reading.line, row.ref, "", "refused", _sentence(problem))

    def _note(self, line: int, ref: str, column: str, verdict: str, reason: object) -> None:
        heading = self.source.heading(column) if column else ""
        self.account.problems.append(Problem(line, ref[:80], heading, verdict, str(reason)))


def _sentence(problem: Exception) -> str:
    """Return why a row could not be written, without the row's words: a database quotes values in its details."""
    if isinstance(problem, DatabaseError):
        return _("the database refused it (%(kind)s)") % {"kind": type(problem).__name__}
    return str(problem)
