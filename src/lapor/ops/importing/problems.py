"""What can be wrong with a file or a row, said so that the person who has the file can mend it."""

from __future__ import annotations

from dataclasses import dataclass


class FileRefusedError(Exception):
    """The whole file cannot be read; the message says why and what to do."""


class RowRefusedError(Exception):
    """One row cannot become a report. `column` is one of our names for columns (`columns.py`)."""

    def __init__(self, column: str, reason: object) -> None:
        self.column, self.reason = column, reason
        super().__init__(str(reason))


@dataclass(frozen=True)
class Problem:
    """One finding about one row: where it is in the file, in which column, and what was done about it.

    `verdict` is "refused" (the row is not in) or "repaired" (it is in, changed by a rule of docs/howto). It never holds
    words of the row itself: the report of an import may be sent on.
    """

    line: int
    ref: str
    column: str
    verdict: str
    reason: str
