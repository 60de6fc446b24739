"""Spreadsheets of manual complaints for the officer who brought them: how far, what is wrong, what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lapor.kernel.actor import Actor
from lapor.reports.models import Sheet, SheetRow
from lapor.sop.vocabulary import ArchiveReason

PAGE = 50
NEWEST = 10
WRONG, KEPT = "wrong", "kept"  # which rows alone are shown


@dataclass(frozen=True)
class SheetView:
    """One spreadsheet; `good` rows can be entered, `state` is a code of `Sheet.State`, `why` one of a refusal.

    `unread` are the headings of the columns that were not understood.
    After `taken_back_at` so many of its complaints were `taken_back`, and so many `kept` because they could not be.
    """

    key: str
    name: str
    state: str
    why: str
    rows: int
    wrong: int
    entered: int
    at: datetime
    taken_back_at: datetime | None = None
    taken_back: int = 0
    kept: int = 0
    unread: Sequence[str] = ()

    @property
    def good(self) -> int:
        """How many rows have nothing wrong with them."""
        return self.rows - self.wrong

    @property
    def is_moving(self) -> bool:
        """Tell whether something happens by itself now."""
        return self.state in (Sheet.State.READING, Sheet.State.ENTERING)


def sheets_of(actor: Actor) -> tuple[SheetView, ...]:
    """Return the newest spreadsheets that this officer brought at this desk. One query."""
    found = Sheet.objects.filter(desk=actor.desk, account=actor.account or 0).order_by("-id")[:NEWEST]
    return tuple(view_of(sheet) for sheet in found)


def view_of(sheet: Sheet) -> SheetView:
    """Return one spreadsheet as its page shows it."""
    return SheetView(
        str(sheet.key),
        sheet.name,
        sheet.state,
        sheet.why,
        sheet.rows,
        sheet.wrong,
        sheet.entered,
        sheet.at,
        sheet.taken_back_at,
        sheet.taken_back,
        sheet.kept,
        sheet.unread,
    )


def lines_of(sheet: Sheet, *, only: str, after: int) -> list[SheetRow]:
    """Return PAGE + 1 rows behind row `after`: all, those with problems (WRONG) or not taken back (KEPT). One query."""
    rows = SheetRow.objects.filter(sheet=sheet, number__gt=after).select_related("report").order_by("number")
    if only == WRONG:
        rows = rows.exclude(problems=[])
    elif only == KEPT:
        rows = rows.exclude(kept_why="")
    return list(rows[: PAGE + 1])


def was_taken_back(row: SheetRow) -> bool:
    """Tell whether what a row entered lies in the archive as entered by mistake."""
    return row.report is not None and row.report.archive_reason == str(ArchiveReason.MISTAKEN)
