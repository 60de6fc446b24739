"""`lapor evaluate`: how good the text help and the suggestions are, on a folder of real data."""

import sys
from pathlib import Path

import click

from lapor.ops.runtime import configure

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument("folder", type=FOLDER)
@click.option("--past", type=FOLDER, help="Learn from this folder and ask all of FOLDER; default: its newest fifth.")
@click.option("--only", default="", help="Only the measures whose module's name holds this word.")
@click.option("--json", "as_json", is_flag=True, help="Print the rows as JSON, for programs.")
@click.option(
    "--page", type=click.Path(dir_okay=False, path_type=Path), help="Write the table to this Markdown file too."
)
def command(folder: Path, past: Path | None, only: str, as_json: bool, page: Path | None) -> None:
    """Print one table with every figure, its goal and the baseline; exit code 1 when a goal is missed.

    The data are only read. What is absent is named and skipped.
    """
    configure()
    from lapor.ops.evaluate.command import run

    sys.exit(0 if run(folder, past=past, only=only, as_json=as_json, page=page) else 1)
