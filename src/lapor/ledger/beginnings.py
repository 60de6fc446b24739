"""Begin the chains of many new subjects at once: an import writes thousands of first entries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from lapor.ledger.book import FIRST, digest_of
from lapor.ledger.models import Entry


@dataclass(frozen=True)
class Beginning:
    """The first entry of a subject that was just made; nobody acted for a desk."""

    subject: int
    rule: str
    action: str
    role: str
    at: datetime
    facts: dict[str, Any]


def begin(beginnings: Iterable[Beginning]) -> None:
    """Write the first entry of each subject in the caller's transaction. Raises IntegrityError for a begun chain."""
    Entry.objects.bulk_create(_entry(beginning) for beginning in beginnings)


def _entry(beginning: Beginning) -> Entry:
    entry = Entry(seq=1, previous=FIRST, **asdict(beginning))
    entry.digest = digest_of(entry)
    return entry
