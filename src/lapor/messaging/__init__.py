"""Keeps promises: takes up outgoing messages, renders them, sends them, tries again, and says what became of them."""

from __future__ import annotations

from datetime import datetime


def drain(*, now: datetime, batch: int = 50, worker: str) -> int:
    """Send up to `batch` of the messages that are due, and return how many were dealt with; 0 means nothing is due.

    `now` (aware) is the time of everything that is written; `worker` names the sender in the log. Any number of
    senders may work at once. Never raises for a message that cannot be sent: see `lapor.messaging.sending`.
    """
    from lapor.messaging import sending  # tables cannot be imported while Django still loads its applications

    return sending.drain(now=now, batch=batch, worker=worker)
