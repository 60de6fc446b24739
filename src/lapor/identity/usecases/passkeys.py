"""Passkeys (WebAuthn) of citizens and officers: made on a person's own device, and enough to sign in with.

The browser's address is part of what a passkey signs, so that one cannot be tricked out of somebody by another site.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from lapor.identity.models import Account, Passkey
from lapor.identity.usecases.accounts import reporter_of
from lapor.identity.vault import keyed_hash
from lapor.kernel.errors import InvalidInput, Refusal

MOST_KEYS = 10
LONGEST_ANSWER = 20_000  # characters of JSON from the browser
LONGEST_NAME = 60


class PasskeyRefused(Refusal):
    """The passkey did not prove who is there: one answer, whatever was wrong with it."""

    status = 422
    sentence = _("This passkey did not work here. Try again, or sign in with a code.")


@dataclass(frozen=True)
class Site:
    """Where passkeys are used: the name they are bound to, and the address the browser shows now."""

    name: str
    origin: str


@dataclass(frozen=True)
class Challenge:
    """What the browser is asked: options as JSON for its function, and the challenge to be kept for the answer."""

    options: str
    challenge: bytes


@transaction.atomic
def begin_registration(*, account_id: int, site: Site) -> Challenge:
    """Ask the browser for a new passkey of this account.

    What the device keeps names a citizen by a random number, an officer by the login.
    """
    handle, name = _person(account_id)
    known = Passkey.objects.filter(account_id=account_id).values_list("credential", flat=True)
    options = generate_registration_options(
        rp_id=site.name,
        rp_name="LAPOR!",
        user_id=handle,
        user_name=name,
        exclude_credentials=[PublicKeyCredentialDescriptor(id=bytes(one)) for one in known],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
    )
    return Challenge(options_to_json(options), options.challenge)


@transaction.atomic
def register(*, account_id: int, site: Site, challenge: bytes, answer: str, name: str, now: datetime) -> None:
    """Keep a new passkey. Raises PasskeyRefused, and InvalidInput when there are ten already."""
    _person(account_id)
    if Passkey.objects.filter(account_id=account_id).count() >= MOST_KEYS:
        raise InvalidInput(_("You have ten passkeys already. Remove one first."))
    try:
        found = verify_registration_response(
            credential=_short(answer),
            expected_challenge=challenge,
            expected_rp_id=site.name,
            expected_origin=site.origin,
            require_user_verification=True,
        )
        with transaction.atomic():
            Passkey.objects.create(
                account_id=account_id,
                credential=found.credential_id,
                public_key=found.credential_public_key,
                sign_count=found.sign_count,
                name=_name(name),
                created_at=now,
            )
    except (WebAuthnException, IntegrityError, ValueError, KeyError, TypeError):
        raise PasskeyRefused from None


def begin_sign_in(*, site: Site) -> Challenge:
    """Ask the browser for any passkey of this site; nothing tells which accounts have one."""
    options = generate_authentication_options(rp_id=site.name, user_verification=UserVerificationRequirement.REQUIRED)
    return Challenge(options_to_json(options), options.challenge)


@transaction.atomic
def sign_in(*, site: Site, challenge: bytes, answer: str, now: datetime, officers: bool = False) -> Account:
    """Return the account whose passkey answered: a citizen's, or with `officers` only an officer's.

    Raises PasskeyRefused: the same for an unknown passkey, a wrong one, and one of the other kind of account.
    """
    try:
        credential = parse_authentication_credential_json(_short(answer))
        kept = _find(credential.raw_id, officers)
        found = verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.name,
            expected_origin=site.origin,
            credential_public_key=bytes(kept.public_key),
            credential_current_sign_count=kept.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, Passkey.DoesNotExist, ValueError, KeyError, TypeError):
        raise PasskeyRefused from None
    kept.sign_count, kept.used_at = found.new_sign_count, now
    kept.save(update_fields=["sign_count", "used_at"])
    return kept.account


@transaction.atomic
def rename(*, account_id: int, passkey_id: int, name: str) -> None:
    """Give a passkey of this account another name; nothing happens to anybody else's."""
    Passkey.objects.filter(pk=passkey_id, account_id=account_id).update(name=_name(name))


@transaction.atomic
def remove(*, account_id: int, passkey_id: int) -> None:
    """Forget a passkey of this account; signing in by a code always remains."""
    Passkey.objects.filter(pk=passkey_id, account_id=account_id).delete()


def challenge_of(text: str) -> bytes:
    """Return a challenge as a session keeps it (base64url) in bytes."""
    return base64url_to_bytes(text)


def _find(credential: bytes, officers: bool) -> Passkey:
    keys = Passkey.objects.select_for_update(of=("self",)).select_related("account")
    return keys.get(credential=credential, account__is_active=True, account__is_citizen=not officers)


def _person(account_id: int) -> tuple[bytes, str]:
    """Return by which handle and name a device shall know the account, which stays locked."""
    account = Account.objects.select_for_update().get(pk=account_id, is_active=True)
    if account.is_citizen:
        return reporter_of(account_id).ref.bytes, "LAPOR!"
    return keyed_hash("passkeys of an officer", str(account_id))[:16], account.login


def _short(answer: str) -> str:
    if len(answer) > LONGEST_ANSWER:
        raise ValueError("too long")
    return answer


def _name(typed: str) -> str:
    return " ".join(typed.replace("\0", " ").split())[:LONGEST_NAME] or gettext("Passkey")
