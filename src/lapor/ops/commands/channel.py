"""`lapor channel`: runs what a channel needs beside the worker, such as the door for e-mail."""

import click

from lapor.ops.runtime import ready


@click.command()
@click.argument("name")
def command(name: str) -> None:
    """Listen or fetch for the channel NAME until stopped; `lapor up` does it for every one that is set up."""
    with ready():
        from django.conf import settings
        from django.utils.module_loading import import_string

        from lapor.ops.loops import Loop

        if name not in settings.LAPOR_LOOPS:
            known = ", ".join(sorted(settings.LAPOR_LOOPS)) or "none"
            raise click.ClickException(f"{name} is not set up here to listen or fetch. Those that are: {known}.")
        with import_string(settings.LAPOR_LOOPS[name])() as channel:
            Loop(name, channel.work, rest=channel.rest).run()
