"""What Kannel's smsbox says in its get-url: a query string, byte for byte, and what it means. Gammu's messages too."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import parse_qsl

from django.utils.translation import gettext_noop

UCS2 = "2"
# Kannel's delivery report types; 4 (waits at the operator) and 8 (handed to the operator) tell the reporter nothing.
STATES = {"1": "delivered", "2": "failed", "16": "failed"}
GAVE_UP = gettext_noop("The telephone operator could not deliver it.")
LONGEST_QUERY = 120 * 1024  # bytes; a message of 255 parts has 102,510 at most; see lapor.config.server
_KEPT = {"\n", "\t"}


@dataclass(frozen=True)
class Incoming:
    """One short message: `id` is Kannel's own for it, `smsc` the operator's link, `to` the number it was sent to."""

    id: str
    smsc: str
    sender: str
    to: str
    text: str
    sent_at: datetime | None


def read_query(raw: bytes) -> Incoming:
    """Return what a query string says; bytes that are no text become replacement marks, never an error."""
    fields = dict(parse_qsl(raw.decode("latin-1"), encoding="latin-1"))
    return Incoming(
        id=fields.get("id", ""),
        smsc=fields.get("smsc", ""),
        sender=fields.get("from", ""),
        to=fields.get("to", ""),
        text=_text(fields.get("text", "").encode("latin-1"), fields.get("coding", ""), fields.get("charset", "")),
        sent_at=_moment(fields.get("time", "")),
    )


def _text(content: bytes, coding: str, charset: str) -> str:
    """Return the words: Kannel gives UTF-16BE for coding 2 and UTF-8 else, whatever the operator sent."""
    wide = coding == UCS2 and charset.upper() not in ("UTF-8", "UTF8")
    text = content.decode("utf-16-be" if wide else "utf-8", "replace")
    return "".join(c for c in text if c in _KEPT or unicodedata.category(c) not in ("Cc", "Cs")).strip()


def _moment(seconds: str) -> datetime | None:
    """Return Kannel's time, seconds since 1970; None for what is none."""
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) <= 11):
        return None
    return datetime.fromtimestamp(int(seconds), UTC)
