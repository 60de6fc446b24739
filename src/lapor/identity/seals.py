"""What each sealed field is about: bound to the reporter's random reference, so that rows cannot be swapped."""

from __future__ import annotations

from uuid import UUID

from lapor.identity.models import Contact, Reporter
from lapor.identity.vault import seal, unseal


def sealed_name(ref: UUID, name: str) -> bytes | None:
    """Return a name sealed for this reporter; None for no name."""
    return seal(name, about=_about(ref, "name")) if name else None


def name_of(reporter: Reporter) -> str:
    """Return a reporter's name in clear, empty when none was given; raises `SealBroken`."""
    return unseal(reporter.sealed_name, about=_about(reporter.ref, "name")) if reporter.sealed_name else ""


def sealed_address(ref: UUID, kind: str, address: str) -> bytes:
    """Return an address sealed for this reporter."""
    return seal(address, about=_about(ref, kind))


def address_of(contact: Contact) -> str:
    """Return a contact's address in clear, empty when it was erased; raises `SealBroken`."""
    return unseal(contact.sealed, about=_about(contact.reporter.ref, contact.kind)) if contact.sealed else ""


def _about(ref: UUID, field: str) -> bytes:
    return ref.bytes + field.encode()
