"""What the mail server says about a mail, kept as one header line on top of it; and the name by which it is known."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass

FIELD = b"X-Lapor-Envelope: "
TELLING = re.compile(rb"(?im)^(message-id|date|from|subject):[ \t]*((?:[^\r\n]|\r?\n[ \t])*)")
LONGEST_HEAD = 256 * 1024


@dataclass(frozen=True)
class Envelope:
    """Who sent it as the mail server was told ("" for a bounce), to which of our addresses, by which way.

    Mail fetched from a mailbox has no envelope: both are None.
    """

    sender: str | None = None
    to: str | None = None


def wrap(raw: bytes, envelope: Envelope) -> bytes:
    """Return the mail with its envelope on top, still a mail that every program opens."""
    return FIELD + json.dumps(asdict(envelope)).encode("ascii") + b"\r\n" + raw


def unwrap(kept: bytes) -> tuple[Envelope, bytes]:
    """Return the envelope and the mail as it came; a line of this name further down is somebody else's."""
    line, _, raw = kept.partition(b"\r\n")
    if not line.startswith(FIELD):
        return Envelope(), kept
    try:
        said = json.loads(line[len(FIELD) :])
        return Envelope(sender=said["sender"], to=said["to"]), raw
    except (ValueError, KeyError, TypeError):
        return Envelope(), kept


def name_of(raw: bytes) -> str:
    """Return what a mail is called: the same however often and by whichever way it comes.

    Mail servers add lines on top each time, so only what the sender wrote counts: a few headers, and the whole body.
    """
    head, body = _split(raw)
    told = [(name.lower(), b" ".join(value.split())) for name, value in TELLING.findall(head[:LONGEST_HEAD])]
    digest = hashlib.sha256(repr(sorted(told)).encode())
    digest.update(b"\0" + body.replace(b"\r\n", b"\n").rstrip())
    return "mail:" + digest.hexdigest()


def _split(raw: bytes) -> tuple[bytes, bytes]:
    ends = [(raw.find(gap), len(gap)) for gap in (b"\r\n\r\n", b"\n\n")]
    found = min(((at, size) for at, size in ends if at >= 0), default=(len(raw), 0))
    return raw[: found[0]], raw[sum(found) :]
