"""An institution's own sign-on (OpenID Connect): it proves who somebody is, and never gives anybody a role.

Whose account it opens is decided here: by the subject it is linked to, the first time by an address that the
sign-on has verified. The caller says which accounts serve that institution and no other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lapor.identity.models import Account, OutsideIdentity, SignOn
from lapor.identity.vault import seal, unseal
from lapor.kernel.actor import CLOCK
from lapor.kernel.deeds import note_deed
from lapor.kernel.errors import InvalidInput, NotFound, Refusal


class NotAppointedThere(Refusal):
    """The sign-on knows the person, but no account here may be opened by it."""

    status = 403
    sentence = _(
        "Your institution's sign-on knows you, but no officer's account here belongs to it. Ask your admin whether "
        "your appointment is in force and your e-mail address is the one that the sign-on has verified."
    )


class NoSignOn(NotFound):
    """The institution has no sign-on of its own here."""

    sentence = _("This institution has no sign-on of its own here. Sign in with your password.")


@dataclass(frozen=True)
class Client:
    """How we speak with an institution's sign-on."""

    institution: str
    issuer: str
    client_id: str
    secret: str


@dataclass(frozen=True)
class OutsidePerson:
    """Whom the sign-on vouches for, taken from an ID token whose signature, issuer, audience and nonce were checked."""

    issuer: str
    subject: str
    email: str
    email_verified: bool


@transaction.atomic
def keep_sign_on(
    *,
    institution: str,
    home: int,
    name: str,
    issuer: str,
    client_id: str,
    secret: str,
    loopback: bool = False,
    now: datetime,
) -> None:
    """Set up or change an institution's sign-on; for the operator, who knows both sides. `home` is the agency's id.

    The issuer must be an https address, or with `loopback` one of this machine. Raises `InvalidInput`.
    """
    issuer = issuer.strip()
    parts = urlsplit(issuer)
    here = loopback and parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost")
    if not (parts.scheme == "https" or here) or not parts.hostname or parts.query or parts.fragment:
        raise InvalidInput(_("The issuer is an address that begins with https://."), field="issuer")
    if not client_id.strip() or not secret:
        raise InvalidInput(_("Client id and secret are both needed."), field="client_id")
    kept = {"name": name, "issuer": issuer, "client_id": client_id.strip(), "is_active": True}
    sealed = seal(secret, about=_about(institution))
    SignOn.objects.update_or_create(institution=institution, defaults={**kept, "sealed_secret": sealed})
    note_deed("sign_on_kept", actor=CLOCK, institution=home, about=issuer, now=now)


@transaction.atomic
def remove_sign_on(*, institution: str, home: int, now: datetime) -> None:
    """Take an institution's sign-on away with all that it linked; officers sign in by password again."""
    found = SignOn.objects.select_for_update().filter(institution=institution).first()
    if found is None:
        raise NoSignOn
    OutsideIdentity.objects.filter(issuer=found.issuer).delete()
    found.delete()
    note_deed("sign_on_removed", actor=CLOCK, institution=home, about=found.issuer, now=now)


def client_of(institution: str) -> Client:
    """Return how to speak with an institution's sign-on; raises `NoSignOn`."""
    found = SignOn.objects.filter(institution=institution, is_active=True).first()
    if found is None:
        raise NoSignOn
    secret = unseal(found.sealed_secret, about=_about(institution))
    return Client(institution, found.issuer, found.client_id, secret)


@transaction.atomic
def account_of(*, person: OutsidePerson, serves: Callable[[int], bool], now: datetime) -> Account:
    """Return the officer's account of this person; links it the first time.

    `serves` tells whether an account serves the institution, and no other. Raises `NotAppointedThere`, one answer for
    every reason, and then links nothing.
    """
    link = OutsideIdentity.objects.select_for_update().filter(issuer=person.issuer, subject=person.subject).first()
    account = _linked(link) if link else _by_address(person, serves)
    if account is None or not serves(account.pk):
        raise NotAppointedThere
    if link is None:
        link = OutsideIdentity(account=account, issuer=person.issuer, subject=person.subject, linked_at=now)
    link.used_at = now
    link.save()
    return account


def _linked(link: OutsideIdentity) -> Account | None:
    return Account.objects.filter(pk=link.account_id, is_active=True, is_citizen=False).first()


def _by_address(person: OutsidePerson, serves: Callable[[int], bool]) -> Account | None:
    """Return the only account with this address, unless another subject of the same sign-on has it already."""
    if not (person.email and person.email_verified):
        return None
    found = Account.objects.select_for_update().filter(email__iexact=person.email, is_active=True, is_citizen=False)
    fitting = [account for account in found.order_by("pk")[:20] if serves(account.pk)]
    if len(fitting) != 1 or OutsideIdentity.objects.filter(account=fitting[0], issuer=person.issuer).exists():
        return None
    return fitting[0]


def _about(institution: str) -> bytes:
    return f"sign-on {institution}".encode()
