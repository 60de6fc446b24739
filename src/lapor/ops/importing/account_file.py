"""The report of an import: every refused or mended row with its line, column and reason, as CSV."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable
from pathlib import Path

from lapor.insights.ringkas_columns import neutral
from lapor.ops.importing.problems import Problem

HEADINGS = ("line", "ref", "column", "verdict", "reason")


def place_beside(file: Path) -> Path:
    """Return where the report goes: beside the file, or in the working folder where that folder is closed."""
    beside = file.parent / f"{file.name}.report.csv"
    return beside if _is_open(file.parent) else Path(beside.name)


def _is_open(folder: Path) -> bool:
    # The mode is asked too: root may write everywhere, and should not where nobody is meant to.
    return os.access(folder, os.W_OK) and bool(folder.stat().st_mode & 0o222)


def write_problems(path: Path, problems: Iterable[Problem]) -> None:
    """Write the problems, a row each, in the order of the file's lines; an older report is replaced."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADINGS)
        for problem in sorted(problems, key=lambda problem: problem.line):
            writer.writerow((problem.line, neutral(problem.ref), problem.column, problem.verdict, problem.reason))
