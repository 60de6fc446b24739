"""Which report somebody answers who quotes one of our letters."""

from __future__ import annotations

from lapor.messaging.models import Delivery


def code_quoted(channel: str, provider_id: str) -> str:
    """Return the code of the report that a letter of ours was about, by the provider's id of it; empty for none."""
    if not provider_id:
        return ""
    sent = Delivery.objects.filter(channel=channel, provider_id=provider_id, report__isnull=False)
    return sent.values_list("report__code", flat=True).first() or ""
