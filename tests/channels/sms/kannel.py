"""A stand-in for Kannel on loopback: its sendsms, and a telephone that writes to us as Kannel's get-url does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.test import Client
from django.utils import timezone

from lapor.intake.answers import drain_answers
from lapor.intake.usecases.understand import understand_due
from lapor.messaging import drain

SECRET = "secret-between-kannel-and-us"
Answer = tuple[int, str]
ACCEPTED: Answer = (202, "0: Accepted for delivery")


class Gateway:
    """Keeps every message it was given, and answers as `script` says."""

    def __init__(self) -> None:
        self.sent: list[dict[str, str]] = []
        self.script: Callable[[dict[str, str]], Answer] = lambda _fields: ACCEPTED
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        """Return the address of sendsms."""
        return f"http://127.0.0.1:{self._server.server_port}/cgi-bin/sendsms"

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                fields = dict(parse_qsl(urlsplit(self.path).query, keep_blank_values=True))
                status, words = gateway.script(fields)
                if (status, words) == ACCEPTED:
                    gateway.sent.append(fields)
                self.send_response(status)
                self.end_headers()
                self.wfile.write(words.encode())

            def log_message(self, *_args: Any) -> None:
                """Say nothing."""

        return Handler


class Telephone:
    """One person's telephone: writes to 1708, and reads what came back."""

    _ids = count(1)

    def __init__(self, gateway: Gateway, number: str) -> None:
        self._gateway, self.number, self._read = gateway, number, 0

    def writes(self, text: str, now: datetime) -> str:
        """Send a message, let the worker do its rounds, and return everything that came back."""
        assert knock(text=text.encode(), **{"from": self.number}).status_code == 200
        return self.hears(now)

    def hears(self, now: datetime) -> str:
        """Return what came since it was last looked at."""
        while understand_due(now=now, worker="test") + drain(now=now, worker="test") + drain_answers(now=now):
            pass
        mine = [message["text"] for message in self._gateway.sent if message["to"] == self.number]
        new, self._read = mine[self._read :], len(mine)
        return "\n".join(new)


def work() -> int:
    """Do one round of the worker, by the clock as it runs."""
    now = timezone.now()
    return understand_due(now=now, worker="test") + drain(now=now, worker="test") + drain_answers(now=now)


def knock(path: str = "masuk", **fields: Any) -> Any:
    """Ask one of our addresses as Kannel would."""
    given = {"id": f"uuid-{next(Telephone._ids)}", "smsc": "telkomsel", "to": "1708", "coding": "0", "secret": SECRET}
    return Client().get(f"/kanal/sms/{path}/?{urlencode(given | fields)}")
