"""The counters of the channels: kept as things happen, so that the page of their health looks through nothing."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from django.db import connection

from lapor.messaging.models import ChannelHealth

FIGURES = (
    "inbound", "sent", "delivered", "read", "failed", "unknown", "parts", "cost", "refused", "stale", "oversized",
)  # fmt: skip
ZONE = ZoneInfo("Asia/Jakarta")
_SAID = {
    "refused": "a request without the right signature or secret was refused",
    "stale": "a message came days after it was sent",
    "oversized": "a request was too large",
}
log = logging.getLogger(__name__)


def day_of(now: datetime) -> date:
    """Return the day on which a moment counts."""
    return now.astimezone(ZONE).date()


def count(channel: str, *, now: datetime, **more: int) -> None:
    """Add to a channel's figures of the day, such as `sent=1, parts=2, cost=700`. One write, none for nothing."""
    if not any(more.values()):
        return
    names = [name for name in FIGURES if more.get(name)]
    columns, values = ", ".join(FIGURES), [more.get(name, 0) for name in FIGURES]
    sums = ", ".join(f"{name} = messaging_channelday.{name} + EXCLUDED.{name}" for name in names)
    marks = ", ".join(["%s"] * (len(FIGURES) + 2))
    with connection.cursor() as cursor:  # every name is one of FIGURES
        cursor.execute(
            f"INSERT INTO messaging_channelday (channel, day, {columns}) VALUES ({marks}) "  # noqa: S608
            f"ON CONFLICT (channel, day) DO UPDATE SET {sums}",
            [channel, day_of(now), *values],
        )


def count_inbound(channels: Iterable[str], *, now: datetime) -> None:
    """Count what came in by each channel; one write for each, however many messages."""
    for channel, number in sorted(Counter(channels).items()):
        count(channel, now=now, inbound=number)
        _note(ChannelHealth(channel=channel, last_inbound_at=now), ["last_inbound_at"])


def note_refused(channel: str, why: Literal["refused", "stale", "oversized"], *, now: datetime) -> None:
    """Count and log what came in nobody's name (`refused`), long after it was sent, or larger than it may be.

    `channel` may be "meta", whose webhook tells which of its channels it is for only once it is believed. The line in
    the log quotes nothing of it.
    """
    log.warning("%s: %s", channel, _SAID[why])
    count(channel, now=now, **{str(why): 1})


def note_sent(channel: str, *, now: datetime) -> None:
    """Keep that a letter has just left by a channel: it is up."""
    _note(ChannelHealth(channel=channel, last_sent_at=now), ["last_sent_at", "down_since", "problem"])


def note_down(channel: str, *, problem: str, now: datetime) -> None:
    """Keep that a channel's provider cannot be reached; the first time counts as the beginning."""
    _note(ChannelHealth(channel=channel, problem=problem[:300]), ["problem"])
    ChannelHealth.objects.filter(channel=channel, down_since=None).update(down_since=now)


def note_up(channel: str) -> None:
    """Keep that a channel's provider is there again, though nothing has left yet."""
    ChannelHealth.objects.filter(channel=channel).exclude(down_since=None).update(down_since=None, problem="")


def _note(health: ChannelHealth, fields: list[str]) -> None:
    ChannelHealth.objects.bulk_create([health], update_conflicts=True, unique_fields=["channel"], update_fields=fields)
