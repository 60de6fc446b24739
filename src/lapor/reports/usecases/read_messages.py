"""Mark messages of a desk as read."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from lapor.kernel.actor import Actor
from lapor.reports.queries.messages import messages_to


@transaction.atomic
def read_messages(*, actor: Actor, now: datetime, code: str = "", up_to: int | None = None) -> int:
    """Mark what was told to this actor as read, of one report or up to a message; return how many were marked."""
    chosen = Q(read_at=None)
    if code:
        chosen &= Q(report__code=code)
    if up_to is not None:
        chosen &= Q(pk__lte=up_to)
    return sum(rows.filter(chosen).update(read_at=now) for rows in messages_to(actor))
