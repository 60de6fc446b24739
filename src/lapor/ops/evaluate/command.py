"""What `lapor evaluate` prints."""

from __future__ import annotations

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


def run(folder: Path, *, past: Path | None, only: str, as_json: bool) -> bool:
    """Measure, print, and tell whether every goal was met."""
    rows: list[Row] = []
    for name, found in _measured(Data(folder, past), only):
        rows += found
        if not found:
            click.echo(f"{name}: nothing measured", err=True)
    if as_json:
        click.echo(json.dumps([dataclasses.asdict(row) | {"is_met": row.is_met} for row in rows], indent=1))
    else:
        Console().print(_table(rows))
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


def _table(rows: list[Row]) -> Table:
    table = Table("Subject", "Figure", "n", "Value", "Goal", "Baseline", "")
    for row in rows:
        goal = "" if row.goal is None else f"{'≤' if row.at_most else '≥'} {row.goal:g}"
        mark = {True: "ok", False: "missed", None: ""}[row.is_met]
        before = "" if row.baseline is None else f"{row.baseline:.3f}"
        table.add_row(row.subject, row.figure, f"{row.n:,}", f"{row.value:.3f}", goal, before, mark)
    return table
