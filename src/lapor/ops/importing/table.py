"""Tables of "Laporan Ringkas", a workbook or CSV: rows about the export, then the heading row, then the reports."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from lapor.insights.ringkas_columns import LAYOUT, NEEDED, key_of
from lapor.insights.workbook import begins_formula
from lapor.ops.importing.problems import FileRefusedError
from lapor.ops.importing.rows import Row

SEARCHED = 60  # rows in which the heading row must appear
LONGEST_CELL = 1_000_000  # characters; the csv module would stop the whole file at 131,072

Line = tuple[int, Sequence[object]]


@dataclass(frozen=True)
class Table:
    """A workbook (.xlsx) or a CSV file with the columns of "Laporan Ringkas"."""

    path: Path

    def rows(self) -> Iterator[Row]:
        """Yield the rows below the heading row. Raises FileRefusedError."""
        with closing(_lines(self.path)) as lines:
            preamble, headings = _find_headings(lines)
            for number, values in lines:
                cells = {key: _text(value) for key, value in zip(headings, values, strict=False) if key}
                if any(cells.values()):
                    yield Row(number, {"institution": preamble, **cells})

    def heading(self, column: str) -> str:
        """Return the heading as the layout writes it."""
        if column == "received_at":
            return f"{LAYOUT['date']}, {LAYOUT['time']}"
        return LAYOUT.get(column, column)


def _find_headings(lines: Iterator[Line]) -> tuple[str, list[str | None]]:
    """Return the institution named above the table, and our name of each column."""
    institution = ""
    for number, values in lines:
        words = [_text(value) for value in values]
        if words and key_of(words[0]) == "ref":
            return institution, _known(words)
        if words and words[0].casefold() == "nama instansi":
            institution = next((word for word in words[1:] if word), "")
        if number > SEARCHED:
            break
    raise FileRefusedError(
        _(
            'No heading row was found: none of the first %(n)d rows begins with "Tracking ID". '
            "Is this the Laporan Ringkas export?"
        )
        % {"n": SEARCHED}
    )


def _known(words: list[str]) -> list[str | None]:
    keys = [key_of(word) for word in words]
    if missing := [LAYOUT[key] for key in NEEDED if key not in keys]:
        raise FileRefusedError(_("The heading row lacks: %(columns)s.") % {"columns": ", ".join(missing)})
    return keys


def _lines(path: Path) -> Generator[Line, None, None]:
    return _sheet(path) if path.suffix.lower() == ".xlsx" else _csv(path)


def _sheet(path: Path) -> Generator[Line, None, None]:
    try:
        # Streaming: a workbook of a year is read row by row, never held in memory.
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as problem:
        raise FileRefusedError(_("%(file)s cannot be opened as a workbook.") % {"file": path.name}) from problem
    with closing(book):
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # exporters write wrong ones
        yield from enumerate(sheet.iter_rows(values_only=True), start=1)


def _csv(path: Path) -> Generator[Line, None, None]:
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        sample = stream.read(4096)
        stream.seek(0)
        reader = csv.reader(stream, delimiter=";" if sample.count(";") > sample.count(",") else ",")
        begins = 1
        try:
            for values in reader:
                yield begins, values
                begins = reader.line_num + 1
        except csv.Error as problem:
            raise FileRefusedError(
                _("Line %(line)d cannot be read: %(problem)s.") % {"line": begins, "problem": problem}
            ) from problem


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return value.isoformat(sep=" ", timespec="seconds")
        case date() | time():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            text = str(value)
            return text[1:] if text.startswith("'") and begins_formula(text[1:]) else text
