"""How a reporter can be reached: in clear for sending, masked for showing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from lapor.identity.contacts import EMAIL, ContactInput, masked
from lapor.identity.models import Contact, Reporter
from lapor.identity.seals import address_of
from lapor.identity.vault import address_index


@dataclass(frozen=True)
class Address:
    """One address in clear: its kind, the channel that reaches it, the language its owner reads, and its own id."""

    kind: str
    channel: str
    address: str
    language: str
    contact: int | None = None


@dataclass(frozen=True)
class MaskedContact:
    """One address as it may be shown: its kind and a form that only the owner knows again."""

    kind: str
    shown: str


def addresses_for_sending(ref: UUID) -> list[Address]:
    """Return a reporter's addresses in clear, oldest first; for messaging and nobody else.

    Without those at which the reporter wants no messages. An account's e-mail address serves where no other is given.
    """
    return all_addresses_for_sending([ref])[ref]


def all_addresses_for_sending(refs: Iterable[UUID]) -> dict[UUID, list[Address]]:
    """Return the addresses of many reporters, an empty list for those who have none; two queries."""
    found: dict[UUID, list[Address]] = {ref: [] for ref in refs}
    for contact in _contacts(found).filter(stopped_at=None):
        reporter = contact.reporter
        address = Address(contact.kind, contact.channel, address_of(contact), reporter.language, contact.pk)
        found[reporter.ref].append(address)
    silent = Reporter.objects.filter(ref__in=[ref for ref in found if not found[ref]], contacts=None)
    for reporter in silent.exclude(account=None).exclude(account__email="").select_related("account"):
        if reporter.account:
            found[reporter.ref] = [Address(EMAIL, "email", reporter.account.email, reporter.language)]
    return found


def reporters_at(contact: ContactInput) -> frozenset[UUID]:
    """Return the references of all whom messages reach at this address, also where an account only typed it."""
    rows = Contact.objects.filter(kind=contact.kind, index=address_index(contact.kind, contact.address))
    return frozenset(rows.values_list("reporter__ref", flat=True))


def who_stopped_news(refs: Iterable[UUID]) -> frozenset[UUID]:
    """Return those of the reporters who gave addresses and want no messages at any of them; one query at most."""
    asked = list(refs)
    if not asked:
        return frozenset()
    rows = Contact.objects.filter(reporter__ref__in=asked, sealed__isnull=False).values_list("reporter__ref")
    counted = rows.annotate(wanted=Count("pk", filter=Q(stopped_at=None)))
    return frozenset(ref for ref, wanted in counted if not wanted)


def only_mailbox(ref: UUID) -> ContactInput | None:
    """Return a reporter's e-mail address where there is exactly one, stopped or not; None for none and for several."""
    found = [address_of(contact) for contact in _contacts([ref]) if contact.kind == EMAIL]
    return ContactInput(EMAIL, found[0]) if len(found) == 1 and found[0] else None


def proved_indexes(account_id: int) -> list[bytes]:
    """Return the keyed hashes of the addresses that an account has proved to be its own. One query."""
    own = Contact.objects.filter(reporter__account=account_id, confirmed_at__isnull=False, is_aside=False)
    return [bytes(index) for index in own.values_list("index", flat=True)]


def reporter_of_account(account_id: int) -> UUID:
    """Return the reference of an account's reporter."""
    return Reporter.objects.values_list("ref", flat=True).get(account=account_id)


def masked_contacts(ref: UUID) -> list[MaskedContact]:
    """Return a reporter's addresses as they may be shown, oldest first."""
    return [MaskedContact(contact.kind, masked(contact.kind, address_of(contact))) for contact in _contacts([ref])]


def _contacts(refs: Iterable[UUID]) -> QuerySet[Contact]:
    contacts = Contact.objects.filter(reporter__ref__in=list(refs), sealed__isnull=False)
    return contacts.select_related("reporter").order_by("pk")
