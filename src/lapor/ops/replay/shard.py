"""One process of a replay: plays its share of the reports in a database of its own and tells the parent how far it is.

Reports do not know of each other, so any number of processes gives the same register. Started by `theatre.py`; what it
prints is one JSON object a line: {"filed": n} on the way, {"result": ...} at the end.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from lapor.agencies.queries import calendars, tree
from lapor.insights.register import figures
from lapor.ops.importing.files import open_source
from lapor.ops.importing.problems import RowRefusedError
from lapor.ops.importing.reading import Reading, read
from lapor.ops.importing.run import survey
from lapor.ops.replay.cast import Cast
from lapor.ops.replay.hours import OfficeTime
from lapor.ops.replay.lives import Life
from lapor.ops.replay.player import Player
from lapor.ops.replay.speeds import Dice, Speeds
from lapor.triage.shadow import all_noted

TOLD_EVERY = 25  # reports filed between two lines to the parent
_AFTERMATH = timedelta(days=400)  # the slowest desk may want a day that far behind the period


@dataclass(frozen=True)
class Order:
    """What to play: everything that decides the outcome, and which share of it is ours."""

    file: str
    first: str
    last: str
    sources: tuple[str, ...]
    seed: str
    speed: str
    share: int
    shares: int
    models: str = ""  # the folder of the models whose suggestions are written down, "" for none

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last local day."""
        return date.fromisoformat(self.first), date.fromisoformat(self.last)


def chosen(order: Order) -> Iterator[Reading | RowRefusedError]:
    """Yield the rows of the order's sources and period, all shares; a row that cannot be read yields its refusal."""
    first, last = order.days
    return _between(order, *(datetime.combine(day, time(), UTC) for day in (first, last + timedelta(days=1))))


def earlier(order: Order) -> Iterator[Reading | RowRefusedError]:
    """Yield the rows of the order's sources that came in before its period, as `chosen` does."""
    return _between(order, datetime.min.replace(tzinfo=UTC), datetime.combine(order.days[0], time(), UTC))


def _between(order: Order, since: datetime, until: datetime) -> Iterator[Reading | RowRefusedError]:
    for row in open_source(Path(order.file)).rows():
        try:
            reading = read(row, now=datetime.max.replace(tzinfo=UTC))
        except RowRefusedError as refused:
            yield refused
            continue
        report = reading.report
        if since <= report.received_at < until and (not order.sources or report.source in order.sources):
            yield reading


def is_ours(order: Order, ref: str) -> bool:
    """Tell whether a report belongs to this process: the same one every time."""
    return int.from_bytes(sha256(ref.encode()).digest()[:4], "big") % order.shares == order.share


def play(order: Order) -> dict[str, Any]:
    """Play our share, and return its figures and incidents as plain data."""
    first, last = order.days
    lives = list(_lives(order))
    player = Player(first, last, [life.hours.calendar.zone for life in lives] or [ZoneInfo("Asia/Jakarta")])
    for life in lives:
        player.add(life)
    played = player.play(_Teller().tell)
    counts = figures(datetime.combine(first, time(), UTC), datetime.combine(last + timedelta(days=1), time(), UTC))
    return {
        "figures": [[*keys, n] for keys, n in sorted(counts.items())],
        "refused": played.refused,
        "overtaken": played.overtaken,
        "set_aside": played.set_aside,
        "steps": played.steps + played.acted + played.breached,
        "filed": played.submitted,
        "suggested": all_noted() if order.models else [],
    }


def _lives(order: Order) -> Iterator[Life]:
    first, last = order.days
    _, directory = survey(open_source(Path(order.file)))
    cast, speeds = Cast(first), Speeds.read(Path(order.speed))
    hours: dict[str, OfficeTime] = {}
    for reading in chosen(order):
        if isinstance(reading, RowRefusedError) or not is_ours(order, reading.report.ref):
            continue
        row = directory.settle(reading)
        if not row.institution:
            continue
        if row.institution not in hours:
            calendar = tree.get_agency(row.institution).calendar_id
            days = calendars.load(calendar, first - timedelta(days=1), last + _AFTERMATH)
            hours[row.institution] = OfficeTime(days)
        dice = Dice(order.seed, f"{row.source}:{row.ref}")
        yield Life(row, cast, hours[row.institution], speeds, dice, in_shadow=bool(order.models))


class _Teller:
    def __init__(self) -> None:
        self.filed = 0

    def tell(self) -> None:
        """Tell the parent now and then how many reports are filed."""
        self.filed += 1
        if self.filed % TOLD_EVERY == 0:
            say({"filed": TOLD_EVERY})


def say(message: dict[str, Any]) -> None:
    """Print one message for the parent."""
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def main(order: str) -> None:
    """Read the order (JSON), play, and tell the result."""
    content = json.loads(order)
    say({"result": play(Order(**{**content, "sources": tuple(content["sources"])}))})
