"""What happens at every dawn of the demo: the clock sweeps, the post goes out, the counts are folded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

from lapor.kernel.heartbeat import beat
from lapor.messaging import drain
from lapor.ops.demo.reading import read_post
from lapor.ops.demo.stage import Stage
from lapor.reports.usecases.counts import fold_counts
from lapor.reports.usecases.sweep import sweep_all

PLAYED = "demo"  # the heartbeat that tells how far life has been played
_POST = 200  # messages at a time
_UNREAD = timedelta(days=3)  # what was told since then waits in the inboxes


class Mornings:
    """Call it with the moment of a dawn; `say` hears now and then how far life is."""

    def __init__(self, stage: Stage, say: Callable[[str], None]) -> None:
        self.stage, self.say = stage, say
        self.days = 0
        self.is_read = False

    def __call__(self, now: datetime) -> None:
        """Do it all, and note that life has been played so far."""
        if self.stage.is_played(now):
            return
        sweep_all(now=now)
        while drain(now=now, batch=_POST, worker="demo"):
            pass
        fold_counts()
        if not self.is_read and now > self.stage.until - _UNREAD:
            read_post(now)
            self.is_read = True
        beat(PLAYED, now=now)
        self.days += 1
        if self.days % 7 == 0:
            left = (self.stage.until - now).days
            self.say(f"  {now:%d-%m-%Y}: {self.days} days played, {left} to go")


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
