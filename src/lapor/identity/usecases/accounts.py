"""Accounts of citizens: found or made by an address that was just proved, and closed when their owner asks.

An officer's account is never one of these: a code in a mailbox must not lead to a desk.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lapor.identity.contacts import ContactInput
from lapor.identity.models import Account, Contact, NewsChoice, Passkey, Reporter, SignIn
from lapor.identity.seals import address_of, name_of, sealed_address, sealed_name
from lapor.identity.usecases.reporters import add_contact
from lapor.identity.vault import address_index
from lapor.kernel.errors import InvalidInput, Refusal

BY_CODE, BY_PASSKEY = "code", "passkey"
SIGN_INS_KEPT = timedelta(days=90)


class AnothersAddress(Refusal):
    """The address, though proved, signs in to another account already."""

    sentence = _("Another account signs in with this address already. Sign in with it to see what is there.")


class LastAddress(Refusal):
    """Without an address nobody could sign in any more."""

    sentence = _("This is the only address of your account. Add another one first.")


@dataclass(frozen=True)
class Proved:
    """What a proved address led to: the account, its reporter, and the shadow reporter that is merged into it."""

    account: Account
    ref: UUID
    shadow: UUID | None = None


@transaction.atomic
def account_of_address(*, contact: ContactInput, language: str, now: datetime) -> Proved:
    """Return the account that signs in with this address, a new one if there is none.

    A shadow reporter of the address (C24) becomes the new account's reporter with all its reports. The caller has
    checked the one-time code.
    """
    known = _contact(contact)
    account = known.reporter.account if known else None
    if known and account and account.is_citizen and account.is_active and known.confirmed_at:
        return Proved(account, known.reporter.ref)
    if known and account is None:
        reporter = known.reporter
        reporter.account = account = _new_account()
        reporter.save(update_fields=["account"])
    else:
        account = _new_account()
        reporter = Reporter.objects.create(account=account, language=language, created_at=now)
    return Proved(account, reporter.ref, confirm_address(reporter=reporter, contact=contact, now=now))


@transaction.atomic
def confirm_address(*, reporter: Reporter, contact: ContactInput, now: datetime) -> UUID | None:
    """Make a proved address the reporter's own; return the shadow reporter that had it, whose reports follow.

    An address that other accounts only typed is theirs no more; what they filed with it stays theirs. One that
    somebody proved stays: raises AnothersAddress.
    """
    known = _contact(contact)
    if known is None:
        own = _aside(contact).filter(reporter=reporter).first() or add_contact(reporter, contact, "web")
        own.confirm(now)
        _aside(contact).delete()
        return None
    if known.reporter_id == reporter.pk:
        known.confirm(now)
        _aside(contact).delete()
        return None
    if known.reporter.account_id is not None:
        _take_over(known, reporter, contact, now)
        return None
    _aside(contact).delete()
    free = absorb(known.reporter, reporter)
    Contact.objects.get(pk=known.pk).confirm(now)
    return free


def _take_over(known: Contact, reporter: Reporter, contact: ContactInput, now: datetime) -> None:
    if known.confirmed_at:
        raise AnothersAddress(field="contact")
    known.delete()
    _aside(contact).delete()
    add_contact(reporter, contact, "web").confirm(now)


def absorb(shadow: Reporter, into: Reporter) -> UUID:
    """Move all that is known of a shadow reporter to another one, sealed anew; return the reference that is free now.

    The caller moves its reports in the same transaction.
    """
    if shadow.sealed_name and not into.sealed_name and not into.names_itself:
        into.sealed_name = sealed_name(into.ref, name_of(shadow))
        into.save(update_fields=["sealed_name"])
    for contact in shadow.contacts.select_related("reporter"):
        address = address_of(contact)
        contact.sealed = sealed_address(into.ref, contact.kind, address) if address else None
        contact.reporter = into
        contact.save()
    taken = set(into.consents.values_list("report_code", "purpose"))
    for consent in shadow.consents.all():
        if (consent.report_code, consent.purpose) not in taken:
            consent.reporter = into
            consent.save(update_fields=["reporter"])
    shadow.unmaskings.update(reporter=into)
    shadow.news.exclude(report_code="").update(reporter=into)
    free = shadow.ref
    shadow.delete()
    return free


@transaction.atomic
def correct_name(*, account_id: int, name: str) -> None:
    """Change the name of the account's reporter, or forget it when it is empty. At most 100 characters."""
    name = " ".join(name.replace("\0", " ").split())
    if len(name) > 100:
        raise InvalidInput(_("The name is too long: at most 100 characters."), field="name")
    reporter = reporter_of(account_id)
    reporter.sealed_name, reporter.names_itself = sealed_name(reporter.ref, name), True
    reporter.save(update_fields=["sealed_name", "names_itself"])


