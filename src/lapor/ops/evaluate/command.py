"""What `lapor evaluate` prints."""

from __future__ import annotations

import csv
import dataclasses
import importlib
import json
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from lapor.ops.evaluate import measures
from lapor.ops.evaluate.row import AbsentError, Data, Row


def run(folder: Path, *, past: Path | None, only: str, as_json: bool, page: Path | None = None) -> bool:
    """Measure, print, write the same table as a page where one is named, and tell whether every goal was met.

    Where only some measures are asked for, the page keeps its lines of the others, before the new ones.
    """
    rows: list[Row] = []
    for name, found in _measured(Data(folder, past), only):
        rows += found
        if not found:
            click.echo(f"{name}: nothing measured", err=True)
    if as_json:
        click.echo(json.dumps([dataclasses.asdict(row) | {"is_met": row.is_met} for row in rows], indent=1))
    else:
        Console().print(_table(rows))
    if page:
        page.write_text(_markdown(rows, _kept(page, rows) if only else []), encoding="utf-8")
    return all(row.is_met is not False for row in rows)


def _measured(data: Data, only: str) -> Iterator[tuple[str, list[Row]]]:
    for module in pkgutil.iter_modules(measures.__path__):
        if only in module.name:
            click.echo(f"{module.name} ...", err=True)
            measure = importlib.import_module(f"{measures.__name__}.{module.name}").measure
            try:
                yield module.name, list(measure(data))
            except AbsentError as absent:
                click.echo(f"{module.name}: skipped, {absent}", err=True)
            except (UnicodeDecodeError, json.JSONDecodeError, csv.Error) as unreadable:
                raise click.ClickException(f"{module.name}: its file cannot be read: {unreadable}") from unreadable


COLUMNS = ("Subject", "Figure", "n", "Value", "Goal", "Baseline", "")


def _table(rows: list[Row]) -> Table:
    table = Table(*COLUMNS)
    for row in rows:
        table.add_row(*_cells(row))
    return table


def _cells(row: Row) -> tuple[str, ...]:
    goal = "" if row.goal is None else f"{'≤' if row.at_most else '≥'} {row.goal:g}"
    mark = {True: "ok", False: "missed", None: ""}[row.is_met]
    before = "" if row.baseline is None else f"{row.baseline:.3f}"
    return row.subject, row.figure, f"{row.n:,}", f"{row.value:.3f}", goal, before, mark


HEAD = """# Figures of the text help and the suggestions

Written by `lapor evaluate FOLDER --page docs/reference/figures.md`. How they are measured stands in each module of
[`measures`](../../src/lapor/ops/evaluate/measures), what was read by eye and what is doubtful in
[text-quality.md](text-quality.md). Baselines are a TF-IDF with a linear SVM, learned from the same kind of data.

"""


def _markdown(rows: list[Row], kept: list[str]) -> str:
    lines = [COLUMNS, ("---", "---", "---:", "---:", "---:", "---:", "---")]
    written = [*kept, *(_line(_cells(row)) for row in rows)]
    return HEAD + "".join(map(_line, lines)) + "".join(written)


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _kept(page: Path, rows: list[Row]) -> list[str]:
    """Return the page's lines of families that were not measured now ("Tone" of "Tone, hate"), as they stand."""
    measured = {_family(row.subject) for row in rows}
    said = page.read_text(encoding="utf-8").splitlines(keepends=True) if page.exists() else []
    table = [line for line in said if line.startswith("| ")][2:]
    return [line for line in table if _family(line[2:].split(" | ")[0]) not in measured]


def _family(subject: str) -> str:
    return subject.split(",")[0]
