"""Support a public report, once for each person, and take it back: no step, no status, no clock, no ledger entry."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from lapor.reports.models import Listing, Support
from lapor.reports.people import known_as
from lapor.reports.queries.public import find_public


@transaction.atomic(durable=True)
def support_report(*, number: str, person: str, now: datetime) -> None:
    """Count this person once; pressing again changes nothing. `person` is secret and never kept. Raises NotFound."""
    report = find_public(number)
    supporter = known_as(person, report.pk)
    _, is_new = Support.objects.get_or_create(report=report, supporter=supporter, defaults={"at": now})
    if is_new:
        Listing.objects.filter(report=report).update(supports=F("supports") + 1)


@transaction.atomic(durable=True)
def withdraw_support(*, number: str, person: str) -> None:
    """Take this person's support back, where there is any. Raises NotFound."""
    report = find_public(number)
    gone, _ = Support.objects.filter(report=report, supporter=known_as(person, report.pk)).delete()
    if gone:
        Listing.objects.filter(report=report, supports__gt=0).update(supports=F("supports") - 1)
