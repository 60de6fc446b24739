"""`lapor sweep`: does once what the clock does all day, for cron and for the curious."""

import click

from lapor.ops.runtime import ready


@click.command()
def command() -> None:
    """Do everything that is due now, say what was done, and end."""
    with ready():
        from django.utils import timezone

        from lapor.reports.usecases.sweep import sweep_all

        done = sweep_all(now=timezone.now())
        click.echo(f"{done.acted} steps taken, {done.breached} breaches recorded, {done.set_aside} cases set aside")
