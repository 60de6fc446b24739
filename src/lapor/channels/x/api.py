"""Calls of the X API v2 in the account's name (OAuth 1.0a user context: these tokens do not run out).

Written from X's reference: /2/users/:id/mentions, /2/dm_events, /2/tweets, /2/dm_conversations/with/:id/messages, and
its page on rate limits: 429 and `x-rate-limit-reset` (seconds since 1970).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

from authlib.integrations.requests_client import OAuth1Auth
from django.conf import settings

from lapor.channels.http import Answer, Away, Http
from lapor.messaging.channel import ChannelDown, Refused, SendingFailed, TryLater

LONGEST_TWEET = 280
QUARTER = timedelta(minutes=15)  # in which X counts requests


class Later(Exception):
    """The feed cannot be read now: ask again at `at`. The words are for the operator; `down`: it is no mere limit."""

    def __init__(self, words: str, at: datetime, *, down: bool = True) -> None:
        self.at, self.down = at, down
        super().__init__(words)


class PageGone(Exception):
    """X no longer knows the page that we were to go on with."""


@dataclass(frozen=True)
class Page:
    """One page of a feed, newest first; `asks_at` is set where the limit is used up with it."""

    items: list[dict[str, Any]]
    includes: dict[str, Any]
    next: str
    asks_at: datetime | None


class Api:
    """The API in one account's name."""

    def __init__(self) -> None:
        self._http = Http()
        names = ("LAPOR_X_KEY", "LAPOR_X_SECRET", "LAPOR_X_TOKEN", "LAPOR_X_TOKEN_SECRET")
        self._auth = OAuth1Auth(*(getattr(settings, name) for name in names))

    def page(self, path: str, fields: dict[str, str], *, now: datetime) -> Page:
        """Return one page of a feed. Raises Later, and PageGone."""
        try:
            answer = self._ask("GET", path, params=fields)
        except Away as problem:
            raise Later(f"X: {problem}", now + timedelta(minutes=1)) from problem
        if answer.status == HTTPStatus.BAD_REQUEST and "pagination_token" in fields:
            raise PageGone
        if not answer.ok:
            at, down = _when(answer, now)
            raise Later(f"X answered {answer.status}", at, down=down)
        said = answer.json()
        meta, items = said.get("meta"), said.get("data", [])
        if not isinstance(meta, dict) or not isinstance(items, list):  # 200 with an error in it
            raise Later("X answered something that is no page", now + timedelta(minutes=1))
        includes, following = said.get("includes"), meta.get("next_token")
        return Page(
            items=[one for one in items if isinstance(one, dict)],
            includes=includes if isinstance(includes, dict) else {},
            next=following if isinstance(following, str) else "",
            asks_at=_reset(answer) if answer.headers.get("x-rate-limit-remaining") == "0" else None,
        )

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Post, and return the `data` of the answer. Raises SendingFailed; a tweet that is there already returns {}."""
        try:
            answer = self._ask("POST", path, json=body)
        except Away as problem:
            raise (TryLater if problem.sent else ChannelDown)(f"X: {problem}") from problem
        refusal = _judged(answer)
        if refusal is not None:
            raise refusal
        data = answer.json().get("data")
        return data if isinstance(data, dict) else {}

    def close(self) -> None:
        """Hang up."""
        self._http.close()

    def _ask(self, method: str, path: str, *, params: dict[str, str] | None = None, json: Any = None) -> Answer:
        return self._http.ask(method, f"{settings.LAPOR_X_API}{path}", params=params, json=json, auth=self._auth)


def _judged(answer: Answer) -> SendingFailed | None:
    words = f"X answered {answer.status}"
    said = answer.json()
    if answer.ok:
        return None if isinstance(said.get("data"), dict) else TryLater("X answered something that is no answer")
    if answer.status == HTTPStatus.FORBIDDEN and "duplicate content" in str(said.get("detail", "")):
        return None  # said before, and the answer was lost on its way
    if answer.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.PAYMENT_REQUIRED):
        return ChannelDown(words)
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR or answer.status < HTTPStatus.BAD_REQUEST:
        return TryLater(words)
    return Refused(words)


def _when(answer: Answer, now: datetime) -> tuple[datetime, bool]:
    """Return when to ask again after a failure, and whether X is away rather than tired of us."""
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        return max(_reset(answer) or now + QUARTER, now + timedelta(seconds=1)), False
    mine = answer.status < HTTPStatus.INTERNAL_SERVER_ERROR
    return now + (QUARTER if mine else timedelta(minutes=1)), True


def _reset(answer: Answer) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(answer.headers.get("x-rate-limit-reset", "")), tz=UTC)
    except (ValueError, OverflowError, OSError):
        return None
