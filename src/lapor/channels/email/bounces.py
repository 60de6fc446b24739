"""Bounces: what a mail server says of a letter that we sent (RFC 3464), also where it says it in its own words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message

from lapor.channels.email.envelope import Envelope
from lapor.channels.email.mime import Mail, below, content_of, decoded, kind_of

MOST_PARTS = 200
MOST_LOOKED_AT = 200_000  # bytes in which the name of our letter is searched
_KEY = re.compile(rb"(?im)^message-id:\s{0,5}<([0-9a-f]{32})@")
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_FAILED = re.compile(
    r"undeliver|delivery (status|failure|has failed)|returned (mail|to sender)|failure notice|mail delivery failed"
    r"|tidak (dapat )?(ter)?kirim|gagal (ter)?kirim",
    re.IGNORECASE,
)
_LATER = re.compile(r"delay|warning|will (be )?retr|tertunda", re.IGNORECASE)
_TOLD = ("action", "status", "original-recipient", "final-recipient")
STATES = {"failed": "failed", "delivered": "delivered", "relayed": "sent", "expanded": "sent", "delayed": "delayed"}


@dataclass(frozen=True)
class Bounce:
    """`letter` is the key of the letter that it is about, empty where nothing tells; `state` may be "delayed".

    `recipient` is whose mail came back, as the mail server says; empty where it does not.
    """

    letter: str
    state: str
    problem: str = ""
    recipient: str = ""


def bounce_of(mail: Mail, envelope: Envelope, letter: str) -> Bounce | None:
    """Return what a mail tells of one of our letters, None where it is no bounce; `letter` as its address says."""
    fields = _recipient_fields(mail.message)
    if fields is None and not _sounds_like_one(mail, envelope):
        return None
    letter = letter or _letter_in(mail.message)
    if fields is None:
        state = "delayed" if _LATER.search(mail.header("Subject")) else "failed"
        return Bounce(letter, state, "returned")
    status = _STATUS.search(fields.get("status", ""))
    state = STATES.get(fields.get("action", "").lower(), "")
    if not state:
        state = "failed" if status and status[0].startswith("5") else "delayed"
    recipient = fields.get("original-recipient") or fields.get("final-recipient") or ""
    problem = f"returned ({status[0]})" if status else "returned"
    return Bounce(letter, state, problem, recipient.rpartition(";")[2].strip().strip("<>")[:254])


def _recipient_fields(message: Message) -> dict[str, str] | None:
    """Return what the report says of the first recipient: action and status; None where there is no report."""
    for part in _walk(message):
        if kind_of(part) == "message/delivery-status":
            for block in below(part):
                if block.get("Action"):
                    return {name: decoded(block.get(name)) for name in _TOLD}
            return {}
    return None


def _sounds_like_one(mail: Mail, envelope: Envelope) -> bool:
    """Tell whether a mail server's own words say that a letter came back; only one without a sender is believed."""
    writer = mail.header("From").lower()
    daemon = any(name in writer for name in ("mailer-daemon", "postmaster", "mail delivery"))
    return envelope.sender in ("", None) and daemon and bool(_FAILED.search(mail.header("Subject")))


def _letter_in(message: Message) -> str:
    """Return the key of our letter from the Message-ID that the report brings back."""
    for part in _walk(message)[1:]:
        told = f"message-id: {decoded(part.get('Message-ID'))}".encode()
        if kind_of(part) in ("text/rfc822-headers", "message/rfc822-headers", "text/plain"):
            told += b"\n" + content_of(part)[:MOST_LOOKED_AT]
        if found := _KEY.search(told):
            return found[1].decode()
    return _in_text(message)


def _in_text(message: Message) -> str:
    """Return the key from a bounce that is one plain text with the letter below it."""
    found = None if message.is_multipart() else _KEY.search(content_of(message)[:MOST_LOOKED_AT])
    return found[1].decode() if found else ""


def _walk(message: Message) -> list[Message]:
    parts = [message]
    for part in parts:
        if len(parts) < MOST_PARTS:
            parts.extend(below(part))
    return parts
