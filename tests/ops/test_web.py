"""The web's door: the next free port unless one was asked for."""

import contextlib

import click
import pytest

from lapor.ops.web import address_of, open_door


def test_the_port_asked_for_is_taken_or_refused_by_name() -> None:
    with contextlib.closing(open_door("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(click.ClickException, match=f"port {port}.*--port"):
            open_door("127.0.0.1", port)


def test_without_a_wish_the_next_free_port_is_found() -> None:
    with (
        contextlib.closing(open_door("127.0.0.1", None)) as first,
        contextlib.closing(open_door("127.0.0.1", None)) as second,
    ):
        assert first.getsockname()[1] != second.getsockname()[1]
        assert address_of(first).startswith("http://localhost:80")
