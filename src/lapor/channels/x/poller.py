"""Reads X's feeds: from the newest back to what was read before, page by page, each page kept before the next.

A pass that is stopped goes on with its page; what came meanwhile is newer than where the pass began, and is the next
pass's. Both feeds come newest first, and ids grow with time.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.dateparse import parse_datetime

from lapor.channels.x.api import Api, Later, Page, PageGone
from lapor.intake.queries.heard import PUBLIC
from lapor.intake.usecases.feeds import Feed, Mark, keep_mark, mark_of
from lapor.intake.usecases.keep import keep
from lapor.messaging.counters import note_down

MENTIONS, MESSAGES = "mentions", "messages"
FIRST_LOOK = timedelta(days=1)  # how far back a new installation reads
PAUSE = timedelta(minutes=1)  # between two passes
MOST_PAGES = 20  # of one feed in one round; the rest in the next
_FIELDS = {
    MENTIONS: {
        "tweet.fields": "created_at,author_id,conversation_id,in_reply_to_user_id",
        "expansions": "author_id",
        "user.fields": "username,name",
    },
    MESSAGES: {
        "dm_event.fields": "id,text,sender_id,created_at,dm_conversation_id,event_type",
        "event_types": "MessageCreate",
    },
}

log = logging.getLogger(__name__)


class Poller(AbstractContextManager["Poller"]):
    """One account's two feeds (see `lapor channel x`)."""

    rest = 15.0  # seconds

    def __init__(self) -> None:
        self._api = Api()

    def work(self, now: datetime) -> int:
        """Read what is due of both feeds; return how many messages were new."""
        feeds = (Feed("x", settings.LAPOR_X_USER_ID, name) for name in (MENTIONS, MESSAGES))
        return sum(self._read(feed, now) for feed in feeds)

    def __exit__(self, *_problem: object) -> None:
        self._api.close()

    def _read(self, feed: Feed, now: datetime) -> int:
        """Read one feed until it is read through, or a limit ends it; its mark says when to go on."""
        new = 0
        for _ in range(MOST_PAGES):
            mark = mark_of(feed, now=now)
            if mark.ask_at > now:
                break
            try:
                page = self._page(feed, mark, now)
            except PageGone:
                keep_mark(feed, Mark(now, {"since": mark.cursor.get("since", "")}), problem="a page ran out")
            except Later as later:
                self._put_off(feed, mark, later, now)
            else:
                new += _keep(feed, page, mark.cursor, now)
                keep_mark(feed, _next(mark.cursor, page, now))
        return new

    def _page(self, feed: Feed, mark: Mark, now: datetime) -> Page:
        account, cursor = feed.account, mark.cursor
        fields = {**_FIELDS[feed.name], "max_results": "100"}
        if feed.name == MENTIONS and cursor.get("since"):
            fields["since_id"] = cursor["since"]
        if cursor.get("page"):
            fields["pagination_token"] = cursor["page"]
        path = f"/2/users/{account}/mentions" if feed.name == MENTIONS else "/2/dm_events"
        return self._api.page(path, fields, now=now)

    def _put_off(self, feed: Feed, mark: Mark, later: Later, now: datetime) -> None:
        log.warning("x: %s: %s; again at %s", feed.name, later, later.at.isoformat(timespec="seconds"))
        if later.down:
            note_down(feed.channel, problem=str(later), now=now)
        keep_mark(feed, Mark(later.at, mark.cursor), problem=str(later))


def _keep(feed: Feed, page: Page, cursor: dict[str, Any], now: datetime) -> int:
    """Keep what is new of a page; return how many messages that were."""
    users = page.includes.get("users")
    names = {str(user.get("id")): user for user in users if isinstance(user, dict)} if isinstance(users, list) else {}
    new = 0
    for item in _new(page, cursor, now):
        public = feed.name == MENTIONS
        author = str(item.get("author_id" if public else "sender_id") or "")
        if author == feed.account:
            continue
        part = {"kind": feed.name, "item": item, "author": names.get(author, {})}
        kept = keep(
            channel=feed.channel,
            account=feed.account,
            provider_id=f"{PUBLIC if public else 'dm:'}{item['id']}",
            raw=json.dumps(part).encode(),
            sender=author if author.isascii() and author.isdigit() else "",
            sent_at=_written(item),
            now=now,
        )
        new += not kept.repeated
    return new


def _new(page: Page, cursor: dict[str, Any], now: datetime) -> Iterator[dict[str, Any]]:
    return (item for item in page.items if _number(item) and _is_new(item, cursor, now))


def _is_new(item: dict[str, Any], cursor: dict[str, Any], now: datetime) -> bool:
    if since := cursor.get("since"):
        return _number(item) > int(since)
    written = _written(item)
    return written is None or written > now - FIRST_LOOK


def _next(cursor: dict[str, Any], page: Page, now: datetime) -> Mark:
    """Return where to go on: the next page, or, when all that is new was read, a new pass after the newest of this."""
    newest = max([int(cursor.get("newest") or 0), *map(_number, page.items)])
    since = str(cursor.get("since") or "")
    through = bool(page.items) and not all(_is_new(item, cursor, now) for item in page.items if _number(item))
    if page.next and not through:
        following = {"since": since, "newest": str(newest), "page": page.next}
        return Mark(page.asks_at or now, following)
    return Mark(max(page.asks_at or now, now + PAUSE), {"since": str(max(newest, int(since or 0)) or "")})


def _number(item: dict[str, Any]) -> int:
    """Return an item's id; 0 for what has none."""
    id = item.get("id")
    return int(id) if isinstance(id, str) and id.isascii() and id.isdigit() and len(id) <= 25 else 0


def _written(item: dict[str, Any]) -> datetime | None:
    try:
        written = parse_datetime(str(item.get("created_at", "")))
    except ValueError:
        return None
    return written if written and written.tzinfo else None
