"""`lapor export`: the "Laporan Ringkas" workbook of an institution and a period."""

from datetime import datetime
from pathlib import Path

import click

from lapor.ops.runtime import ready

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--institution", required=True, metavar="CODE", help="Code of the institution, for example kota-mataram.")
@click.option("--from", "first", type=DAY, required=True, help="First local day on which reports came in.")
@click.option("--to", "last", type=DAY, required=True, help="Last local day, included.")
def command(file: Path, institution: str, first: datetime, last: datetime) -> None:
    """Write the reports of an institution to FILE (.xlsx), in the national layout, without any reporter's name."""
    if last < first:
        raise click.BadParameter("is before --from", param_hint="--to")
    with ready():
        from lapor.ops.exporting_command import run

        run(file, institution, first.date(), last.date())
