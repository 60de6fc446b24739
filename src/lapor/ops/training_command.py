"""What `lapor train` prints."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import click
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from lapor.agencies.queries import tree
from lapor.kernel.errors import Refusal
from lapor.triage.learning import store
from lapor.triage.training import FEWEST, KINDS, Learned, TooFew, train


def run(codes: Iterable[str]) -> None:
    """Learn for these institutions, or all, and print one table; exit code 0 also where too little is there."""
    houses = [_house(code) for code in codes] or tree.institutions()
    table = Table("Institution", "Learned", "Version", "Reports", "Answers", "Days", "Right", "In three", "Macro-F1",
                  "Calibration error", "At 90 %", "Seconds", "MB", title="Measured on the newest fifth")  # fmt: skip
    for house in houses:
        click.echo(f"{house.name} ...")
        for one in train(house, now=timezone.now()):
            table.add_row(house.code, *_cells(one))
    Console().print(table)


def _cells(one: Learned | TooFew) -> tuple[str, ...]:
    if isinstance(one, TooFew):
        return one.kind, "-", f"{one.examples:,}", f"nothing: fewer than {FEWEST} decided, or all alike"
    found = one.figures
    shares = (found.top1, found.top3, found.macro_f1, found.error, found.coverage)
    counts = (str(one.version), f"{one.examples:,}", str(one.labels), " to ".join(one.days))
    return (one.kind, *counts, *(f"{share:.3f}" for share in shares), f"{one.seconds:.0f}", f"{one.megabytes:.1f}")


def export_models(code: str, folder: Path) -> None:
    """Copy the newest version of each kind to a folder; says what lies in the files."""
    house = _house(code)
    kept = [found for kind in KINDS if (found := store.newest(house.code, kind))]
    if not kept:
        raise click.ClickException(f"Nothing was learned for {house.name} yet: run lapor train first.")
    folder.mkdir(parents=True, exist_ok=True)
    for one in kept:
        for path in (one.path, one.path.with_suffix(".json")):
            click.echo(shutil.copy(path, folder))
    click.echo("These files hold single words of past reports. Pass them on as you would pass on the reports.")


def _house(code: str) -> tree.AgencyInfo:
    try:
        house = tree.get_agency(code)
    except Refusal as refused:
        raise click.BadParameter(str(refused.sentence), param_hint="--institution") from refused
    if house.kind != "institution":
        raise click.BadParameter(f"{house.name} is not an institution.", param_hint="--institution")
    return house
