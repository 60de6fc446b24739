"""What `lapor import` prints."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import click
from django.utils import timezone
from django.utils.translation import gettext as _
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from lapor.ops.foundation import prepare_database
from lapor.ops.importing.account_file import place_beside, write_problems
from lapor.ops.importing.files import open_source
from lapor.ops.importing.problems import FileRefusedError
from lapor.ops.importing.run import Account, import_file, survey


def run(file: Path, *, origin: str, report: Path | None) -> None:
    """Import with a progress bar, then say in figures what came of it; exit code 1 when the file cannot be read."""
    try:
        source = open_source(file)
        prepare_database(click.echo)
        total, directory = survey(source)
        began = time.monotonic()
        with _progress() as progress:
            task = progress.add_task(file.name, total=total)
            account = import_file(
                source,
                directory,
                now=timezone.now(),
                origin=origin,
                advanced=lambda rows: progress.advance(task, rows),
            )
    except FileRefusedError as refused:
        raise click.ClickException(str(refused)) from refused
    _say(account, time.monotonic() - began)
    if account.problems or report:
        path = report or place_beside(file)
        write_problems(path, account.problems)
        click.echo(_("Each refused and mended row: %(path)s") % {"path": path})


def _progress() -> Progress:
    return Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())


def _say(account: Account, seconds: float) -> None:
    told = {
        "rows": account.rows,
        "seconds": round(seconds, 1),
        "rate": round(account.rows / max(seconds, 0.001)),
        "added": account.added,
        "already": account.already,
        "refused": account.refused,
        "mended": account.repaired,
    }
    click.echo(_("%(rows)d rows in %(seconds)s s, %(rate)d a second.") % told)
    click.echo(_("%(added)d added, %(already)d already here, %(refused)d refused, %(mended)d mended.") % told)
    reasons = Counter((p.column, p.reason) for p in account.problems if p.verdict == "refused")
    for (column, reason), n in reasons.most_common():
        click.echo(f"  {n:,} × {column + ': ' if column else ''}{reason}")
    if account.still_open:
        click.echo(
            _(
                "Still open: %(n)d. Their clocks count from the day they came in there: "
                "what is overdue will be recorded, and may be escalated, by the next sweep."
            )
            % {"n": account.still_open}
        )
