"""The lane of every letter that is a row of its own: lease a batch, count the attempt, send, settle.

The attempt is committed before the work; a letter whose sender died is taken up again after its lease, alone,
and after MOST_ATTEMPTS no more: a dead one stays visible. The number of attempts names the lease, so a sender that was
too slow changes nothing of the next one's. A letter that no channel carries waits without losing an attempt.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import F, QuerySet

from lapor.kernel.away import DATABASE_AWAY
from lapor.messaging.channel import ChannelDown, Channels, Letter, Refused, SendingFailed, Sent
from lapor.messaging.counters import note_down
from lapor.messaging.letters import EMAIL
from lapor.messaging.sending import LEASE, MOST_ATTEMPTS, STOPPED, WAIT_FOR_CHANNEL, WORKING_TIME, pause_after
from lapor.messaging.traffic import Traffic
from lapor.reports.models.letter import OwedLetter

State = OwedLetter.State
log = logging.getLogger(__name__)
Row = TypeVar("Row", bound=OwedLetter)


# What leaves and to which addresses; None when there is nothing to tell, or nobody to tell it.
Packed = tuple[Letter, list[str]] | None
# What is told of each letter that its channel took.
Note = Callable[[Row, Letter, Sent], None]


def drain(
    letters: QuerySet[Row],
    pack: Callable[[Row], Packed],
    *,
    now: datetime,
    batch: int,
    channel: str = EMAIL,
    note: Note[Row] | None = None,
    stopwatch: Callable[[], float] = time.monotonic,
) -> int:
    """Send up to `batch` of these letters that are due and return how many were dealt with. Never raises for one.

    `note` is told of each letter that its channel took; `stopwatch` counts seconds, whatever `now` says.
    """
    leased = _lease(letters, now, batch)
    if not leased:
        return 0
    with closing(Channels()) as channels:
        lane = _Lane(channels, channel, Traffic(channels, now), now)
        until = stopwatch() + WORKING_TIME
        for one in leased:
            if stopwatch() > until:
                lane.give_back(one, now)
            else:
                lane.deliver(one, pack, note)
        lane.traffic.close()
    return len(leased) - lane.untried


def _lease(letters: QuerySet[Row], now: datetime, batch: int) -> list[Row]:
    """Take the letters that are due, the longest waiting first; one that was tried before is taken alone.

    Its last sender may have died of it.
    """
    with transaction.atomic(durable=True):
        due = letters.filter(state=State.WAITING, next_try_at__lte=now).order_by("next_try_at", "id")
        found = list(due.select_for_update(skip_locked=True, of=("self",))[:batch])
        leased = next(([one] for one in found if one.attempts), found)
        taken = letters.model._default_manager.filter(pk__in=[one.pk for one in leased])
        taken.update(attempts=F("attempts") + 1, next_try_at=now + LEASE)
    for one in leased:
        one.attempts += 1
    return leased


@dataclass
class _Lane:
    """What one drain sends by; `untried` counts what it gave back."""

    channels: Channels
    channel: str
    traffic: Traffic
    now: datetime
    untried: int = 0
    is_down: bool = False

    def deliver(self, one: Row, pack: Callable[[Row], Packed], note: Note[Row] | None) -> None:
        """Send one letter and write what became of it."""
        if one.attempts > MOST_ATTEMPTS:
            _settle(one, state=State.DEAD, problem=STOPPED)
            return
        try:
            packed = pack(one)
            if packed is None:
                _settle(one, state=State.DROPPED)
                return
            if not self._has_way():
                self.give_back(one, self.now + WAIT_FOR_CHANNEL)
                return
            sent = self.channels.of(self.channel).send(*packed) or Sent()
        except DATABASE_AWAY:
            raise
        except ChannelDown as problem:  # not asked again in this drain
            self.is_down = True
            note_down(self.channel, problem=str(problem), now=self.now)
            self.give_back(one, self.now + WAIT_FOR_CHANNEL, str(problem))
        except Refused as problem:
            _settle(one, state=State.DEAD, problem=str(problem)[:300])
        except Exception as problem:  # noqa: BLE001 - whatever is wrong with this one, the next one must go out
            self._put_off(one, problem)
        else:
            self.traffic.note(self.channel, sent)
            self._note_left(one, packed[0], sent, note)

    def give_back(self, one: Row, when: datetime, problem: str | None = None) -> None:
        """Return a letter untried: the attempt that was counted for it did not take place."""
        self.untried += 1
        _settle(one, attempts=F("attempts") - 1, next_try_at=when, problem=(problem or one.problem)[:300])

    def _has_way(self) -> bool:
        return not self.is_down and self.channel in self.channels.kinds and self.traffic.has_room(self.channel)

    def _put_off(self, one: Row, problem: Exception) -> None:
        log.info("%s %d failed", type(one).__name__, one.pk, exc_info=problem)
        words = str(problem) if isinstance(problem, SendingFailed) else type(problem).__name__
        state = State.DEAD if one.attempts >= MOST_ATTEMPTS else State.WAITING
        _settle(one, state=state, next_try_at=self.now + pause_after(one.pk, one.attempts), problem=words[:300])

    def _note_left(self, one: Row, letter: Letter, sent: Sent, note: Note[Row] | None) -> None:
        """Write that a letter has left, with what is known of it; what cannot be noted never makes it leave again."""
        try:
            with transaction.atomic():
                self._end(one)
                if note:
                    note(one, letter, sent)
        except DATABASE_AWAY:
            raise
        except Exception:
            log.exception("%s %d left, without a note of it", type(one).__name__, one.pk)
            self._end(one)

    def _end(self, one: Row) -> None:
        """Write that it has left, whoever holds the lease by now: it is true, and spares a second sender."""
        waiting = type(one)._default_manager.filter(pk=one.pk, state=State.WAITING)
        waiting.update(state=State.SENT, sent_at=self.now, problem="")


def _settle(one: OwedLetter, **changes: object) -> None:
    """Write what became of a letter, if the lease is still ours."""
    mine = type(one)._default_manager.filter(pk=one.pk, state=State.WAITING, attempts=one.attempts)
    mine.update(**changes)
