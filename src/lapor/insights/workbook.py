"""Registers as workbooks: streamed, text typed as text, nothing a spreadsheet could take for a formula."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import IO, Any
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Font

from lapor.sop.vocabulary import Word

TEXT = "@"  # a spreadsheet's own format for text
MOMENT, DAY = "yyyy-mm-dd hh:mm", "yyyy-mm-dd"
LONGEST_CELL = 32_767
STARTS_FORMULA = ("=", "+", "-", "@")  # their full-width forms are read as these
BLANKS = " \t\n\xa0\u3000\u200b\u200c\u200d\u200e\u200f\ufeff"  # what may hide the first character
_LINE_BREAKS = re.compile(r"\r\n?")


def write_sheet(
    place: IO[bytes], *, title: str, head: Sequence[str], rows: Iterable[Sequence[Any]], zone: ZoneInfo, language: str
) -> None:
    """Write rows as an .xlsx workbook with one sheet, row by row, in constant memory.

    Moments (aware) are shown in `zone`, for cells know no zones; words of the SOP in `language`; None is an empty cell.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(safe_text(title)[:31])
    sheet.freeze_panes = "A2"
    sheet.append([_headed(sheet, name) for name in head])
    for row in rows:
        sheet.append([_cell(sheet, value, zone, language) for value in row])
    book.save(place)


def safe_text(text: str) -> str:
    """Return text as it may stand in a cell: no control characters, and an apostrophe before what would be a formula.

    The apostrophe also protects whoever saves the sheet as CSV and opens that again, where the cell's type is lost.
    """
    clean = ILLEGAL_CHARACTERS_RE.sub("", _LINE_BREAKS.sub("\n", text))
    return (f"'{clean}" if begins_formula(clean) else clean)[:LONGEST_CELL]


def begins_formula(text: str) -> bool:
    """Tell whether a spreadsheet might take a text for a formula; full-width signs and hidden ones count too."""
    seen = unicodedata.normalize("NFKC", text.lstrip(BLANKS)[:1])
    return seen.startswith(STARTS_FORMULA) or text.startswith(("\t", "\r"))


def _headed(sheet: Any, name: str) -> Cell:
    cell = _cell(sheet, name, ZoneInfo("UTC"), "")
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, value: Any, zone: ZoneInfo, language: str) -> Cell:
    match value:
        case None | "":
            return WriteOnlyCell(sheet)
        case Word():
            return _text(sheet, value.label(language))
        case bool() | int() | float():
            return WriteOnlyCell(sheet, value)
        case datetime():
            return _formatted(sheet, value.astimezone(zone).replace(tzinfo=None), MOMENT)
        case date():
            return _formatted(sheet, value, DAY)
    return _text(sheet, str(value))


def _text(sheet: Any, text: str) -> Cell:
    cell = _formatted(sheet, safe_text(text), TEXT)
    cell.data_type = "s"  # never "f": openpyxl guesses a formula from the first character
    return cell


def _formatted(sheet: Any, value: Any, number_format: str) -> Cell:
    cell = WriteOnlyCell(sheet, value)
    cell.number_format = number_format
    return cell
