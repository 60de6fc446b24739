"""`lapor replay`: plays a stream of complaints through the product with a virtual clock."""

import os
from datetime import datetime
from pathlib import Path

import click

from lapor.ops.runtime import ready

DAY = click.DateTime(formats=["%Y-%m-%d"])
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def check_place(path: object, option: str, file: object) -> None:
    """Refuse a page that could not be written, before the hours of a play: nobody would read what came of them."""
    if not isinstance(path, Path):
        return
    if path.absolute() == Path(str(file)).absolute():
        raise click.BadParameter("is the file to be played; it would be overwritten", param_hint=option)
    if not path.absolute().parent.is_dir():
        raise click.BadParameter(f"there is no folder {path.absolute().parent}", param_hint=option)
    if not os.access(path if path.exists() else path.absolute().parent, os.W_OK):
        raise click.BadParameter(f"{path} may not be written", param_hint=option)


@click.command()
@click.argument("file", type=FILE)
@click.option("--from", "first", type=DAY, required=True, help="First day on which reports come in.")
@click.option("--to", "last", type=DAY, required=True, help="Last day, included; the clock stops after its night.")
@click.option("--source", "sources", multiple=True, help="Only rows of this source; may be given several times.")
@click.option("--speed", type=FILE, help="How fast the desks are (TOML); default: the usual speeds.")
@click.option("--profile", default="nasional", show_default=True, help="SOP profile of the institutions.")
@click.option("--seed", default="1", show_default=True, help="Another seed draws other delays and turns.")
@click.option("--register", type=click.Path(dir_okay=False, path_type=Path), help="Register file (.json or .xlsx).")
@click.option(
    "--shadow",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Learn from what came before --from, write suggestions beside each choice, and a Markdown page about both.",
)
@click.option("--processes", type=click.IntRange(1, 32), default=min(4, os.cpu_count() or 1), show_default=True)
def command(first: datetime, last: datetime, **options: object) -> None:
    """Play FILE through submission, desks, clocks and sweeps, in databases that are dropped afterwards.

    The real data is never touched. The same command gives the same register, to the byte.
    """
    if last < first:
        raise click.BadParameter("is before --from", param_hint="--to")
    for option in ("register", "shadow"):
        check_place(options[option], f"--{option}", options["file"])
    with ready():
        from django.utils import translation

        from lapor.ops.replay.command import run

        with translation.override("en"):  # the register is the same to the byte, whoever plays it
            run(first=first.date(), last=last.date(), **options)  # type: ignore[arg-type]
