"""How a reporter can be reached: in clear for sending, masked for showing."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from lapor.identity.contacts import EMAIL, masked
from lapor.identity.models import Contact, Reporter
from lapor.identity.seals import address_of


@dataclass(frozen=True)
class Address:
    """One address in clear: its kind, the channel that reaches it, and the language its owner reads."""

    kind: str
    channel: str
    address: str
    language: str


@dataclass(frozen=True)
class MaskedContact:
    """One address as it may be shown: its kind and a form that only the owner knows again."""

    kind: str
    shown: str


def addresses_for_sending(ref: UUID) -> list[Address]:
    """Return a reporter's addresses in clear, oldest first; for messaging and nobody else.

    Without those at which the reporter wants no messages. An account's e-mail address serves where no other is given.
    """
    contacts = _contacts(ref).filter(stopped_at=None)
    found = [
        Address(contact.kind, contact.channel, address_of(contact), contact.reporter.language) for contact in contacts
    ]
    return found or _of_account(ref)


def masked_contacts(ref: UUID) -> list[MaskedContact]:
    """Return a reporter's addresses as they may be shown, oldest first."""
    return [MaskedContact(contact.kind, masked(contact.kind, address_of(contact))) for contact in _contacts(ref)]


def _contacts(ref: UUID) -> QuerySet[Contact]:
    return Contact.objects.filter(reporter__ref=ref, sealed__isnull=False).select_related("reporter").order_by("pk")


def _of_account(ref: UUID) -> list[Address]:
    reporter = Reporter.objects.select_related("account").filter(ref=ref, contacts=None).first()
    email = reporter.account.email if reporter and reporter.account else ""
    return [Address(EMAIL, "email", email, reporter.language)] if reporter and email else []
