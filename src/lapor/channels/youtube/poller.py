"""Reads the comments on a channel's videos: newest threads first, back to what was read before, and their answers.

A new answer does not bring an old thread back to the front, so once a day the threads of a week are read again; what
is kept already is noticed by its id.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.dateparse import parse_datetime

from lapor.channels.youtube.api import CHANNEL, Api, Failed, OutOfQuota
from lapor.intake.queries.heard import PUBLIC
from lapor.intake.usecases.feeds import Feed, Mark, keep_mark, mark_of
from lapor.intake.usecases.keep import keep, kept_already
from lapor.messaging.counters import note_down

FIRST_LOOK = timedelta(days=1)
OVERLAP = timedelta(minutes=10)  # comments appear a little later than they say, some after a check for spam
LOOK_BACK, EVERY = timedelta(days=7), timedelta(days=1)
REFUSED_PAUSE, PAUSE = timedelta(minutes=15), timedelta(minutes=1)
MOST_PAGES = 20  # in one round

log = logging.getLogger(__name__)


class Poller(AbstractContextManager["Poller"]):
    """One channel's comments (see `lapor channel youtube`)."""

    rest = 30.0  # seconds

    def __init__(self) -> None:
        self._api = Api()

    def work(self, now: datetime) -> int:
        """Read what is due; return how many comments were new."""
        feed, new = Feed(CHANNEL, settings.LAPOR_YOUTUBE_CHANNEL_ID, "comments"), 0
        for _ in range(MOST_PAGES):
            mark = mark_of(feed, now=now)
            if mark.ask_at > now:
                break
            new += self._round(feed, mark, now)
        return new

    def __exit__(self, *_problem: object) -> None:
        self._api.close()

    def _round(self, feed: Feed, mark: Mark, now: datetime) -> int:
        cursor = mark.cursor if mark.cursor.get("until") else _begun(mark.cursor, now)
        try:
            page = self._page(feed, cursor, now)
            comments = list(self._comments(page, now))
        except OutOfQuota as problem:
            log.warning("youtube: %s; again at %s", problem, problem.until.isoformat(timespec="minutes"))
            keep_mark(feed, Mark(problem.until, cursor), problem=str(problem))
            return 0
        except Failed as problem:
            return self._put_off(feed, cursor, problem, now)
        known = kept_already(CHANNEL, feed.account, {_name(comment) for comment in comments})
        new = sum(_keep(feed, comment, now) for comment in comments if _name(comment) not in known)
        keep_mark(feed, _next(cursor, page, now))
        return new

    def _page(self, feed: Feed, cursor: dict[str, Any], now: datetime) -> dict[str, Any]:
        fields = {
            "part": "snippet,replies",
            "allThreadsRelatedToChannelId": feed.account,
            "order": "time",
            "maxResults": "100",
            "textFormat": "plainText",
        }
        if cursor.get("page"):
            fields["pageToken"] = str(cursor["page"])
        return self._api.read("commentThreads", now=now, **fields)

    def _comments(self, page: dict[str, Any], now: datetime) -> Iterator[dict[str, Any]]:
        """Yield each comment of a page, and the answers to it; those that the page leaves out are asked for."""
        for thread in _objects(page, "items"):
            snippet, shown = _object(thread, "snippet"), _objects(_object(thread, "replies"), "comments")
            yield _object(snippet, "topLevelComment")
            total = snippet.get("totalReplyCount")
            if isinstance(total, int) and total > len(shown):
                yield from self._answers(str(thread.get("id", "")), now)
            else:
                yield from shown

    def _answers(self, thread: str, now: datetime) -> Iterator[dict[str, Any]]:
        following = ""
        while True:
            more = {"pageToken": following} if following else {}
            fields = {"part": "snippet", "parentId": thread, "maxResults": "100", "textFormat": "plainText", **more}
            page = self._api.read("comments", now=now, **fields)
            yield from _objects(page, "items")
            following = str(page.get("nextPageToken") or "")
            if not following:
                return

    def _put_off(self, feed: Feed, cursor: dict[str, Any], problem: Failed, now: datetime) -> int:
        refused = 400 <= problem.status < 500
        if cursor.get("page") and problem.reason in ("invalidPageToken", "processingFailure"):
            keep_mark(feed, Mark(now + PAUSE, {**cursor, "page": ""}), problem="a page ran out")
            return 0
        log.warning("youtube: %s", problem)
        note_down(CHANNEL, problem=str(problem), now=now)
        keep_mark(feed, Mark(now + (REFUSED_PAUSE if refused else PAUSE), cursor), problem=str(problem))
        return 0


def _begun(cursor: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Return the cursor of a new pass: `until` is how far back it goes."""
    since, looked = _moment(cursor.get("since")), _moment(cursor.get("looked"))
    if since is None:
        return {"until": (now - FIRST_LOOK).isoformat(), "looked": now.isoformat()}
    if looked is None or now - looked >= EVERY:
        return {"since": cursor.get("since"), "until": (now - LOOK_BACK).isoformat(), "looked": now.isoformat()}
    return {**cursor, "until": (since - OVERLAP).isoformat()}


def _next(cursor: dict[str, Any], page: dict[str, Any], now: datetime) -> Mark:
    """Return where to go on: the next page, or a new pass when this one has come back far enough."""
    threads = [_object(_object(thread, "snippet"), "topLevelComment") for thread in _objects(page, "items")]
    times = [moment for thread in threads if (moment := _written(thread))]
    newest = max([*times, _moment(cursor.get("newest")) or _moment(cursor.get("since")) or now - FIRST_LOOK])
    following, until = page.get("nextPageToken"), _moment(cursor.get("until"))
    if isinstance(following, str) and following and not (times and until and min(times) < until):
        return Mark(now, {**cursor, "newest": newest.isoformat(), "page": following})
    return Mark(now + _pause(), {"since": newest.isoformat(), "looked": cursor.get("looked")})


def _pause() -> timedelta:
    """Return how long to rest between two passes, so that reading all day stays within half of the allowance."""
    return max(timedelta(seconds=int(settings.LAPOR_YOUTUBE_EVERY)), PAUSE)


def _keep(feed: Feed, comment: dict[str, Any], now: datetime) -> bool:
    """Keep one comment; tell whether it was new."""
    author = str(_object(_object(comment, "snippet"), "authorChannelId").get("value") or "")
    if not comment.get("id") or author == feed.account:
        return False
    kept = keep(
        channel=CHANNEL,
        account=feed.account,
        provider_id=_name(comment),
        raw=json.dumps({"kind": "comment", "item": comment}).encode(),
        sender=author if author.isascii() and author.isprintable() else "",
        sent_at=_written(comment),
        now=now,
    )
    return not kept.repeated


def _name(comment: dict[str, Any]) -> str:
    return f"{PUBLIC}{comment.get('id') or ''}"


def _written(comment: dict[str, Any]) -> datetime | None:
    return _moment(_object(comment, "snippet").get("publishedAt"))


def _moment(written: object) -> datetime | None:
    try:
        found = parse_datetime(written) if isinstance(written, str) else None
    except ValueError:
        return None
    return found.replace(tzinfo=found.tzinfo or UTC) if found else None


def _object(found: dict[str, Any], name: str) -> dict[str, Any]:
    value = found.get(name)
    return value if isinstance(value, dict) else {}


def _objects(found: dict[str, Any], name: str) -> list[dict[str, Any]]:
    value = found.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
