"""One figure of the table, and the folder it is taken from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


class AbsentError(Exception):
    """A file that a measure needs is not in the folder; the message names it."""


@dataclass(frozen=True)
class Row:
    """A figure: what was measured on how many, the goal (`at_most` turns it round) and the baseline, where known."""

    subject: str
    figure: str
    value: float
    n: int
    goal: float | None = None
    baseline: float | None = None
    at_most: bool = False

    @property
    def is_met(self) -> bool | None:
        """Tell whether the goal is reached; None where there is none."""
        if self.goal is None:
            return None
        return self.value <= self.goal if self.at_most else self.value >= self.goal


@dataclass(frozen=True)
class Data:
    """The folder that is asked, and the one that is learned from where they differ."""

    folder: Path
    past: Path | None = None

    def file(self, name: str, *, past: bool = False) -> Path:
        """Return the one file that matches a pattern such as "replay/replay_*.jsonl". Raises AbsentError."""
        folder = self.past if past and self.past else self.folder
        found = sorted(folder.glob(name))
        if not found:
            raise AbsentError(f"{name} is not in {folder}")
        return found[0]
