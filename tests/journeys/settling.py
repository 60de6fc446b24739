"""Waiting for a live server whose browsers have gone: what they sent last still writes, while the next test begins."""

from __future__ import annotations

import time
from threading import Lock

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started

CALM = 0.1  # seconds without a request until the server counts as still; a beacon may be on its way meanwhile
PATIENCE = 60.0  # seconds


class Traffic:
    """Counts the requests that a live server is answering."""

    def __init__(self) -> None:
        """Begin to count."""
        self._lock, self._open, self._last = Lock(), 0, 0.0
        request_started.connect(self._begun, weak=False)
        request_finished.connect(self._ended, weak=False)

    def stop(self) -> None:
        """Count no longer."""
        request_started.disconnect(self._begun)
        request_finished.disconnect(self._ended)

    def wait_until_still(self) -> None:
        """Return when nothing has been answered for a moment; raises `TimeoutError` when that never comes."""
        self._last = time.monotonic()
        until = self._last + PATIENCE
        while self._open or time.monotonic() - self._last < CALM:
            if time.monotonic() > until:
                raise TimeoutError(f"{self._open} requests are still being answered")
            time.sleep(0.01)

    def _begun(self, sender: type, **_: object) -> None:
        self._count(sender, 1)

    def _ended(self, sender: type, **_: object) -> None:
        self._count(sender, -1)

    def _count(self, sender: type | None, change: int) -> None:
        if sender is None or not issubclass(sender, WSGIHandler):  # a test's own client
            return
        with self._lock:
            self._open = max(0, self._open + change)
            self._last = time.monotonic()
