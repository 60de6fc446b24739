"""What `lapor train` prints."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import click
from django.utils import timezone

from lapor.agencies.queries import tree
from lapor.kernel.errors import Refusal
from lapor.reports.suggested import KINDS
from lapor.triage.learning import store
from lapor.triage.training import FEWEST, Learned, TooFew, train
from lapor.triage.training_tone import ToneRefusedError, train_tones


def run(codes: Iterable[str]) -> None:
    """Learn for these institutions, or all, and say how good it is; exit code 0 also where too little is there."""
    for house in [_house(code) for code in codes] or tree.institutions():
        click.echo(f"{house.name} ({house.code})")
        for one in train(house, now=timezone.now()):
            for line in _lines(one):
                click.echo(f"  {line}")


def _lines(one: Learned | TooFew) -> tuple[str, ...]:
    if isinstance(one, TooFew):
        return (f"{one.kind}: nothing learned, {_why(one)}",)
    found = one.figures
    return (
        f"{one.kind}: version {one.version}, {one.examples:,} reports of {' to '.join(one.days)}, "
        f"{one.labels} answers, {one.seconds:.0f} s, {one.megabytes:.1f} MB",
        f"  on the newest {found.n:,}: right first {found.top1:.3f}, among three {found.top3:.3f}, "
        f"macro-F1 {found.macro_f1:.3f}, calibration error {found.error:.3f}, "
        f"answered at 90 % precision {found.coverage:.3f}",
    )


def _why(few: TooFew) -> str:
    if few.examples < FEWEST:
        return f"{few.examples:,} decided of the {FEWEST} needed"
    return f"the words of {few.examples:,} decided reports tell no two answers apart, or only the newest fifth does"


def run_tone(file: Path) -> None:
    """Learn tones from marked texts, and say how good they are on what was held out."""
    try:
        found = train_tones(file, now=timezone.now())
    except ToneRefusedError as refused:
        raise click.ClickException(str(refused)) from refused
    for one in found:
        click.echo(
            f"{one.name}: version {one.version}, {one.marked:,} marked texts; on the fifth held out precision "
            f"{one.precision:.3f}, recall {one.recall:.3f}; of own reports held out {one.alarms:.2%} are called so"
        )


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
