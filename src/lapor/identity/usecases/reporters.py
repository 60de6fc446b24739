"""Find the reporter behind an address or an account, or make one: a shadow account where there is no other (C24)."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction

from lapor.identity.contacts import EMAIL, HANDLE, PHONE, ContactInput
from lapor.identity.models import Contact, Reporter
from lapor.identity.seals import sealed_address, sealed_name
from lapor.identity.vault import address_index

_CARRIES_PHONES = ("sms", "whatsapp")


@transaction.atomic
def find_or_make_reporter(
    *,
    contact: ContactInput | None,
    name: str,
    channel: str,
    account: AbstractBaseUser | None = None,
    language: str = "id",
    now: datetime,
) -> Reporter:
    """Return the reporter of the account if one is signed in, else of the address, else a new one.

    The same address always leads to the same reporter, whatever the channel and however it is typed. An address never
    leads an account to another person's reporter: anybody can type anybody's number. A known name stays.
    """
    if account is not None:
        return _of_account(account, contact, name, channel, language, now)
    if contact is None:
        return _made(Reporter(language=language, created_at=now), name)
    return _of_address(contact, channel) or _new_with_address(contact, name, channel, language, now)


def _of_account(
    account: AbstractBaseUser, contact: ContactInput | None, name: str, channel: str, language: str, now: datetime
) -> Reporter:
    wanted = {"language": language, "created_at": now}
    reporter, _ = Reporter.objects.get_or_create(account_id=account.pk, defaults=wanted)
    if name and not reporter.sealed_name:
        _made(reporter, name)
    if contact is not None and _of_address(contact, channel) is None:
        add_contact(reporter, contact, channel)
    return reporter


def _of_address(contact: ContactInput, channel: str) -> Reporter | None:
    index = address_index(contact.kind, contact.address)
    known = Contact.objects.select_related("reporter").filter(kind=contact.kind, index=index).first()
    return known.reporter if known else None


def _new_with_address(contact: ContactInput, name: str, channel: str, language: str, now: datetime) -> Reporter:
    try:
        with transaction.atomic():
            reporter = _made(Reporter(language=language, created_at=now), name)
            add_contact(reporter, contact, channel)
            return reporter
    except IntegrityError:
        # Another message from the same address was first; its reporter is this one's.
        winner = _of_address(contact, channel)
        if winner is None:
            raise
        return winner


def _made(reporter: Reporter, name: str) -> Reporter:
    reporter.sealed_name = sealed_name(reporter.ref, name)
    reporter.save()
    return reporter


def add_contact(reporter: Reporter, contact: ContactInput, channel: str) -> Contact:
    """Seal an address and keep it as this reporter's; raises IntegrityError when it is somebody's already."""
    return Contact.objects.create(
        reporter=reporter,
        kind=contact.kind,
        channel=_answered_by(contact, channel),
        sealed=sealed_address(reporter.ref, contact.kind, contact.address),
        index=address_index(contact.kind, contact.address),
    )


def _answered_by(contact: ContactInput, channel: str) -> str:
    """Return the channel that reaches the address: a phone typed on the website is reached by SMS."""
    if contact.kind == PHONE:
        return channel if channel in _CARRIES_PHONES else "sms"
    return {EMAIL: "email", HANDLE: channel}[contact.kind]
