"""What providers called the letters of somebody who is forgotten: such a name can hold a telephone number."""

from __future__ import annotations

from django.db.models import QuerySet

from lapor.messaging.models import Delivery
from lapor.reports.models import Report


def forget_names(reports: QuerySet[Report]) -> None:
    """Empty what providers called the letters about these reports; that and when they left stays."""
    Delivery.objects.filter(report__in=reports).exclude(provider_id="", contact=None).update(
        provider_id="", contact=None
    )
