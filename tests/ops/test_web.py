"""The web's door: the next free port unless one was asked for."""

import contextlib
from urllib.parse import quote

import click
import pytest
from gunicorn.config import Config  # type: ignore[import-untyped]
from gunicorn.http.errors import LimitRequestLine  # type: ignore[import-untyped]
from gunicorn.http.message import Request  # type: ignore[import-untyped]
from gunicorn.http.unreader import IterUnreader  # type: ignore[import-untyped]

from lapor.channels.sms.wire import LONGEST_QUERY
from lapor.config import server
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


def asked(query: str) -> str:
    """Return the query that our web server understands."""
    config = Config()
    config.set("limit_request_line", server.limit_request_line)
    sent = f"GET /kanal/sms/masuk/?{query} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    pieces = (sent[at : at + 8192] for at in range(0, len(sent), 8192))
    return str(Request(config, IterUnreader(pieces), ("127.0.0.1", 1)).query)


def test_the_longest_short_message_gets_through_the_web_server() -> None:
    longest = f"text={quote(('ꦲ' * 67 * 255).encode('utf-16-be'))}"

    assert asked(longest) == longest
    assert len(longest) < LONGEST_QUERY
    with pytest.raises(LimitRequestLine):
        asked("x" * server.LONGEST_LINE)
