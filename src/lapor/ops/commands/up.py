"""`lapor up`: the whole product from one command."""

import click

from lapor.ops.commands.demo import start_demo
from lapor.ops.up import bring_up


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port; without it the first free one from 8000.")
@click.option("--demo", is_flag=True, help="The same as `lapor demo`.")
def command(host: str, port: int | None, demo: bool) -> None:
    """Start database (unless DATABASE_URL is set), web, worker and clock; Ctrl-C stops all."""
    (start_demo if demo else bring_up)(host=host, port=port)
