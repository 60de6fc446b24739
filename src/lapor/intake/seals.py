"""What of an inbound message is sealed, and how it is found again; each seal is bound to its row and field."""

from __future__ import annotations

import unicodedata

from lapor.identity.contacts import ContactInput
from lapor.identity.vault import address_index, keyed_hash, seal, seal_bytes, unseal, unseal_bytes
from lapor.intake.models import InboundMessage


def sealed_raw(message: InboundMessage, raw: bytes) -> bytes:
    """Return the bytes as they came, sealed."""
    return seal_bytes(raw, about=_about(message, "raw"))


def raw_of(message: InboundMessage) -> bytes:
    """Return the bytes as they came; raises `SealBroken`."""
    return unseal_bytes(message.raw, about=_about(message, "raw"))


def sealed_sender(message: InboundMessage, sender: str) -> bytes | None:
    """Return the sender as the provider wrote it, sealed; None for none."""
    return seal(sender, about=_about(message, "sender")) if sender else None


def sender_of(message: InboundMessage) -> str:
    """Return the sender in clear, for answering and for reading it; empty where there is none."""
    return unseal(message.sealed_sender, about=_about(message, "sender")) if message.sealed_sender else ""


def sealed_text(message: InboundMessage, text: str) -> bytes | None:
    """Return the words that were read, sealed; None for none."""
    return seal(text, about=_about(message, "text")) if text else None


def text_of(message: InboundMessage) -> str:
    """Return the words that were read, empty where nothing has been."""
    return unseal(message.sealed_text, about=_about(message, "text")) if message.sealed_text else ""


def sender_index(channel: str, sender: ContactInput | None, written: str) -> bytes | None:
    """Return by what the same sender is found again; what is no address counts for its channel alone."""
    if sender is not None:
        return address_index(sender.kind, sender.address)
    return keyed_hash("inbound sender", f"{channel}\0{written}")[:16] if written else None


def fingerprint(sender: bytes | None, account: str, text: str) -> bytes | None:
    """Return what stands for these words of this sender to this account, however they are spaced and cased."""
    words = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return keyed_hash("inbound words", f"{sender.hex()}\0{account}\0{words}")[:16] if sender and words else None


def gone_name(provider_id: str) -> str:
    """Return what stands for the provider's name of a forgotten message: WhatsApp's holds the sender's number.

    The same name gives the same answer, so that a message which is brought again is still known.
    """
    return f"gone:{keyed_hash('inbound name', provider_id)[:20].hex()}"


def _about(message: InboundMessage, field: str) -> bytes:
    return b"inbound" + message.ref.bytes + field.encode()
