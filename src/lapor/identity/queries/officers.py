"""What an officer's account is opened with, for its owner to look through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lapor.identity.models import Account, Authenticator, DeskSession, OutsideIdentity, RecoveryCode, SignOn
from lapor.identity.queries.accounts import OwnPasskey, own_passkeys


@dataclass(frozen=True)
class OwnSession:
    """One browser in which the officer is signed in; `is_here` is the one that asks."""

    id: int
    way: str
    browser: str
    began_at: datetime
    seen_at: datetime
    is_here: bool


@dataclass(frozen=True)
class OwnFactors:
    """What opens the account beside the password. `app_since` is None without an app; `codes` are those left."""

    app_since: datetime | None
    passkeys: tuple[OwnPasskey, ...]
    codes: int
    sign_ons: tuple[str, ...]

    @property
    def any(self) -> bool:
        """Tell whether there is a second factor."""
        return self.app_since is not None or bool(self.passkeys)


@dataclass(frozen=True)
class SignOnInfo:
    """An institution's own sign-on, without its secret."""

    institution: str
    name: str
    issuer: str
    client_id: str
    is_active: bool


def own_factors(account_id: int) -> OwnFactors:
    """Return what an officer signs in with; four queries."""
    app = Authenticator.objects.filter(account_id=account_id).values_list("created_at", flat=True).first()
    return OwnFactors(
        app_since=app,
        passkeys=tuple(own_passkeys(account_id)),
        codes=RecoveryCode.objects.filter(account_id=account_id, used_at=None).count(),
        sign_ons=tuple(OutsideIdentity.objects.filter(account_id=account_id).values_list("issuer", flat=True)),
    )


def own_sessions(account_id: int, key: str) -> list[OwnSession]:
    """Return where the officer is signed in, the browser that asks first; one query."""
    rows = DeskSession.objects.filter(account_id=account_id).order_by("-seen_at", "-pk")
    found = [OwnSession(one.pk, one.way, one.browser, one.began_at, one.seen_at, one.key == key) for one in rows]
    return sorted(found, key=lambda one: not one.is_here)


def officer_account(account_id: int) -> Account | None:
    """Return the account of somebody who may serve a desk: in use, and no citizen's."""
    return Account.objects.filter(pk=account_id, is_active=True, is_citizen=False).first()


def account_named(login: str) -> Account | None:
    """Return the account that this login as typed means; None where there is none."""
    return Account.objects.filter(login=login.strip().lower(), is_active=True, is_citizen=False).first()


def sign_ons(*, active: bool = True) -> list[SignOnInfo]:
    """Return the institutions' own sign-ons by name; one query."""
    rows = SignOn.objects.filter(is_active=True) if active else SignOn.objects.all()
    return [
        SignOnInfo(one.institution, one.name, one.issuer, one.client_id, one.is_active) for one in rows.order_by("name")
    ]
