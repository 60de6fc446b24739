"""Mark messages of a desk as read."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from lapor.kernel.actor import Actor
from lapor.reports.queries.messages import messages_to


@transaction.atomic
def read_messages(*, actor: Actor, now: datetime, code: str = "", up_to: int | None = None) -> int:
    """Mark what was told to this actor as read, of one report or up to a message; return how many were marked."""
    rows = messages_to(actor).filter(read_at=None)
    if code:
        rows = rows.filter(report__code=code)
    if up_to is not None:
        rows = rows.filter(pk__lte=up_to)
    return rows.update(read_at=now)
