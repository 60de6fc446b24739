"""What `lapor channel email` runs: the door for the mail server, and the fetching from a mailbox."""

from __future__ import annotations

import time
from datetime import datetime
from types import TracebackType

from django.conf import settings

from lapor.channels.email.door import Door
from lapor.channels.email.mailbox import BATCH, Fetcher


class Postman:
    """Keeps the door open while it is entered; `work` fetches from the mailbox when its time has come."""

    rest = 5.0  # seconds

    def __init__(self) -> None:
        at, box = settings.LAPOR_EMAIL_LISTEN, settings.LAPOR_EMAIL_MAILBOX
        self._door = Door(at) if at else None
        self._fetcher = Fetcher(box) if box else None
        self._every = box.every if box else 0
        self._next = 0.0

    def __enter__(self) -> Postman:
        """Open the door."""
        if self._door:
            self._door.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close the door; what is being written is finished first."""
        if self._door:
            self._door.stop()

    def work(self, now: datetime) -> int:
        """Fetch a batch if it is time; return how many mails were dealt with, so that a full mailbox is emptied."""
        if self._fetcher is None or time.monotonic() < self._next:
            return 0
        fetched = self._fetcher.fetch(now=now)
        self._next = time.monotonic() + (0 if fetched == BATCH else self._every)
        return fetched if fetched == BATCH else 0
