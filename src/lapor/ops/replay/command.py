"""What `lapor replay` prints: progress, then the register of the period."""

from __future__ import annotations

import signal
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from lapor.kernel.shares import percent
from lapor.ops.importing.problems import FileRefusedError
from lapor.ops.replay.result import Result
from lapor.ops.replay.scratch import NoScratchError
from lapor.ops.replay.shadow import page
from lapor.ops.replay.shard import Order
from lapor.ops.replay.speeds import USUAL, Speeds, SpeedsError
from lapor.ops.replay.theatre import StageError, audition, perform
from lapor.sop.profile import NoSuchProfile, shipped_profiles
from lapor.sop.vocabulary import ArchiveReason, Channel, Clock, CloseReason, Status, Word


def run(
    *,
    file: Path,
    first: date,
    last: date,
    sources: tuple[str, ...],
    speed: Path | None,
    profile: str,
    seed: str,
    register: Path | None,
    processes: int,
    shadow: Path | None = None,
) -> None:
    """Play, print the register and its SHA-256, and write it and the page of suggestions (`shadow`) where wanted."""
    order = Order(
        file=str(file.absolute()),
        first=first.isoformat(),
        last=last.isoformat(),
        sources=tuple(sorted(sources)),
        seed=seed,
        speed=str((speed or USUAL).absolute()),
        share=0,
        shares=processes,
    )
    began = time.monotonic()
    # A plain kill ends like Ctrl-C: the scratch databases go.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        Speeds.read(Path(order.speed))
        shipped_profiles().versions(profile)
        with TemporaryDirectory(prefix="lapor-shadow-") as models:
            result = _performed(replace(order, models=models) if shadow else order, profile)
    except (FileRefusedError, SpeedsError, NoSuchProfile, StageError, NoScratchError) as refused:
        raise click.ClickException(str(refused)) from refused
    show(result, Console())
    if register:
        result.write(register)
        click.echo(f"Register: {register}")
    if shadow:
        shadow.write_text(page(result, Speeds.read(Path(order.speed))), encoding="utf-8")
        click.echo(f"Shadow: {shadow}")
    click.echo(f"SHA-256 of the register: {result.digest()}")
    click.echo(
        f"{result.played['filed']:,} reports, {result.played['steps']:,} steps in {time.monotonic() - began:.0f} s"
    )


def _performed(order: Order, profile: str) -> Result:
    total, unread = audition(order)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns) as progress:
        task = progress.add_task("Setting the stage", total=total)
        result = perform(
            order,
            profile,
            filed=lambda n: progress.advance(task, n),
            staged=lambda: progress.update(task, description="Reports filed"),
        )
        progress.update(task, completed=total)
    result.refused.update(unread)
    return result


def show(result: Result, console: Console) -> None:
    """Print the register's main tables."""
    channels = result.total("received")
    standing = Table("Status", *(_name(Channel, channel) for channel in channels), "all", title="Where reports stand")
    for status, n in result.total("standing").items():
        cells = [_standing(result, status, channel) for channel in channels]
        standing.add_row(_name(Status, status), *(f"{cell:,}" for cell in cells), f"{n:,}")
    standing.add_row("all", *(f"{n:,}" for n in channels.values()), f"{sum(channels.values()):,}")
    console.print(standing)
    console.print(_clocks(result))
    for title, section, words in (("Closed", "closed", CloseReason), ("Archived", "archived", ArchiveReason)):
        console.print(_counts(title, result.total(section), words))
    console.print(f"Escalated to the Ombudsman: {sum(result.total('escalated').values()):,}")
    console.print(
        f"Refused: {result.refused or 'none'}; overtaken: {result.overtaken or 'none'}; set aside: {result.set_aside}"
    )


def _standing(result: Result, status: str, channel: str) -> int:
    return sum(
        n for (section, _, *keys), n in result.figures.items() if section == "standing" and keys == [status, channel]
    )


def _clocks(result: Result) -> Table:
    table = Table("Clock", "in time", "late", "running", "on-time rate", "breaches", title="Clocks (S5)")
    breaches = result.total("breaches")
    for clock, shares in result.rates().items():
        runs = [
            sum(n for (s, _, *keys), n in result.figures.items() if s == "clocks" and keys == [clock, outcome])
            for outcome in ("on_time", "late", "running")
        ]
        table.add_row(
            _name(Clock, clock), *(f"{n:,}" for n in runs), percent(shares["all"]), f"{breaches.get(clock, 0):,}"
        )
    return table


def _counts(title: str, counts: dict[str, int], words: type[Word]) -> Table:
    table = Table(title, "reports")
    for code, n in counts.items():
        table.add_row(_name(words, code), f"{n:,}")
    return table


def _name(words: type[Word], code: str) -> str:
    return words(code).en if code else "-"
