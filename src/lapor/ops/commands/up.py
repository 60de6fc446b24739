"""`lapor up`: the whole product from one command."""

import click

from lapor.ops.up import bring_up


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port; without it the first free one from 8000.")
def command(host: str, port: int | None) -> None:
    """Start database (unless DATABASE_URL is set), web, worker and clock; Ctrl-C stops all."""
    bring_up(host=host, port=port)
