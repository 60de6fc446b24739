"""Write the "Laporan Ringkas" workbook: the layout of the national export of 2026, cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell

from lapor.insights.ringkas_columns import LAYOUT, neutral
from lapor.insights.ringkas_words import (
    Standing,
    channel_text,
    reason_text,
    secrecy_text,
    status_text,
)
from lapor.insights.summary import Line

# As the live export writes them: English, whatever the language of the page.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def write_summary(
    path: Path,
    lines: Iterable[Line],
    *,
    institution: str,
    first: date,
    last: date,
    made_on: date,
    advanced: Callable[[int], None] = lambda count: None,
) -> int:
    """Write the workbook and return its number of reports; the file appears whole or not at all."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Laporan Ringkas")
    for row in (*_preamble(institution, first, last, made_on), list(LAYOUT.values())):
        sheet.append([_cell(sheet, text) for text in row])
    count = 0
    try:
        for line in lines:
            sheet.append([_cell(sheet, text) for text in cells(line).values()])
            advanced(count := count + 1)
    except BaseException:
        sheet.close()  # else openpyxl complains of the half-written sheet long afterwards
        raise
    unfinished = path.with_name(f"{path.name}.unfinished")
    book.save(unfinished)
    unfinished.replace(path)
    return count


def cells(line: Line) -> dict[str, str]:
    """Return the text of each column of the layout, in its order; times are UTC, as in the live export."""
    standing = Standing(line.status, line.close_reason, line.archive_reason, line.ended_by, line.is_blocked)
    known = {
        "ref": line.ref,
        "date": day_text(line.received_at),
        "time": f"{line.received_at:%H:%M:%S}",
        "classification": line.classification.id if line.classification else "",
        "category_id": line.category[0],
        "category": line.category[1],
        "title": line.title,
        "body": line.original,
        "published": line.published,
        "secrecy": secrecy_text(anonymous=line.anonymous, secret=line.secret),
        "channel": channel_text(line.channel),
        "parent_agency": line.institution,
        "agency_id": line.handler[0],
        "agency": line.handler[1],
        "status": status_text(standing),
        "archive_reason": reason_text(standing),
        "rating": str(line.rating or ""),
        **dict(zip(("province", "city", "district", "village"), line.places, strict=True)),
    }
    return {key: known.get(key, "") for key in LAYOUT}


def day_text(moment: datetime) -> str:
    """Return `3 Jan 2026`."""
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


def _preamble(institution: str, first: date, last: date, made_on: date) -> Iterator[list[str]]:
    facts = {
        "Judul Laporan": "Laporan Ringkas",
        "Nama Instansi": institution,
        "Tanggal Generate": made_on.isoformat(),
        "Periode Masuk": f"({first}) - ({last})",
        "Pengelola": "",
    }
    for label, value in facts.items():
        yield [label, "", value]
        yield []


def _cell(sheet: object, text: str) -> Cell:
    cell: Cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", neutral(text)))  # type: ignore[arg-type]
    cell.data_type = "s"  # openpyxl makes a formula of any text that begins with "="
    return cell
