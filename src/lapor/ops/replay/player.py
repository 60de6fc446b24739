"""The virtual clock: lives go on in the order of their moments, and every local night the product's own sweep runs."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from lapor.kernel.errors import Refusal
from lapor.ops.replay.lives import Life
from lapor.reports.usecases.counts import fold_counts
from lapor.reports.usecases.sweep import sweep_all

_A_MOMENT = timedelta(seconds=5)  # after midnight: the day before has ended everywhere in the zone


@dataclass
class Played:
    """What happened that the register does not tell."""

    submitted: int = 0
    steps: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    overtaken: Counter[str] = field(default_factory=Counter)
    acted: int = 0
    breached: int = 0
    set_aside: int = 0


@dataclass(order=True)
class _Event:
    """One moment of one life (or of the night, where `life` is None); equal moments go by key."""

    at: datetime
    key: str
    life: Life | None = field(compare=False, default=None)
    moments: Iterator[datetime] | None = field(compare=False, default=None)


class Player:
    """Plays lives from the first local day to the last, both included, and the night after."""

    def __init__(self, first: date, last: date, zones: Iterable[ZoneInfo]) -> None:
        self.first, self.last = first, last
        self.played = Played()
        self._queue: list[_Event] = []
        # Files count days in UTC, which end after the nights of every Indonesian zone.
        self._until = datetime.combine(last + timedelta(days=1), time(), UTC)
        for zone in sorted(set(zones), key=str):
            self._queue += [_Event(at, f"0 {zone}") for at in _nights(first, last, zone)]

    def add(self, life: Life) -> None:
        """Let a report be filed at its time."""
        moments = life.live()
        heapq.heappush(self._queue, _Event(next(moments), f"1 {life.row.source} {life.row.ref}", life, moments))

    def play(self, advanced: Callable[[], None] = lambda: None) -> Played:
        """Play to the end; `advanced` hears of each report that was filed."""
        heapq.heapify(self._queue)
        while self._queue and self._queue[0].at <= self._until:
            event = heapq.heappop(self._queue)
            if event.life is None:
                self._night(event.at)
            else:
                self._go_on(event, advanced)
        return self.played

    def _night(self, now: datetime) -> None:
        result = sweep_all(now=now)
        self.played.acted += result.acted
        self.played.breached += result.breached
        self.played.set_aside += result.set_aside
        fold_counts()

    def _go_on(self, event: _Event, advanced: Callable[[], None]) -> None:
        life, moments = event.life, event.moments
        assert life is not None and moments is not None  # noqa: S101, PT018 - only nights have neither
        life.now, was_filed = event.at, bool(life.code)
        try:
            event.at = max(next(moments), life.now)
            heapq.heappush(self._queue, event)
        except StopIteration:
            pass
        except Refusal as refused:
            # Not filed: the product refuses the text. Filed: the clock or the reporter was quicker than the desk.
            (self.played.overtaken if was_filed else self.played.refused)[type(refused).__name__] += 1
        self.played.steps += 1
        if not was_filed:
            self.played.submitted += bool(life.code)
            advanced()


def _nights(first: date, last: date, zone: ZoneInfo) -> Iterator[datetime]:
    day = first + timedelta(days=1)
    while day <= last + timedelta(days=1):
        yield _midnight(day, zone) + _A_MOMENT
        day += timedelta(days=1)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
