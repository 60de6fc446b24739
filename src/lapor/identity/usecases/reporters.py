"""Find the reporter behind an address or an account, or make one: a shadow account where there is no other (C24)."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models import Q

from lapor.identity.contacts import EMAIL, HANDLE, PHONE, ContactInput
from lapor.identity.models import Contact, Reporter
from lapor.identity.seals import sealed_address, sealed_name
from lapor.identity.vault import address_index

_CARRIES_PHONES = ("sms", "whatsapp")


@transaction.atomic(savepoint=False)
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

    The same address always leads to the same reporter, whatever the channel and however it is typed; to an account's
    reporter only once the account proved it: anybody can type anybody's number. An address never leads an account to
    another person's reporter. A known name stays, until the owner of an account gives the first one of their own.
    """
    if account is not None:
        return _of_account(account, contact, name, channel, language, now)
    if contact is None:
        return _made(Reporter(language=language, created_at=now), name)
    return _of_address(contact) or _new_with_address(contact, name, channel, language, now)


def _of_account(
    account: AbstractBaseUser, contact: ContactInput | None, name: str, channel: str, language: str, now: datetime
) -> Reporter:
    wanted = {"language": language, "created_at": now}
    reporter, _ = Reporter.objects.get_or_create(account_id=account.pk, defaults=wanted)
    if name and not (reporter.sealed_name and reporter.names_itself):
        reporter.names_itself = True
        _made(reporter, name)
    if contact is not None and _of_address(contact) is None:
        _put_aside(reporter, contact, channel)
    return reporter


def _of_address(contact: ContactInput) -> Reporter | None:
    """Return who the address leads to: the account that proved it, else the shadow account of all who typed it."""
    index = address_index(contact.kind, contact.address)
    rows = Contact.objects.select_related("reporter").filter(kind=contact.kind, index=index, is_aside=False)
    known = rows.filter(Q(confirmed_at__isnull=False) | Q(reporter__account=None)).first()
    return known.reporter if known else None


def _new_with_address(contact: ContactInput, name: str, channel: str, language: str, now: datetime) -> Reporter:
    try:
        with transaction.atomic():
            reporter = _made(Reporter(language=language, created_at=now), name)
            add_contact(reporter, contact, channel)
            return reporter
    except IntegrityError:
        # Another message from the same address was first; its reporter is this one's.
        winner = _of_address(contact)
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


def _put_aside(reporter: Reporter, contact: ContactInput, channel: str) -> None:
    """Keep an address that an account typed: it is told about its own reports there, and nobody is led to it."""
    Contact.objects.get_or_create(
        reporter=reporter,
        kind=contact.kind,
        index=address_index(contact.kind, contact.address),
        defaults={
            "channel": _answered_by(contact, channel),
            "sealed": sealed_address(reporter.ref, contact.kind, contact.address),
            "is_aside": True,
        },
    )


def _answered_by(contact: ContactInput, channel: str) -> str:
    """Return the channel that reaches the address: a phone typed on the website is reached by SMS."""
    if contact.kind == PHONE:
        return channel if channel in _CARRIES_PHONES else "sms"
    return {EMAIL: "email", HANDLE: channel}[contact.kind]
