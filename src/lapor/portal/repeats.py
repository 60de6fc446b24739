"""The same words sent again from the same browser: going back after filing restores them under another key."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.http import HttpRequest

from lapor.reports.drafts import Draft
from lapor.reports.usecases.submit import fingerprint

RECEIPT = "receipt"  # session key: the code of the report this browser filed last
SENT = "sent"  # session key: the key it was filed under, which tells the device what has arrived
FILED = "filed"  # session key: what was filed last: two fingerprints, and the second it was filed
REMEMBERED = timedelta(hours=1)


def remember(request: HttpRequest, draft: Draft, *, code: str, key: str, now: datetime) -> None:
    """Note in the session what was filed: never the words, only the fingerprints of them and of all with its files."""
    request.session[RECEIPT], request.session[SENT] = code, key
    request.session[FILED] = [*_marks(draft), int(now.timestamp())]


def is_repeat(request: HttpRequest, draft: Draft, now: datetime) -> bool:
    """Tell whether this browser filed the very same within the hour, and still has its receipt.

    Browsers restore words but seldom files: without files the words decide. New files make it another report, because
    they would be lost on the way to the old receipt.
    """
    said, whole, at = request.session.get(FILED) or ("", "", 0)
    if not request.session.get(RECEIPT) or now.timestamp() - at > REMEMBERED.total_seconds():
        return False
    words, everything = _marks(draft)
    return words == said and (not draft.files or everything == whole)


def _marks(draft: Draft) -> tuple[str, str]:
    return fingerprint(replace(draft, files=())).hex(), fingerprint(draft).hex()
