"""`lapor import`: takes over reports from an export of SP4N-LAPOR! or from a replay file."""

from pathlib import Path

import click

from lapor.ops.runtime import ready


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", default="", help="Where the rows come from; default: as each row says, else sp4n-lapor.")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="File for what was refused or mended.")
@click.option("--language", type=click.Choice(["id", "en"]), default="id", show_default=True, help="Of what is said.")
def command(file: Path, source: str, report: Path | None, language: str) -> None:
    """Take over FILE (.jsonl, or "Laporan Ringkas" as .xlsx or .csv); running it again adds nothing twice."""
    with ready():
        from django.utils import translation

        from lapor.ops.importing.command import run

        with translation.override(language):
            run(file, origin=source, report=report)
