"""What `lapor export` prints."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
from django.utils import timezone
from rich.progress import track

from lapor.insights import summary
from lapor.insights.ringkas import write_summary
from lapor.kernel.errors import Refusal


def run(file: Path, institution: str, first: date, last: date) -> None:
    """Write the workbook with a progress bar and say how many reports it holds."""
    try:
        name = summary.name_of(institution)
    except Refusal as refused:
        raise click.BadParameter(str(refused.sentence), param_hint="--institution") from refused
    total = summary.count_lines(institution, first, last)
    found = track(summary.lines(institution, first, last), total=total, description=file.name)
    count = write_summary(file, found, institution=name, first=first, last=last, made_on=timezone.localdate())
    click.echo(f"{count:,} reports of {name} written to {file}")
