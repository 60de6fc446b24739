"""Reading a spreadsheet that somebody typed: XLSX or CSV, bounded in every direction, its formulas never calculated."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from itertools import islice

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

LARGEST = 10 * 1024 * 1024  # bytes as sent
MOST_ROWS = 50_000
MOST_COLUMNS = 60
LONGEST_CELL = 20_000  # characters
LARGEST_UNPACKED = 120 * 1024 * 1024  # bytes
MOST_PARTS = 500  # files inside a workbook
HEADING_WITHIN = 20  # rows, in which the heading must stand

# What people write above a column, in plain small letters; the first that fits a column is taken.
HEADINGS: dict[str, tuple[str, ...]] = {
    "text": (
        "isi laporan", "isi pengaduan", "isi aduan", "uraian pengaduan", "uraian", "pengaduan", "keluhan",
        "laporan", "aduan", "isi", "complaint", "text",
    ),
    "title": ("judul", "perihal", "title", "subject"),
    "name": ("nama pelapor", "nama pengadu", "nama", "pelapor", "name"),
    "contact": (
        "kontak", "no hp", "nomor hp", "hp", "no telepon", "nomor telepon", "telepon", "no wa", "whatsapp",
        "email", "surel", "phone", "contact",
    ),
    "received_on": (
        "tanggal masuk", "tanggal diterima", "tgl masuk", "tgl diterima", "tanggal terima", "tanggal", "tgl",
        "received", "date",
    ),
    "happened_on": ("tanggal kejadian", "tgl kejadian", "happened on"),
    "channel": ("kanal", "media", "sumber", "melalui", "channel"),
    "place": ("kelurahan", "kecamatan", "desa", "lokasi", "tempat", "place"),
    "place_note": ("alamat", "alamat kejadian", "patokan", "address"),
    "category": ("kategori", "bidang", "jenis", "category"),
    "answer": ("tindak lanjut", "tanggapan", "jawaban", "penyelesaian", "answer"),
    "done_on": ("tanggal selesai", "tgl selesai", "tanggal tindak lanjut", "done on"),
    "done_by": ("pelaksana", "petugas", "oleh", "ditangani oleh", "done by"),
}  # fmt: skip

Line = tuple[int, Sequence[object]]
Row = tuple[int, dict[str, str]]
Columns = dict[str, tuple[str, str]]
LONGEST_HEADING = 60  # characters of one that are kept, to name the column by it


@dataclass(frozen=True)
class Table:
    """A sheet below its heading. `columns` tells letter and heading of each of our fields, `rows` is read once.

    A row is (row number, cells by our field names); one that holds nothing is left out. `unread` are the headings of
    the columns that no field of ours fits.
    """

    columns: Columns
    unread: tuple[str, ...]
    rows: Iterator[Row]


class SheetRefused(Exception):
    """The whole file cannot be read; `why` is a code that the pages have a sentence for."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


def read_table(data: bytes, name: str) -> Table:
    """Return a file's first sheet; what is wrong with a row far below shows while the rows are read.

    Dates come as YYYY-MM-DD, everything else as text. Of a formula the value that was last shown is read, none where
    there is none. Raises SheetRefused for what is no table, too large, packed too densely, or without a heading.
    """
    if len(data) > LARGEST:
        raise SheetRefused("too_large")
    lines = _workbook(data) if data[:2] == b"PK" else _csv(data)
    for _number, values in islice(lines, HEADING_WITHIN):
        words = _words(values)
        fields = _headings(words)
        if fields:
            heads = [word[:LONGEST_HEADING] for word in words]
            columns = {field: (get_column_letter(i + 1), heads[i]) for i, field in fields.items()}
            unread = tuple(head for i, head in enumerate(heads) if head and i not in fields)
            return Table(columns, unread, _below(lines, fields))
    raise SheetRefused("no_heading")


def _below(lines: Iterator[Line], fields: dict[int, str]) -> Iterator[Row]:
    taken = 0
    for number, values in lines:
        words = _words(values)
        cells = {field: words[i] for i, field in fields.items() if i < len(words) and words[i]}
        if cells:
            taken += 1
            if taken > MOST_ROWS:
                raise SheetRefused("too_many_rows")
            yield number, cells
    if not taken:
        raise SheetRefused("no_rows")


def _words(values: Sequence[object]) -> list[str]:
    return [_text(value) for value in values[:MOST_COLUMNS]]


def _workbook(data: bytes) -> Iterator[Line]:
    try:
        _check_packing(data)
        with closing(load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)) as book:
            if not book.worksheets:
                raise SheetRefused("no_heading")
            rows = book.worksheets[0].iter_rows(values_only=True, max_col=MOST_COLUMNS)
            yield from enumerate(rows, start=1)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, OSError, SyntaxError) as broken:
        raise SheetRefused("unreadable") from broken


def _check_packing(data: bytes) -> None:
    """Refuse a workbook that would fill the memory: the sizes it names are checked by zipfile while it unpacks."""
    with zipfile.ZipFile(BytesIO(data)) as packed:
        parts = packed.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
            raise SheetRefused("packed")
        if any(part.flag_bits & 1 for part in parts):
            raise SheetRefused("locked")


def _csv(data: bytes) -> Iterator[Line]:
    if b"\x00" in data:
        raise SheetRefused("unreadable")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    first = text[:10_000]
    delimiter = max(";,\t", key=first.count)
    csv.field_size_limit(LARGEST)
    try:
        yield from enumerate(csv.reader(StringIO(text, newline=""), delimiter=delimiter), start=1)
    except csv.Error as broken:
        raise SheetRefused("unreadable") from broken


def _headings(words: Sequence[str]) -> dict[int, str] | None:
    """Return which of our fields each column holds; None where this row is no heading."""
    said = [" ".join("".join(c if c.isalnum() else " " for c in word.casefold()).split()) for word in words]
    found: dict[int, str] = {}
    for field, names in HEADINGS.items():
        for name in names:
            at = next((i for i, word in enumerate(said) if word == name and i not in found), None)
            if at is not None:
                found[at] = field
                break
    return found if "text" in found.values() and len(found) > 1 else None


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a telephone number that the program took for an amount
    return str(value).strip()[: LONGEST_CELL + 1]
