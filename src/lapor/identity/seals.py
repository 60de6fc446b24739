"""What each sealed field is about: bound to the reporter's random reference, so that rows cannot be swapped."""

from __future__ import annotations

from uuid import UUID

from lapor.identity.models import Contact, Device, Reporter
from lapor.identity.subscriptions import Subscription
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


def sealed_subscription(report_code: str, subscription: Subscription) -> bytes:
    """Return where a device is reached, sealed for the report it listens to: a row of another report does not open."""
    return seal(subscription.written(), about=_about_device(report_code))


def subscription_of(device: Device) -> Subscription:
    """Return where a device is reached, in clear; raises `SealBroken`."""
    return Subscription.read(unseal(device.sealed, about=_about_device(device.report_code)))


def _about_device(report_code: str) -> bytes:
    return f"device of {report_code}".encode()


def _about(ref: UUID, field: str) -> bytes:
    return ref.bytes + field.encode()
