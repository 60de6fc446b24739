"""A row as a file holds it: strings under our own names for the columns, whatever the format was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True)
class Row:
    """One row. `line` is where it begins in the file (1 is the first line or spreadsheet row).

    `cells` never holds None, only text. `broken` says instead of cells why the row could not even be read.
    """

    line: int
    cells: Mapping[str, str] = field(default_factory=dict)
    broken: str = ""

    def __getitem__(self, column: str) -> str:
        """Return the cell's text without blanks around it, "" when the file has no such column."""
        return self.cells.get(column, "").strip()


class Source(Protocol):
    """A file that can be read from the beginning as often as needed."""

    @property
    def path(self) -> Path:
        """Where the file is."""
        ...

    def rows(self) -> Iterator[Row]:
        """Yield every row in the file's order."""
        ...

    def heading(self, column: str) -> str:
        """Return the file's own name for a column, for the report of refused rows."""
        ...
