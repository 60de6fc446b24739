"""Calls of the YouTube Data API v3: reading by key, writing by OAuth; every call is counted before it is made.

Written from Google's reference: commentThreads.list and comments.list cost 1 unit a page, comments.insert 50; 10,000
units a day, which ends at midnight Pacific time; a call that fails costs as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from http import HTTPStatus
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from lapor.channels.http import Answer, Away, Http
from lapor.intake.usecases.feeds import spend

CHANNEL = "youtube"
PACIFIC = ZoneInfo("America/Los_Angeles")
READ, WRITE = 1, 50  # units
KEPT_FOR_WRITING = 0.2  # of the day's allowance: reading must not eat up the answers
_EARLY = timedelta(minutes=1)  # before a token runs out


class OutOfQuota(Exception):
    """Today's allowance is used up; `until` is when the next day begins."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__("YouTube: today's quota is used up")


class Failed(Exception):
    """A call failed; `reason` is Google's word, `status` 0 where no answer came; `sent`: it may have arrived."""

    def __init__(self, status: int, reason: str, *, sent: bool = True) -> None:
        self.status, self.reason, self.sent = status, reason, sent
        super().__init__(f"YouTube answered {status or 'nothing'} ({reason or 'no reason'})")


@dataclass(frozen=True)
class _Token:
    text: str
    until: datetime


class Api:
    """The Data API for one channel."""

    def __init__(self) -> None:
        self._http = Http()
        self._token: _Token | None = None

    def read(self, path: str, *, now: datetime, **fields: str) -> dict[str, Any]:
        """Return one page of a list. Raises OutOfQuota, Failed."""
        _spend(READ, now, most=1 - KEPT_FOR_WRITING)
        answer = self._ask("GET", path, params={**fields, "key": settings.LAPOR_YOUTUBE_KEY})
        return _judged(answer, now, "items")

    def write(self, path: str, body: dict[str, Any], *, now: datetime) -> dict[str, Any]:
        """Insert something and return it. Raises OutOfQuota, Failed."""
        headers = {"Authorization": f"Bearer {self._access(now)}"}
        _spend(WRITE, now)
        return _judged(self._ask("POST", path, params={"part": "snippet"}, json=body, headers=headers), now, "id")

    def close(self) -> None:
        """Hang up."""
        self._http.close()

    def _access(self, now: datetime) -> str:
        """Return a token that lets us write, fetched anew shortly before it runs out (OAuth 2.0, 6)."""
        if self._token is None or self._token.until - _EARLY <= now:
            fields = {
                "grant_type": "refresh_token",
                "client_id": settings.LAPOR_YOUTUBE_CLIENT_ID,
                "client_secret": settings.LAPOR_YOUTUBE_CLIENT_SECRET,
                "refresh_token": settings.LAPOR_YOUTUBE_REFRESH_TOKEN,
            }
            said = self._fetch("POST", settings.LAPOR_YOUTUBE_TOKEN_URL, data=fields)
            token, seconds = said.json().get("access_token"), said.json().get("expires_in")
            if not said.ok or not isinstance(token, str):
                raise Failed(said.status or 401, str(said.json().get("error", ""))[:40], sent=False)
            lasts = seconds if isinstance(seconds, int) else 0
            self._token = _Token(token, now + timedelta(seconds=lasts))
        return self._token.text

    def _ask(self, method: str, path: str, **how: Any) -> Answer:
        return self._fetch(method, f"{settings.LAPOR_YOUTUBE_API}/{path}", **how)

    def _fetch(self, method: str, url: str, **how: Any) -> Answer:
        try:
            return self._http.ask(method, url, **how)
        except Away as problem:
            raise Failed(0, str(problem), sent=problem.sent) from problem


def quota_day(now: datetime) -> date:
    """Return the day to whose allowance a call counts."""
    return now.astimezone(PACIFIC).date()


def next_day(now: datetime) -> datetime:
    """Return when the next allowance begins: midnight Pacific time."""
    return datetime.combine(quota_day(now) + timedelta(days=1), time(), PACIFIC)


def _spend(units: int, now: datetime, most: float = 1.0) -> None:
    ceiling = int(settings.LAPOR_YOUTUBE_QUOTA * most)
    if not spend(CHANNEL, units, day=quota_day(now), ceiling=ceiling):
        raise OutOfQuota(next_day(now))


def _judged(answer: Answer, now: datetime, wanted: str) -> dict[str, Any]:
    """Return what was asked for. An error in a 200 is an error."""
    said = answer.json()
    error = said.get("error")
    if answer.ok and not error and wanted in said:
        return said
    reason = _reason(error)
    if answer.status in (HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS) and reason == "quotaExceeded":
        raise OutOfQuota(next_day(now))
    raise Failed(answer.status, reason)


def _reason(error: object) -> str:
    errors = error.get("errors") if isinstance(error, dict) else None
    first = errors[0] if isinstance(errors, list) and errors else {}
    return str(first.get("reason", ""))[:40] if isinstance(first, dict) else ""
