"""`lapor demo`: the product with institutions, people and reports to play with."""

import os
from urllib.parse import quote

import click

from lapor.kernel import state
from lapor.ops.up import bring_up, say


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port; without it the first free one from 8000.")
def command(host: str, port: int | None) -> None:
    """Start everything with demo data and a one-click sign-in; the second start finds what you did."""
    start_demo(host=host, port=port)


def start_demo(*, host: str, port: int | None) -> None:
    """Bring everything up as a demo: mail goes to files, the cast signs in without passwords."""
    os.environ["LAPOR_DEMO"] = "yes"
    os.environ.setdefault("LAPOR_MAIL", f"file://{quote(str(state.folder() / 'mail'))}")
    bring_up(host=host, port=port, prepare=_fill)


def _fill() -> None:
    from lapor.ops.demo import fill

    fill(say)
