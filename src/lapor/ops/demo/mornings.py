"""What happens at every dawn of the demo: the clock sweeps, the post goes out, the counts are folded.

Once there is a past, it is learned from, as an operator does with `lapor train`: from then on each disposition stands
beside what the past would have suggested.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

from lapor.agencies.queries import tree
from lapor.kernel.heartbeat import beat
from lapor.messaging import drain
from lapor.ops.demo.reading import read_post
from lapor.ops.demo.stage import CITY, Stage
from lapor.reports.suggested import KINDS
from lapor.reports.usecases.counts import fold_counts
from lapor.reports.usecases.sweep import sweep_all
from lapor.triage.learning.store import newest
from lapor.triage.training import train

PLAYED = "demo"  # the heartbeat that tells how far life has been played
_POST = 200  # messages at a time
_UNREAD = timedelta(days=3)  # what was told since then waits in the inboxes
_SHADOW = timedelta(days=28)  # so long before the end it is learned from the past


class Mornings:
    """Call it with the moment of a dawn; `say` hears now and then how far life is."""

    def __init__(self, stage: Stage, say: Callable[[str], None]) -> None:
        self.stage, self.say = stage, say
        self.days = 0
        self.is_read = self.has_learned = False

    def __call__(self, now: datetime) -> None:
        """Do it all, and note that life has been played so far."""
        if self.stage.is_played(now):
            return
        sweep_all(now=now)
        while drain(now=now, batch=_POST, worker="demo"):
            pass
        fold_counts()
        if not self.has_learned and now > self.stage.until - _SHADOW:
            learn(now)
            self.has_learned = True
        if not self.is_read and now > self.stage.until - _UNREAD:
            read_post(now)
            self.is_read = True
        beat(PLAYED, now=now)
        self.days += 1
        if self.days % 7 == 0:
            left = (self.stage.until - now).days
            self.say(f"  {now:%d-%m-%Y}: {self.days} days played, {left} to go")


def learn(now: datetime) -> None:
    """Learn from the city's reports, unless that was done before an interruption."""
    house = next(one for one in tree.institutions() if one.code == CITY)
    if not any(newest(CITY, kind) for kind in KINDS):
        train(house, now=now)


@contextmanager
def in_a_hurry() -> Iterator[None]:
    """Let a played life cost no letters and no waiting for the disk.

    The worker would send thousands of mails of the past at its first start, so the post of these days leaves now, by a
    channel that writes to nobody.
    Without synchronous commit a power cut loses the last moments of a play that can be played again; the first commit
    after this block waits for the disk, and all before it are safe with it.
    """
    channels = settings.LAPOR_CHANNELS
    settings.LAPOR_CHANNELS = ["lapor.ops.demo.post.Silence"]
    _execute("SET synchronous_commit = off")
    try:
        yield
    finally:
        settings.LAPOR_CHANNELS = channels
        _execute("RESET synchronous_commit")


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
