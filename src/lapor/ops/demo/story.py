"""One play of the demo from beginning to end, which may be interrupted in between.

Two heartbeats keep it in the database: until when life will be played, and how far it has been.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from lapor.kernel.heartbeat import beat, find_beat
from lapor.ops.demo.casting import lives
from lapor.ops.demo.explaining import Explaining
from lapor.ops.demo.mornings import PLAYED, Mornings, in_a_hurry
from lapor.ops.demo.player import play
from lapor.ops.demo.stage import Stage
from lapor.reports.queries.life import count_reports, last_step_at
from lapor.reports.usecases.counts import fold_counts

UNTIL = "demo until"


@dataclass(frozen=True)
class Story:
    """A play that has yet to be played, from `played` on (None: from the beginning)."""

    until: datetime
    played: datetime | None = None

    def play(self, say: Callable[[str], None], *, ordinary: int, days: int) -> Stage:
        """Play it to its end."""
        began = time.monotonic()
        stage = Stage(self.until, self.played)
        say(f"{'Going on with' if self.played else 'Playing'} the life of the demo until {self.until:%d-%m-%Y} ...")
        with in_a_hurry():
            everybody = lives(stage, ordinary=ordinary, days=days)
            play(stage, everybody, dawn=Mornings(stage, say), office=Explaining(stage))
            while fold_counts():
                pass
        beat(PLAYED, now=self.until)
        say(f"{count_reports()} reports in {time.monotonic() - began:.0f} seconds")
        return stage


def begin(now: datetime) -> Story | None:
    """Return a story that ends now, and note that it has begun; None where there are reports already."""
    if count_reports():
        return None
    beat(UNTIL, now=now)
    return Story(now)


def rest_of() -> Story | None:
    """Return what is left of a story that was interrupted.

    Nobody else has written anything since: the product opens its doors only after the demo is filled.
    """
    until, played = find_beat(UNTIL), find_beat(PLAYED)
    if until is None or played == until:
        return None
    return Story(until, last_step_at())
