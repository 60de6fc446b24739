"""Feeds that a provider lets us read, page by page: how far each has been read, when to ask again, what it has cost.

`keep` commits each message for itself, by the provider's own name for it; the checkpoint is written after a page has
been kept. Whoever is stopped in between reads the page again, and nothing of it is kept twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from lapor.intake.models import Checkpoint, QuotaDay


@dataclass(frozen=True)
class Feed:
    """One feed of one account, as "x", "2244994945", "mentions"."""

    channel: str
    account: str
    name: str


@dataclass(frozen=True)
class Mark:
    """Where to go on, in the provider's words, and not before when."""

    ask_at: datetime
    cursor: dict[str, Any] = field(default_factory=dict)


def mark_of(feed: Feed, *, now: datetime) -> Mark:
    """Return how far a feed has been read; one that never was begins now, with an empty cursor."""
    kept = Checkpoint.objects.filter(channel=feed.channel, account=feed.account, feed=feed.name).first()
    return Mark(kept.ask_at, kept.cursor) if kept else Mark(now)


def keep_mark(feed: Feed, mark: Mark, *, problem: str = "") -> None:
    """Write how far a feed has been read, once what was read is kept; `problem` is why it waits, for the operator."""
    Checkpoint.objects.update_or_create(
        channel=feed.channel,
        account=feed.account,
        feed=feed.name,
        defaults={"cursor": mark.cursor, "ask_at": mark.ask_at, "problem": problem[:300]},
    )


@transaction.atomic
def spend(channel: str, units: int, *, day: date, ceiling: int) -> bool:
    """Count what a request will cost, before it is sent; False, and nothing counted, where that is over the ceiling."""
    QuotaDay.objects.get_or_create(channel=channel, day=day)
    room = QuotaDay.objects.filter(channel=channel, day=day, used__lte=ceiling - units)
    return room.update(used=F("used") + units) > 0


def spent(channel: str, *, day: date) -> int:
    """Return what has been used of a day's allowance."""
    return QuotaDay.objects.filter(channel=channel, day=day).values_list("used", flat=True).first() or 0
