"""`lapor sweep`: does once what the clock does all day, for cron and for the curious."""

import click

from lapor.ops.runtime import ready


@click.command()
def command() -> None:
    """Do everything that is due now, say what was done, and end."""
    with ready():
        from django.utils import timezone

        from lapor.reports.usecases.sweep import sweep

        acted = breached = set_aside = 0
        while True:
            result = sweep(now=timezone.now())
            acted, breached, set_aside = (
                acted + result.acted,
                breached + result.breached,
                set_aside + result.set_aside,
            )
            if not result.acted + result.breached + result.set_aside:
                break
        click.echo(f"{acted} steps taken, {breached} breaches recorded, {set_aside} cases set aside")
