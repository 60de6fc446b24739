"""The virtual clock of the demo: acts in the order of their moments, and the rounds of every day in between."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from lapor.kernel.errors import Refusal
from lapor.ops.demo import filing
from lapor.ops.demo.acts import find_act, is_at_leisure
from lapor.ops.demo.explaining import OPENS
from lapor.ops.demo.life import Life
from lapor.ops.demo.scenes import Beat
from lapor.ops.demo.stage import CITY, Stage

Round = Callable[[datetime], None]
_WEST = ZoneInfo("Asia/Jakarta")  # the last of the demo's zones to reach a new day
_DAWN = time(0, 5)


@dataclass(order=True)
class _Event:
    """The next beat of one life, or a round of every day where `life` is None; at equal moments rounds come first."""

    at: datetime
    order: int
    life: Life | None = field(compare=False, default=None)
    beats: Iterator[Beat] = field(compare=False, default_factory=lambda: iter(()))
    beat: Beat | None = field(compare=False, default=None)
    round: Round | None = field(compare=False, default=None)


def play(stage: Stage, lives: Iterable[Life], *, dawn: Round, office: Round) -> None:
    """Play all lives from the first filing until `stage.until`.

    `dawn` is called when a day has begun in every zone, and at the end; `office` when the city's offices open.
    """
    queue = [_Event(life.now, n, life, iter(life.scene.beats)) for n, life in enumerate(lives, start=1)]
    queue = [event for event in queue if event.at <= stage.until]
    first = min(event.at for event in queue)
    queue += [_Event(at, 0, round=dawn) for at in (*_daily(first, stage.until, _DAWN, _WEST), stage.until)]
    queue += [_Event(at, -1, round=office) for at in _daily(first, stage.until, OPENS, stage.hours(CITY).calendar.zone)]
    heapq.heapify(queue)
    while queue and queue[0].at <= stage.until:
        event = heapq.heappop(queue)
        if event.round:
            event.round(event.at)
        elif event.life and _go_on(stage, event, event.life):
            heapq.heappush(queue, event)


def _daily(first: datetime, last: datetime, clock: time, zone: tzinfo) -> Iterator[datetime]:
    """Yield this time of each day after the first, up to the last moment."""
    day = first.astimezone(zone).date() + timedelta(days=1)
    while (moment := datetime.combine(day, clock, zone).astimezone(UTC)) < last:
        yield moment
        day += timedelta(days=1)


def _go_on(stage: Stage, event: _Event, life: Life) -> bool:
    """Act the beat that is due, and set the moment of the next; False ends the life."""
    life.now = event.at
    try:
        _act(life, event.beat)
    except Refusal as refused:  # the clock or the reporter was quicker than the desk, as in life
        stage.refused[f"{life.key}: {event.beat.act if event.beat else 'file'}: {refused}"] += 1
        return False
    event.beat = next(event.beats, None)
    if event.beat is None:
        return False
    event.at = _moment(life, event.beat)
    return True


def _act(life: Life, beat: Beat | None) -> None:
    if beat is None:
        filing.file(life)
    else:
        find_act(beat.act)(life, *beat.told)


def _moment(life: Life, beat: Beat) -> datetime:
    """Return when the beat is acted: officers in office hours, reporters often in the evening after."""
    moment = life.hours.after(life.now, beat.after)
    if is_at_leisure(beat.act):
        evening = timedelta(hours=life.dice.choice((0, 0, 1, 3, 5)))
        return moment + evening if moment + evening <= life.stage.until else moment
    return moment
