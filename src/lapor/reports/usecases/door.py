"""The door to a report for who has no account: its code, and the PIN that its owner may have given it.

An unknown code, a PIN that is missing and a wrong one get the same answer after the same work. Each try with a PIN is
counted before it is looked at, so that many at once gain nothing; what is counted leads back to no code and no address.

Three counts, so that who guesses stays out and who owns the report gets in:

- A browser that has passed this door before is counted by itself: nobody else can make it wait.
- Every other try is counted for its code and the range of addresses it comes from: five tries, then a waiting time of
  15 minutes that doubles up to 24 hours. One range so has 40 tries in the first 32 hours and 5 in each day after them.
  A stranger who guesses on makes their own network wait; the owner comes in from any other one.
- All strangers together have 100 tries for a code, and 10 new ones in each day. Two ranges never use them up (80 in
  32 hours, of which 13 have come back, then 10 a day); who has very many ranges has 100 + 365 x 10 = 3,750 tries in a
  year: 0.4 in 100 against a PIN of six digits, which has a million. Only then does an unknown browser wait for what
  others guess; a known one and an account never do.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from math import ceil

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lapor.identity.vault import keyed_hash
from lapor.kernel.codes import read_code
from lapor.kernel.errors import Refusal
from lapor.reports.models import DoorTry, Report
from lapor.reports.refusals import NotFound

MOST_TRIES = 5  # wrong PINs before the next waiting time
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=15), timedelta(hours=24)
FORGOTTEN_AFTER = timedelta(days=7)
MOST_OF_ALL = 100  # tries of all strangers together for one code
ONE_COMES_BACK = timedelta(days=1) / 10


class DoorShut(NotFound):
    """No report opens with what was typed: the same whether the code is unknown, or its PIN missing or wrong."""

    sentence = _(
        "We found no report with this code. Check the code and try again. If you gave it a PIN, type the PIN too."
    )


class WaitAtDoor(Refusal):
    """Too many wrong PINs were typed for this code; `until` is when the next one is looked at."""

    status = 429

    def __init__(self, until: datetime, now: datetime) -> None:
        minutes = ceil((until - now).total_seconds() / 60)
        super().__init__(f"{_wait(minutes)} {_OTHER_WAYS}", field="pin")


_OTHER_WAYS = _("You need not wait in a browser that has opened this report before, or in your account.")


def _wait(minutes: int) -> str:
    if minutes > 90:
        hours = ceil(minutes / 60)
        return ngettext(
            "Too many wrong PINs were typed for this code. Try again in %(n)d hour.",
            "Too many wrong PINs were typed for this code. Try again in %(n)d hours.",
            hours,
        ) % {"n": hours}
    return ngettext(
        "Too many wrong PINs were typed for this code. Try again in %(n)d minute.",
        "Too many wrong PINs were typed for this code. Try again in %(n)d minutes.",
        minutes,
    ) % {"n": minutes}


@dataclass(frozen=True)
class Opened:
    """A report whose door was passed: its code, and the key that says so for as long as its PIN stays."""

    code: str
    key: str


def open_by_code(*, typed: str, pin: str = "", is_known: bool = False, origin: str = "", now: datetime) -> Opened:
    """Return what opens the report. `is_known`: this browser has passed the same door before, and counts for itself.

    `origin` is the range of addresses it comes from, as text; empty where nothing is known of it, which is then counted
    as one range. Raises DoorShut, and WaitAtDoor whether or not there is such a report. One query without a PIN.
    """
    code = read_code(typed) or ""
    if pin and code:
        _count_try(code, is_known, origin, now)
    found = Report.objects.filter(code=code).values_list("code", "pin_key", "pin__hash").first()
    kept = found[2] if found else None
    is_right = bool(pin) and check_password(pin, kept or _nobodys_pin())
    if found is None or (found[1] and not (kept and is_right)):
        raise DoorShut
    if pin:
        _give_back(code, is_known, origin)
    return Opened(found[0], found[1])


def new_key() -> str:
    """Return a key that nobody has been given yet."""
    return secrets.token_urlsafe(12)


@transaction.atomic(durable=True)
def _count_try(code: str, is_known: bool, origin: str, now: datetime) -> None:
    """Count a try before it is looked at; the last one of a round begins a waiting time, each longer than the last."""
    own = _locked(_own_index(code, is_known, origin), is_known, now)
    if now - own.last_at > FORGOTTEN_AFTER:
        own.tries = own.rounds = 0
    if own.wait_until and now < own.wait_until:
        raise WaitAtDoor(own.wait_until, now)
    if not is_known:
        _count_among_all(code, now)
    own.tries, own.last_at = own.tries + 1, now
    if own.tries >= MOST_TRIES:
        own.wait_until = now + min(FIRST_WAIT * 2 ** min(own.rounds, 10), LONGEST_WAIT)
        own.tries, own.rounds = 0, own.rounds + 1
    own.save()
    _forget_old(now)


def _count_among_all(code: str, now: datetime) -> None:
    """Take one of the tries that all strangers share; `wait_until` of their row is when all will have come back."""
    shared = _locked(_shared_index(code), False, now)
    full_at = max(shared.wait_until or now, now) + ONE_COMES_BACK
    if full_at - now > MOST_OF_ALL * ONE_COMES_BACK:
        raise WaitAtDoor(full_at - MOST_OF_ALL * ONE_COMES_BACK, now)
    shared.wait_until, shared.last_at = full_at, now
    shared.save(update_fields=["wait_until", "last_at"])


@transaction.atomic(durable=True)
def _give_back(code: str, is_known: bool, origin: str) -> None:
    """Let a right PIN cost nothing: neither whoever typed it nor, of the shared tries, the next stranger."""
    DoorTry.objects.filter(index=_own_index(code, is_known, origin), is_known=is_known).delete()
    if not is_known:
        shared = DoorTry.objects.filter(index=_shared_index(code), is_known=False)
        shared.update(wait_until=F("wait_until") - ONE_COMES_BACK)


def _locked(index: bytes, is_known: bool, now: datetime) -> DoorTry:
    row, _made = DoorTry.objects.select_for_update().get_or_create(
        index=index, is_known=is_known, defaults={"last_at": now}
    )
    return row


def _forget_old(now: datetime) -> None:
    """Delete counts that nobody added to for two weeks, a few at each new try."""
    old = DoorTry.objects.filter(last_at__lt=now - 2 * FORGOTTEN_AFTER).select_for_update(skip_locked=True)
    DoorTry.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:100])).delete()


def _own_index(code: str, is_known: bool, origin: str) -> bytes:
    return keyed_hash("door", code if is_known else f"{code} {origin}")[:16]


def _shared_index(code: str) -> bytes:
    return keyed_hash("door of all strangers", code)[:16]


@cache
def _nobodys_pin() -> str:
    """Return a hash that no PIN matches, so that an unknown code costs as much time as a known one."""
    return make_password(secrets.token_urlsafe(16))
