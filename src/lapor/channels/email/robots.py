"""Whether a robot wrote a mail: nobody answers those, or two robots write to each other for ever (RFC 3834)."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.conf import settings

from lapor.channels.email.envelope import Envelope
from lapor.channels.email.mime import Mail

MOST_HOPS = 60  # a mail with more Received lines goes round in a circle
OUT_OF_OFFICE = (
    "out of office", "automatic reply", "auto-reply", "autoreply", "auto reply", "balasan otomatis", "jawaban otomatis",
    "abwesenheit", "auto:",
)  # fmt: skip
PERHAPS_AWAY = ("di luar kantor", "sedang cuti")  # a complaint may begin so: "Sedang cuti semua petugas puskesmas"
BULK = frozenset({"bulk", "list", "junk"})


def robot(mail: Mail, envelope: Envelope) -> str:
    """Return in a word what kind of robot wrote a mail that needs nobody; empty where a person did or may have."""
    automatic = mail.header("Auto-Submitted").lower().partition(";")[0].strip()
    precedence = mail.header("Precedence").lower()
    if is_our_own(mail):
        return "our own mail"
    if len(mail.headers("Received")) > MOST_HOPS:
        return "a loop"
    if automatic == "auto-replied" or precedence == "auto_reply" or any(map(mail.message.get, _REPLIERS)):
        return "auto-reply"
    if mail.header("Subject").lower().startswith(OUT_OF_OFFICE):
        return "auto-reply"
    if precedence in BULK or mail.message.get("List-Id") or mail.message.get("List-Unsubscribe"):
        return "mass mail"
    return "auto-reply" if mail.kind.endswith("disposition-notification") or _is_read_receipt(mail) else ""


def is_automatic(mail: Mail, envelope: Envelope) -> bool:
    """Tell whether a program sent it: nobody is answered, though a person should look."""
    automatic = mail.header("Auto-Submitted").lower().partition(";")[0].strip()
    away = mail.header("Subject").lower().startswith(PERHAPS_AWAY)
    return automatic not in ("", "no") or envelope.sender == "" or away


def is_marked(mail: Mail) -> bool:
    """Tell whether the mail server takes it for spam, or its sender for no reader of answers."""
    return mail.header("X-Spam-Flag").lower() == "yes" or bool(mail.message.get("X-Auto-Response-Suppress"))


def is_our_own(mail: Mail) -> bool:
    """Tell whether a mail is one that we sent: somebody's forwarding brings it back."""
    host = urlsplit(settings.LAPOR_BASE_URL).hostname or ""
    return bool(re.fullmatch(rf"<[0-9a-f]{{32}}@{re.escape(host)}>", mail.header("Message-ID").lower()))


def _is_read_receipt(mail: Mail) -> bool:
    return mail.kind == "multipart/report" and "disposition-notification" in mail.header("Content-Type").lower()


_REPLIERS = ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply-From", "X-Mail-Autoreply")
