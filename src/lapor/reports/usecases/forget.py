"""Forget addresses of people who never confirmed that they want news."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from lapor.reports.models import Follow
from lapor.reports.usecases.follow import CONFIRM_WITHIN

BATCH = 500


@transaction.atomic(durable=True)
def forget_unconfirmed(*, now: datetime) -> int:
    """Erase up to 500 follows whose question went unanswered for a week, with their letters; return how many rows."""
    unanswered = Follow.objects.filter(confirmed_at=None, at__lt=now - CONFIRM_WITHIN)
    oldest = list(unanswered.order_by("at").values_list("pk", flat=True)[:BATCH])
    return Follow.objects.filter(pk__in=oldest).delete()[0] if oldest else 0
