"""How the channels are: what went through them, what waits, what it cost; from counters, never from the messages."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet

from lapor.intake.models import ChannelAnswer, InboundMessage
from lapor.messaging.channel import Channels
from lapor.messaging.counters import day_of
from lapor.messaging.models import ChannelDay, ChannelHealth, Delivery
from lapor.reports.models import OutgoingMessage

DAYS = 14
PATIENCE, ASKED, LAST_LETTERS = timedelta(minutes=30), timedelta(days=2), 5  # until a silent provider is told of
State = InboundMessage.State


@dataclass(frozen=True)
class Day:
    """The figures of one channel on one day (WIB); cost in rupiah."""

    day: date
    inbound: int
    sent: int
    delivered: int
    failed: int
    unknown: int
    parts: int
    cost: int
    refused: int
    stale: int
    oversized: int

    @property
    def turned_away(self) -> int:
        """How many requests were believed to be nobody's, or had too much in them."""
        return self.refused + self.oversized


@dataclass(frozen=True)
class ChannelState:
    """One channel: whether it reads and sends here, when it last did, what waits in it, and its last days.

    `unconfirmed_since` is when the first of its last letters left, of which its provider confirmed none though it
    otherwise does: it may take them and lead nowhere, as a gateway does whose operator is away.
    """

    channel: str
    reads: bool
    sends: bool
    last_inbound_at: datetime | None
    last_sent_at: datetime | None
    down_since: datetime | None
    problem: str
    unconfirmed_since: datetime | None
    unread: int
    unanswered: int
    set_aside: int
    today: Day
    days: tuple[Day, ...]


@dataclass(frozen=True)
class Health:
    """All channels, and the messages of the workflow that wait or are dead whichever channel they would take."""

    channels: tuple[ChannelState, ...]
    owed: int
    dead: int


def health(now: datetime) -> Health:
    """Return how every channel is that sends here or ever carried something.

    Seven queries, and one for each channel whose provider confirms what arrives.
    """
    known = {row.channel: row for row in ChannelHealth.objects.all()}
    with closing(Channels()) as channels:
        sends = channels.kinds
    days, unread, aside = _days(now), _counted(State.WAITING), _counted(State.DEAD, State.QUARANTINED)
    unanswered = _by_channel(ChannelAnswer.objects.filter(state="waiting").values_list("message__channel"))
    states = []
    for name in sorted(known.keys() | sends | days.keys()):
        row = known.get(name, ChannelHealth(channel=name))
        states.append(
            ChannelState(
                channel=name,
                reads=name in settings.LAPOR_PARSERS,
                sends=name in sends,
                last_inbound_at=row.last_inbound_at,
                last_sent_at=row.last_sent_at,
                down_since=row.down_since,
                problem=row.problem,
                unconfirmed_since=_unconfirmed_since(name, days.get(name, {}), now),
                unread=unread.get(name, 0),
                unanswered=unanswered.get(name, 0),
                set_aside=aside.get(name, 0),
                today=days.get(name, {}).get(day_of(now), _nothing(day_of(now))),
                days=tuple(days.get(name, {}).values()),
            )
        )
    states.sort(key=lambda one: one.down_since is None)  # what is away stands first
    return Health(tuple(states), *(_some(state) for state in ("waiting", "dead")))


def _unconfirmed_since(channel: str, days: dict[date, Day], now: datetime) -> datetime | None:
    """Return since when no letter of a channel was confirmed whose provider confirms; a few of them prove nothing."""
    if not any(day.delivered for day in days.values()):
        return None
    left = Delivery.objects.filter(channel=channel, sent_at__range=(now - ASKED, now - PATIENCE)).order_by("-sent_at")
    last = list(left.values_list("state", "sent_at")[:LAST_LETTERS])
    is_silent = len(last) == LAST_LETTERS and all(state == Delivery.State.SENT for state, _at in last)
    return last[-1][1] if is_silent else None


def _some(state: str) -> int:
    """Count the messages of the workflow in a state, at most a thousand: more is as bad."""
    return OutgoingMessage.objects.filter(state=state, device=None).values("pk")[:1000].count()


def _counted(*states: str) -> dict[str, int]:
    return _by_channel(InboundMessage.objects.filter(state__in=states).values_list("channel"))


def _by_channel(rows: QuerySet[Any, tuple[Any, ...]]) -> dict[str, int]:
    """Count rows by channel; both states are partial indexes of what waits, which is little."""
    return dict(rows.annotate(n=Count("pk")).order_by())


def _days(now: datetime) -> dict[str, dict[date, Day]]:
    """Return the figures of the last days by channel, the newest first."""
    found: dict[str, dict[date, Day]] = {}
    rows = ChannelDay.objects.filter(day__gt=day_of(now) - timedelta(days=DAYS)).order_by("-day")
    for row in rows:
        figures = (row.inbound, row.sent, row.delivered, row.failed, row.unknown, row.parts, row.cost)
        turned_away = (row.refused, row.stale, row.oversized)
        found.setdefault(row.channel, {})[row.day] = Day(row.day, *figures, *turned_away)
    return found


def _nothing(day: date) -> Day:
    return Day(day, *(0 for _ in fields(Day)[1:]))
