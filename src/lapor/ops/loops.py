"""The background loops: work, rest until woken, work again; and leave cleanly when asked to."""

import contextlib
import logging
import select
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import close_old_connections, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from lapor.kernel import heartbeat
from lapor.kernel.away import DATABASE_AWAY
from lapor.kernel.wake import WAKE
from lapor.ops.processes import interruptions

_LONGEST_PAUSE = 30.0  # seconds between tries while the database is away
_BEAT_EVERY = 10.0  # seconds; a sign of life costs a write

log = logging.getLogger(__name__)


@dataclass
class Loop:
    """Calls `work(now)` again and again; it returns how much it did, and 0 means rest for up to `rest` seconds.

    A wake-up only shortens the rest: nothing depends on its arriving. An error of the database's connection is
    waited out; any other error ends the process, so that it starts anew with nothing half-remembered.
    """

    name: str
    work: Callable[[datetime], int]
    rest: float
    stopping: bool = False
    _last_beat: float = float("-inf")

    def run(self) -> None:
        """Work until SIGTERM or SIGINT; the round in hand is finished first."""
        failures = 0
        ear = Ear()
        with interruptions({signal.SIGTERM, signal.SIGINT}, self._stop) as interrupted, contextlib.closing(ear):
            while not self.stopping:
                try:
                    if not self._round():
                        ear.wait(self.rest, interrupted)
                    failures = 0
                except DATABASE_AWAY as problem:
                    failures += 1
                    self._wait_out(problem, failures, ear, interrupted)

    def _round(self) -> bool:
        close_old_connections()
        done = self.work(timezone.now())
        if time.monotonic() - self._last_beat >= _BEAT_EVERY:
            heartbeat.beat(self.name, now=timezone.now())
            self._last_beat = time.monotonic()
        return done > 0

    def _wait_out(self, problem: Exception, failures: int, ear: "Ear", interrupted: socket.socket) -> None:
        pause = min(_LONGEST_PAUSE, 0.25 * 2**failures)
        log.warning("%s: the database is away (%s), trying again in %.1f s", self.name, type(problem).__name__, pause)
        ear.close()
        connections.close_all()
        select.select([interrupted], [], [], pause)

    def _stop(self, _signal: int) -> None:
        self.stopping = True


class Ear:
    """A database connection of its own that hears wake-ups."""

    def __init__(self) -> None:
        self._wrapper: BaseDatabaseWrapper | None = None

    def wait(self, seconds: float, interrupted: socket.socket) -> None:
        """Return after a wake-up, an interruption, or so many seconds."""
        connection = self._open().connection
        ready, _, _ = select.select([connection, interrupted], [], [], seconds)
        if connection in ready:
            list(connection.notifies(timeout=0))  # a hundred wake-ups are one reason to look

    def close(self) -> None:
        """Hang up; the next `wait` calls again."""
        if self._wrapper is not None:
            self._wrapper.close()
            self._wrapper = None

    def _open(self) -> BaseDatabaseWrapper:
        if self._wrapper is None:
            self._wrapper = connections.create_connection("default")
            with self._wrapper.cursor() as cursor:
                cursor.execute(f"LISTEN {WAKE}")
        return self._wrapper
