"""Spreadsheets of manual complaints for the officer who brought them: how far, what is wrong, what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lapor.kernel.actor import Actor
from lapor.reports.models import Sheet, SheetRow

PAGE = 50
NEWEST = 10


@dataclass(frozen=True)
class SheetView:
    """One spreadsheet; `good` rows can be entered, `state` is a code of `Sheet.State`, `why` one of a refusal."""

    key: str
    name: str
    state: str
    why: str
    rows: int
    wrong: int
    entered: int
    at: datetime

    @property
    def good(self) -> int:
        """How many rows have nothing wrong with them."""
        return self.rows - self.wrong

    @property
    def is_moving(self) -> bool:
        """Tell whether something happens by itself now."""
        return self.state in (Sheet.State.READING, Sheet.State.ENTERING)


@dataclass(frozen=True)
class RowView:
    """One row: what it says while it is not entered, its (field, code) problems, and the number it got."""

    number: int
    cells: dict[str, str]
    problems: list[tuple[str, str]]
    report: str


def sheets_of(actor: Actor) -> tuple[SheetView, ...]:
    """Return the newest spreadsheets that this officer brought at this desk. One query."""
    found = Sheet.objects.filter(desk=actor.desk, account=actor.account or 0).order_by("-id")[:NEWEST]
    return tuple(view_of(sheet) for sheet in found)


def view_of(sheet: Sheet) -> SheetView:
    """Return one spreadsheet as its page shows it."""
    return SheetView(
        str(sheet.key), sheet.name, sheet.state, sheet.why, sheet.rows, sheet.wrong, sheet.entered, sheet.at
    )


def lines_of(sheet: Sheet, *, wrong_only: bool, after: int) -> list[SheetRow]:
    """Return PAGE + 1 rows behind row `after`, only those with problems if asked. One query."""
    rows = SheetRow.objects.filter(sheet=sheet, number__gt=after).select_related("report").order_by("number")
    return list((rows.exclude(problems=[]) if wrong_only else rows)[: PAGE + 1])
