"""Write to the ledger and check it. One entry a step, each linked to the one before by its digest."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from lapor.ledger.models import Entry

FIRST = bytes(32)


def append(
    *,
    subject: int,
    rule: str,
    action: str,
    role: str,
    appointment: int | None,
    desk: int | None,
    at: datetime,
    facts: dict[str, Any],
    begins: bool = False,
) -> Entry:
    """Append one entry to `subject` inside the caller's transaction, which holds the subject's row lock.

    `facts` must be JSON and free of personal data. `begins`: the subject was made in this transaction, so nothing
    stands there yet. Raises IntegrityError when another step came between.
    """
    last = None if begins else Entry.objects.filter(subject=subject).order_by("-seq").first()
    entry = Entry(
        subject=subject,
        seq=last.seq + 1 if last else 1,
        rule=rule,
        action=action,
        role=role,
        appointment=appointment,
        desk=desk,
        at=at,
        facts=facts,
        previous=bytes(last.digest) if last else FIRST,
    )
    entry.digest = digest_of(entry)
    entry.save(force_insert=True)
    return entry


def digest_of(entry: Entry) -> bytes:
    """Return the SHA-256 over the digest before and this entry's content, as canonical JSON in UTF-8."""
    content = {
        "subject": entry.subject,
        "seq": entry.seq,
        "rule": entry.rule,
        "action": entry.action,
        "role": entry.role,
        "appointment": entry.appointment,
        "desk": entry.desk,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "facts": entry.facts,
    }
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(bytes(entry.previous) + text.encode()).digest()


def problems_of(subject: int) -> list[str]:
    """Return what is wrong with the chain of `subject` in plain words; an empty list when it is whole."""
    problems: list[str] = []
    previous = FIRST
    for expected, entry in enumerate(Entry.objects.filter(subject=subject).order_by("seq"), start=1):
        if entry.seq != expected:
            problems.append(f"entry {expected} is missing")
            expected = entry.seq
        if bytes(entry.previous) != previous:
            problems.append(f"entry {entry.seq} does not follow the one before")
        if digest_of(entry) != bytes(entry.digest):
            problems.append(f"entry {entry.seq} was changed")
        previous = bytes(entry.digest)
    return problems