@transaction.atomic
def remove_contact(*, account_id: int, contact_id: int) -> None:
    """Forget one address of the account. Raises LastAddress for the only one by which its owner can sign in."""
    reporter = reporter_of(account_id)
    proved = reporter.contacts.filter(confirmed_at__isnull=False).exclude(pk=contact_id)
    if not proved.exists():
        raise LastAddress
    reporter.contacts.filter(pk=contact_id).delete()


@transaction.atomic
def note_sign_in(*, account_id: int, way: str, browser: str, now: datetime) -> None:
    """Keep for its owner that somebody signed in, and forget the oldest of anybody that are older than 90 days."""
    SignIn.objects.create(account_id=account_id, at=now, way=way, browser=browser[:60])
    oldest = SignIn.objects.order_by("pk").values_list("pk", "at")[:50]
    SignIn.objects.filter(pk__in=[pk for pk, at in oldest if at < now - SIGN_INS_KEPT]).delete()


@transaction.atomic
def end_every_session(*, account_id: int) -> Account:
    """Sign the account out everywhere: sessions hang on its unusable password, which is drawn anew."""
    account = Account.objects.select_for_update().get(pk=account_id, is_citizen=True)
    account.set_unusable_password()
    account.save(update_fields=["password"])
    return account


@transaction.atomic
def erase_account(*, account_id: int, now: datetime) -> None:
    """Forget who the person is (UU 27/2022): name, addresses, passkeys, sign-ins; the account is closed for good.

    What stays: the reports, which nobody can lead back any more, and who looked at the name and why, which officers
    answer for. The caller knows the reports, and has checked a fresh one-time code.
    """
    reporter = reporter_of(account_id)
    reporter.contacts.all().delete()
    NewsChoice.objects.filter(reporter=reporter).delete()
    Passkey.objects.filter(account_id=account_id).delete()
    SignIn.objects.filter(account_id=account_id).delete()
    reporter.sealed_name, reporter.account, reporter.erased_at = None, None, now
    reporter.save(update_fields=["sealed_name", "account", "erased_at"])
    account = end_every_session(account_id=account_id)
    account.is_active, account.name, account.email = False, "", ""
    account.save(update_fields=["is_active", "name", "email"])


def reporter_of(account_id: int) -> Reporter:
    """Return the reporter of a citizen's account, its row locked."""
    return Reporter.objects.select_for_update().get(account_id=account_id, account__is_citizen=True)


def find_shadow(ref: UUID) -> Reporter | None:
    """Return the reporter with this reference, locked, if it is nobody's: without account and never erased."""
    found = Reporter.objects.select_for_update().filter(ref=ref, account=None, erased_at=None)
    return found.first()


def _new_account() -> Account:
    return Account.objects.create_user(f"warga-{uuid.uuid4().hex}", is_citizen=True)


def _contact(contact: ContactInput) -> Contact | None:
    """Return the row by which an address leads to somebody, locked, with its reporter and account."""
    rows = _rows(contact).select_for_update(of=("self",)).filter(is_aside=False)
    return rows.select_related("reporter__account").first()


def _aside(contact: ContactInput) -> QuerySet[Contact]:
    """Return the rows of accounts that typed the address and proved nothing."""
    return _rows(contact).filter(is_aside=True)


def _rows(contact: ContactInput) -> QuerySet[Contact]:
    return Contact.objects.filter(kind=contact.kind, index=address_index(contact.kind, contact.address))
