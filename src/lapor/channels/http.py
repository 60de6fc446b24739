"""Requests to a provider's API: bounded in time and size, no redirects, no proxy; an answer, or `Away`."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import requests
from requests.auth import AuthBase

TIMEOUT = (5.0, 15.0)  # seconds to connect, and for each wait on the answer
WHOLE = 60.0  # seconds for one answer, however slowly it drips
LARGEST = 4 * 1024 * 1024  # bytes of an answer that is no file
_CHUNK = 64 * 1024


class Away(Exception):
    """No answer: unreachable, TLS refused, too slow. `sent` tells that the provider may have got the request.

    The words name no address and quote nothing.
    """

    def __init__(self, words: str, *, sent: bool = False) -> None:
        self.sent = sent
        super().__init__(words)


class TooMuch(Away):
    """The answer has more bytes than it may have."""


@dataclass(frozen=True)
class Answer:
    """What came back, whole; `headers` have lower-case names."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def ok(self) -> bool:
        """Tell whether the status says that it went well; the body may still say otherwise."""
        return HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES

    def json(self) -> dict[str, Any]:
        """Return the body as an object; empty for whatever is none."""
        try:
            read = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return read if isinstance(read, dict) else {}


class Http:
    """One connection pool to a provider; each request says for itself who asks."""

    def __init__(self) -> None:
        self._session: requests.Session | None = None

    def ask(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        json: Any = None,
        data: Mapping[str, str] | None = None,
        auth: AuthBase | None = None,
        largest: int = LARGEST,
    ) -> Answer:
        """Ask and return the whole answer, whatever its status. Raises Away, and TooMuch beyond `largest` bytes."""
        session = self._open()
        try:
            answer = session.request(
                method, url, headers=dict(headers or {}), params=params, json=json, data=data, auth=auth,
                timeout=TIMEOUT, allow_redirects=False, stream=True,
            )  # fmt: skip
            with answer:
                return Answer(answer.status_code, _lower(answer.headers), _body(answer, largest))
        except requests.exceptions.SSLError as problem:
            raise Away("TLS was refused") from problem
        except requests.ConnectTimeout as problem:
            raise Away("it does not answer") from problem
        except requests.Timeout as problem:
            raise Away("it takes too long", sent=True) from problem
        except requests.ConnectionError as problem:
            raise Away("it cannot be reached") from problem
        except (requests.RequestException, ValueError) as problem:
            raise Away(f"the answer is broken ({type(problem).__name__})", sent=True) from problem

    def close(self) -> None:
        """Hang up; the next request calls again."""
        if self._session is not None:
            self._session.close()
            self._session = None

    def _open(self) -> requests.Session:
        if self._session is None:
            self._session = requests.Session()
            self._session.trust_env = False  # no proxy reads along, and no .netrc adds a password
        return self._session


def _body(answer: requests.Response, largest: int) -> bytes:
    until, body = time.monotonic() + WHOLE, bytearray()
    for chunk in answer.iter_content(_CHUNK):
        body += chunk
        if len(body) > largest:
            raise TooMuch("the answer is too large", sent=True)
        if time.monotonic() > until:
            raise Away("it takes too long", sent=True)
    return bytes(body)


def _lower(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}
