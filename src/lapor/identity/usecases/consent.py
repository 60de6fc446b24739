"""Keep what a reporter agreed to or refused (C8)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from lapor.identity.models import Consent, Reporter


def record_consent(*, ref: UUID, report_code: str, purpose: str, given: bool, now: datetime) -> None:
    """Keep the reporter's answer for one report and purpose; a later answer takes the place of the earlier one."""
    Consent.objects.update_or_create(
        reporter=Reporter.objects.get(ref=ref),
        report_code=report_code,
        purpose=purpose,
        defaults={"given": given, "at": now},
    )
