"""The traffic of one drain: who must wait for the morning or for a slower minute, and what was sent, counted once."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from lapor.messaging.channel import Channels, Sent
from lapor.messaging.counters import count, note_sent
from lapor.messaging.models import Delivery
from lapor.reports.models import OutgoingMessage
from lapor.reports.zones import zone_of
from lapor.sop.vocabulary import Action

MINUTE = timedelta(minutes=1)
AT_ANY_HOUR = frozenset({Action.SUBMIT})  # the person has just written and waits for the code


class Traffic:
    """Asks each channel's manners before a letter leaves, and counts in one write for each channel at the end."""

    def __init__(self, channels: Channels, now: datetime) -> None:
        self._channels, self._now = channels, now
        self._sent: dict[str, Counter[str]] = {}
        self._room: dict[str, int | None] = {}

    def wait(self, message: OutgoingMessage, channel: str) -> datetime | None:
        """Return when to try again, where the message must not leave now; None when it may."""
        manners = self._channels.manners_of(channel)
        if manners.quiet_until and message.action not in AT_ANY_HOUR:
            local = self._now.astimezone(ZoneInfo(zone_of(message.report)))
            if manners.disturbs(local.time()):
                morning = local.replace(hour=manners.quiet_until.hour, minute=manners.quiet_until.minute, second=0)
                return morning if morning > local else morning + timedelta(days=1)
        return None if self.has_room(channel) else self._now + MINUTE

    def has_room(self, channel: str) -> bool:
        """Tell whether the channel may send one more within this minute."""
        if channel not in self._room:
            limit = self._channels.manners_of(channel).per_minute
            lately = Delivery.objects.filter(channel=channel, sent_at__gt=self._now - MINUTE)
            self._room[channel] = None if limit is None else limit - lately.count()
        room = self._room[channel]
        return room is None or room > 0

    def note(self, channel: str, sent: Sent) -> None:
        """Count one letter that left."""
        self._sent.setdefault(channel, Counter()).update(sent=1, parts=sent.parts, cost=sent.cost)
        room = self._room.get(channel)
        if room is not None:
            self._room[channel] = room - 1

    def close(self) -> None:
        """Write the counts."""
        for channel, counted in sorted(self._sent.items()):
            count(channel, now=self._now, **counted)
            note_sent(channel, now=self._now)
