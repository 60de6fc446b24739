"""The second factor of officers: an authenticator app or a passkey, and ten codes for the day the phone is lost.

Codes of the app are those of RFC 6238 (six digits, half a minute), taken half a minute early or late and never twice.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

import pyotp
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lapor.identity.models import Account, Authenticator, Passkey, RecoveryCode
from lapor.identity.usecases import desk_sessions, passkeys, tries
from lapor.identity.usecases.passkeys import Site
from lapor.identity.vault import keyed_hash, seal, unseal
from lapor.kernel.actor import Actor
from lapor.kernel.deeds import note_deed
from lapor.kernel.errors import InvalidInput, Refusal

CODES = 10
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is read as another
_LENGTH = 10
_STEP = 30  # seconds


class WrongFactor(InvalidInput):
    """The code is wrong, used already, or too old: one answer for all."""

    sentence = _("This code is not right, or was used already. Wait for the next one in your app, then type that.")


class LastFactor(Refusal):
    """Without any second factor the officer could not sign in any more."""

    sentence = _("This is your only second factor. Set up another one first.")


def new_secret() -> str:
    """Return a fresh secret for an authenticator app (160 bits, base 32)."""
    return pyotp.random_base32()


def address_for_app(secret: str, login: str) -> str:
    """Return what the square for the app says: otpauth://totp/..."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name="LAPOR!")


def has_factor(account_id: int) -> bool:
    """Tell whether the officer has an app or a passkey; two queries."""
    return (
        Authenticator.objects.filter(account_id=account_id).exists()
        or Passkey.objects.filter(account_id=account_id).exists()
    )


@dataclass(frozen=True)
class By:
    """Who changes a second factor, in which role, and the institution on whose record that stands."""

    actor: Actor
    institution: int | None

    def note(self, action: str, about: object, now: datetime, **facts: str) -> None:
        """Put it on record."""
        note_deed(action, actor=self.actor, institution=self.institution, about=str(about), now=now, **facts)


@transaction.atomic
def set_app(*, account_id: int, secret: str, digits: str, by: By, now: datetime) -> list[str]:
    """Keep an app that just showed a right code; it replaces an earlier one.

    Returns ten recovery codes to be shown once, or none where the officer still has some. Raises `WrongFactor`.
    """
    step = _step_of(secret, digits, now)
    if step is None:
        raise WrongFactor(field="digits")
    account = officer(account_id)
    sealed = seal(secret, about=_about(account_id))
    Authenticator.objects.update_or_create(
        account=account, defaults={"sealed": sealed, "last_step": step, "created_at": now, "used_at": now}
    )
    by.note("factor_set", account, now, way="app")
    return first_codes(account_id)


@transaction.atomic
def set_key(
    *, account_id: int, site: Site, challenge: bytes, answer: str, name: str, by: By, now: datetime
) -> list[str]:
    """Keep a passkey that the officer's device just made; return recovery codes as `set_app` does.

    Raises `PasskeyRefused`, and `InvalidInput` when there are ten already.
    """
    account = officer(account_id)
    passkeys.register(account_id=account_id, site=site, challenge=challenge, answer=answer, name=name, now=now)
    by.note("factor_set", account, now, way="passkey")
    return first_codes(account_id)


def first_codes(account_id: int) -> list[str]:
    """Return ten new recovery codes where the officer has none left, else nothing."""
    if RecoveryCode.objects.filter(account_id=account_id, used_at=None).exists():
        return []
    return new_codes(account_id=account_id)


@transaction.atomic
def new_codes(*, account_id: int) -> list[str]:
    """Return ten fresh recovery codes, such as "ABCDE-23456"; all earlier ones stop working."""
    account = officer(account_id)
    drawn = ["".join(secrets.choice(_LETTERS) for _ in range(_LENGTH)) for _ in range(CODES)]
    RecoveryCode.objects.filter(account=account).delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(account=account, digest=_digest(account_id, one)) for one in drawn)
    return [f"{one[:5]}-{one[5:]}" for one in drawn]


def use_code(*, account_id: int, typed: str, now: datetime) -> None:
    """Use up a code of the app or a recovery code. Raises `Locked`, and `WrongFactor` after counting the try."""
    name = tries.factor_of(account_id)
    tries.check_open(name, now=now)
    if not _is_right(account_id, typed, now):
        tries.note_failure(name, now=now)
        raise WrongFactor(field="digits")
    tries.forget_failures(name)


@transaction.atomic(durable=True)
def _is_right(account_id: int, typed: str, now: datetime) -> bool:
    plain = "".join(typed.split()).replace("-", "").upper()
    if plain.isdecimal():
        return _use_step(account_id, plain, now)
    codes = RecoveryCode.objects.filter(account_id=account_id, digest=_digest(account_id, plain), used_at=None)
    return codes.update(used_at=now) == 1


def _use_step(account_id: int, digits: str, now: datetime) -> bool:
    app = Authenticator.objects.select_for_update().filter(account_id=account_id).first()
    if app is None:
        return False
    step = _step_of(unseal(app.sealed, about=_about(account_id)), digits, now)
    if step is None or step <= app.last_step:
        return False
    app.last_step, app.used_at = step, now
    app.save(update_fields=["last_step", "used_at"])
    return True


@transaction.atomic
def remove_app(*, account_id: int, by: By, now: datetime) -> None:
    """Forget the officer's app. Raises `LastFactor` when there is no passkey beside it."""
    account = officer(account_id)
    if not Passkey.objects.filter(account_id=account_id).exists():
        raise LastFactor
    if Authenticator.objects.filter(account_id=account_id).delete()[0]:
        by.note("factor_removed", account, now, way="app")


@transaction.atomic
def remove_key(*, account_id: int, passkey_id: int, by: By, now: datetime) -> None:
    """Forget one of the officer's passkeys. Raises `LastFactor` when it is the only factor."""
    account = officer(account_id)
    others = Passkey.objects.filter(account_id=account_id).exclude(pk=passkey_id).exists()
    if not others and not Authenticator.objects.filter(account_id=account_id).exists():
        raise LastFactor
    if Passkey.objects.filter(pk=passkey_id, account_id=account_id).delete()[0]:
        by.note("factor_removed", account, now, way="passkey")


@transaction.atomic
def reset(*, account_id: int, by: By, now: datetime) -> None:
    """Forget every second factor of an officer who lost them; the next sign-in sets one up, and every session ends.

    The caller has checked who asks.
    """
    account = officer(account_id)
    Authenticator.objects.filter(account_id=account_id).delete()
    RecoveryCode.objects.filter(account_id=account_id).delete()
    Passkey.objects.filter(account_id=account_id).delete()
    desk_sessions.end_others(account_id=account_id)
    tries.forget_failures(tries.factor_of(account_id))
    by.note("factor_reset", account, now)


def officer(account_id: int) -> Account:
    """Return the officer's account in use, locked; a citizen's account has other ways in."""
    return Account.objects.select_for_update().get(pk=account_id, is_active=True, is_citizen=False)


def _step_of(secret: str, digits: str, now: datetime) -> int | None:
    """Return the half-minute whose code this is: the present one, the one before or the one after."""
    typed, app, here = "".join(digits.split()), pyotp.TOTP(secret), int(now.timestamp()) // _STEP
    return next(
        (step for step in (here, here - 1, here + 1) if pyotp.utils.strings_equal(typed, app.generate_otp(step))), None
    )


def _digest(account_id: int, code: str) -> bytes:
    return keyed_hash("recovery code", f"{account_id}\0{code}")


def _about(account_id: int) -> bytes:
    return f"authenticator {account_id}".encode()
