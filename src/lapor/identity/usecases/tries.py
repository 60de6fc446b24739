"""A lock after many wrong tries under one name. It opens by itself, and never tells whether the name exists."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lapor.identity.models import Account, Tries
from lapor.identity.vault import keyed_hash
from lapor.kernel.actor import Actor
from lapor.kernel.deeds import note_deed
from lapor.kernel.errors import Refusal

MOST = 10
SPAN = timedelta(minutes=15)  # ten wrong tries within this lock the name, for as long again


class Locked(Refusal):
    """So many wrong tries were made under this name that the next must wait."""

    status = 429
    sentence = _(
        "After ten wrong tries, this way is locked for 15 minutes. Wait, sign in with a passkey, or ask your "
        "institution's admin for a new invitation."
    )


def password_of(login: str) -> str:
    """Return the name under which wrong passwords for a login are counted, however it was typed."""
    return f"password {login.strip().lower()}"


def factor_of(account_id: int) -> str:
    """Return the name under which wrong codes for an account are counted."""
    return f"factor {account_id}"


def check_open(name: str, *, now: datetime) -> None:
    """Raise `Locked` while the name is locked, before any work is done."""
    if Tries.objects.filter(index=_index(name), locked_until__gt=now).exists():
        raise Locked


@transaction.atomic(durable=True)
def note_failure(name: str, *, now: datetime) -> bool:
    """Count one wrong try, also when the caller then refuses; return whether this one locked the name."""
    _forget_old(now)
    Tries.objects.get_or_create(index=_index(name), defaults={"first_at": now})
    tries = Tries.objects.select_for_update().get(index=_index(name))
    if now - tries.first_at > SPAN:
        tries.failures, tries.first_at, tries.locked_until = 0, now, None
    tries.failures += 1
    locks = tries.failures >= MOST and tries.locked_until is None
    if locks:
        tries.locked_until = now + SPAN
    tries.save()
    return locks


def note_lock(*, account: Account, actor: Actor, institution: int | None, now: datetime) -> None:
    """Put on record, for the institution, that an officer's way in was locked by wrong tries."""
    note_deed("locked", actor=actor, institution=institution, about=str(account), now=now)


def forget_failures(name: str) -> None:
    """Begin anew after a right try, or a new invitation."""
    Tries.objects.filter(index=_index(name)).delete()


def _forget_old(now: datetime) -> None:
    old = Tries.objects.filter(first_at__lt=now - 4 * SPAN).select_for_update(skip_locked=True)
    Tries.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:100])).delete()


def _index(name: str) -> bytes:
    return keyed_hash("wrong tries", name)[:16]
