"""The lane of every letter that is a row of its own: lease a batch, count the attempt, send, settle.

The attempt is committed before the work; a letter whose sender died is taken up again when its lease has run out, and a
dead one stays visible. A letter that no channel carries waits without losing an attempt.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import F, QuerySet

from lapor.messaging.channel import ChannelDown, Channels, Letter, Refused, SendingFailed
from lapor.messaging.letters import EMAIL
from lapor.messaging.sending import LEASE, MOST_ATTEMPTS, WAIT_FOR_CHANNEL, pause_after
from lapor.reports.models.letter import OwedLetter

State = OwedLetter.State
log = logging.getLogger(__name__)
Row = TypeVar("Row", bound=OwedLetter)


# What leaves and to which addresses; None when there is nothing to tell, or nobody to tell it.
Packed = tuple[Letter, list[str]] | None


def drain(letters: QuerySet[Row], pack: Callable[[Row], Packed], *, now: datetime, batch: int) -> int:
    """Send up to `batch` of these letters that are due and return how many were dealt with. Never raises for one."""
    leased = _lease(letters, now, batch)
    if leased:
        with closing(Channels()) as channels:
            for one in leased:
                _settle(one, **_outcome(one, pack, channels, now))
    return len(leased)


def _lease(letters: QuerySet[Row], now: datetime, batch: int) -> list[Row]:
    with transaction.atomic(durable=True):
        due = letters.filter(state=State.WAITING, next_try_at__lte=now).order_by("next_try_at", "id")
        leased = list(due.select_for_update(skip_locked=True, of=("self",))[:batch])
        taken = letters.model._default_manager.filter(pk__in=[one.pk for one in leased])
        taken.update(attempts=F("attempts") + 1, next_try_at=now + LEASE)
    return leased


def _outcome(one: Row, pack: Callable[[Row], Packed], channels: Channels, now: datetime) -> dict[str, object]:
    """Send one letter and return what became of it."""
    later = {"attempts": one.attempts, "next_try_at": now + WAIT_FOR_CHANNEL}
    try:
        packed = pack(one)
        if packed is None:
            return {"state": State.DROPPED}
        if EMAIL not in channels.kinds:
            return later
        channels.of(EMAIL).send(*packed)
    except ChannelDown as problem:
        return {**later, "problem": str(problem)[:300]}
    except Refused as problem:
        return {"state": State.DEAD, "problem": str(problem)[:300]}
    except Exception as problem:  # whatever is wrong with this one, the next one must go out
        log.info("%s %d failed", type(one).__name__, one.pk, exc_info=problem)
        words = str(problem) if isinstance(problem, SendingFailed) else type(problem).__name__
        state = State.DEAD if one.attempts + 1 >= MOST_ATTEMPTS else State.WAITING
        next_try_at = now + pause_after(one.pk, one.attempts + 1)
        return {"state": state, "next_try_at": next_try_at, "problem": words[:300]}
    return {"state": State.SENT, "sent_at": now, "problem": ""}


def _settle(one: OwedLetter, **changes: object) -> None:
    type(one)._default_manager.filter(pk=one.pk, state=State.WAITING).update(**changes)
