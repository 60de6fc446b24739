"""The lane of every letter that is a row of its own: lease a batch, count the attempt, send, settle.

The attempt is committed before the work; a letter whose sender died is taken up again when its lease has run out, and a
dead one stays visible. A letter that no channel carries waits without losing an attempt.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import F, QuerySet

from lapor.messaging.channel import ChannelDown, Channels, Letter, Refused, SendingFailed, Sent
from lapor.messaging.counters import note_down
from lapor.messaging.letters import EMAIL
from lapor.messaging.sending import LEASE, MOST_ATTEMPTS, WAIT_FOR_CHANNEL, pause_after
from lapor.messaging.traffic import Traffic
from lapor.reports.models.letter import OwedLetter

State = OwedLetter.State
log = logging.getLogger(__name__)
Row = TypeVar("Row", bound=OwedLetter)


# What leaves and to which addresses; None when there is nothing to tell, or nobody to tell it.
Packed = tuple[Letter, list[str]] | None


def drain(
    letters: QuerySet[Row],
    pack: Callable[[Row], Packed],
    *,
    now: datetime,
    batch: int,
    channel: str = EMAIL,
    note: Callable[[Row, Letter, Sent], None] | None = None,
) -> int:
    """Send up to `batch` of these letters that are due and return how many were dealt with. Never raises for one.

    `note` is told of each letter that its channel took.
    """
    leased = _lease(letters, now, batch)
    if leased:
        with closing(Channels()) as channels:
            lane = _Lane(channels, channel, Traffic(channels, now), now)
            for one in leased:
                _settle(one, **lane.outcome(one, pack, note))
            lane.traffic.close()
    return len(leased)


def _lease(letters: QuerySet[Row], now: datetime, batch: int) -> list[Row]:
    with transaction.atomic(durable=True):
        due = letters.filter(state=State.WAITING, next_try_at__lte=now).order_by("next_try_at", "id")
        leased = list(due.select_for_update(skip_locked=True, of=("self",))[:batch])
        taken = letters.model._default_manager.filter(pk__in=[one.pk for one in leased])
        taken.update(attempts=F("attempts") + 1, next_try_at=now + LEASE)
    return leased


@dataclass
class _Lane:
    """What one drain sends by."""

    channels: Channels
    channel: str
    traffic: Traffic
    now: datetime

    def outcome(
        self, one: Row, pack: Callable[[Row], Packed], note: Callable[[Row, Letter, Sent], None] | None
    ) -> dict[str, object]:
        """Send one letter and return what became of it."""
        later = {"attempts": one.attempts, "next_try_at": self.now + WAIT_FOR_CHANNEL}
        try:
            packed = pack(one)
            if packed is None:
                return {"state": State.DROPPED}
            if self.channel not in self.channels.kinds or not self.traffic.has_room(self.channel):
                return later
            sent = self.channels.of(self.channel).send(*packed) or Sent()
            self.traffic.note(self.channel, sent)
            if note:
                note(one, packed[0], sent)
        except ChannelDown as problem:
            note_down(self.channel, problem=str(problem), now=self.now)
            return {**later, "problem": str(problem)[:300]}
        except Refused as problem:
            return {"state": State.DEAD, "problem": str(problem)[:300]}
        except Exception as problem:  # whatever is wrong with this one, the next one must go out
            log.info("%s %d failed", type(one).__name__, one.pk, exc_info=problem)
            words = str(problem) if isinstance(problem, SendingFailed) else type(problem).__name__
            state = State.DEAD if one.attempts + 1 >= MOST_ATTEMPTS else State.WAITING
            next_try_at = self.now + pause_after(one.pk, one.attempts + 1)
            return {"state": state, "next_try_at": next_try_at, "problem": words[:300]}
        return {"state": State.SENT, "sent_at": self.now, "problem": ""}


def _settle(one: OwedLetter, **changes: object) -> None:
    type(one)._default_manager.filter(pk=one.pk, state=State.WAITING).update(**changes)
