"""What leaves the desk as a file: written down first; in CSV and XLSX no cell is taken for a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from tempfile import TemporaryFile
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.http import FileResponse, Http404, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import get_language

from lapor.desk.officer import Officer
from lapor.insights.workbook import safe_text, write_sheet
from lapor.reports.usecases.taking import note_taking
from lapor.sop.vocabulary import Word

Row = Sequence[Any]
Answer = TypeVar("Answer", bound=HttpResponseBase)


def taken(answer: Answer, officer: Officer, *, name: str, of: int | None) -> Answer:
    """Write down that the officer takes a file along, then hand it out.

    `name` is the name under which it leaves; `of` is the id of the institution whose data it holds, None: the nation's.
    """
    note_taking(file=name, institution=of, actor=officer.actor, now=officer.now)
    return answer


def download(
    rows: Iterable[Row], *, title: str, head: Sequence[str], kind: str, name: str, zone: ZoneInfo
) -> HttpResponseBase:
    """Return the rows as a file of `kind` "csv" or "xlsx"; `name` is the file's, without its ending."""
    head = [str(cell) for cell in head]
    language = get_language() or "id"
    if kind == "csv":
        return _csv(rows, head, name, zone, language)
    if kind == "xlsx":
        place = TemporaryFile()  # noqa: SIM115 - the response closes it when it is sent
        write_sheet(place, title=title, head=head, rows=rows, zone=zone, language=language)
        place.seek(0)
        return FileResponse(place, as_attachment=True, filename=f"{name}.xlsx")
    raise Http404


class _Line:
    """A file that hands each written line back, so that csv can write into a stream."""

    def write(self, line: str) -> str:
        return line


def _csv(rows: Iterable[Row], head: Row, name: str, zone: ZoneInfo, language: str) -> StreamingHttpResponse:
    def lines() -> Iterator[str]:
        writer = csv.writer(_Line())
        yield "\ufeff"  # without it a spreadsheet reads UTF-8 as something else
        yield writer.writerow(head)
        for row in rows:
            yield writer.writerow([plain(cell, zone, language) for cell in row])

    answer = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def plain(cell: Any, zone: ZoneInfo, language: str) -> Any:
    """Return a cell as a line of CSV may hold it: local times, words in the reader's language, no formula."""
    match cell:
        case None:
            return ""
        case Word():
            return safe_text(cell.label(language))
        case bool() | int() | float():
            return cell
        case datetime():
            return cell.astimezone(zone).isoformat(sep=" ", timespec="minutes")[:16]
        case date():
            return cell.isoformat()
    return safe_text(str(cell))
