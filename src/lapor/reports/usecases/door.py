"""The door to a report for who has no account: its code, and the PIN that its owner may have given it.

An unknown code, a PIN that is missing and a wrong one get the same answer after the same work. Each try with a PIN is
counted before it is looked at, so that many at once gain nothing; what is counted leads back to no code.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from math import ceil

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lapor.identity.vault import keyed_hash
from lapor.kernel.codes import read_code
from lapor.kernel.errors import Refusal
from lapor.reports.models import DoorTry, Report
from lapor.reports.refusals import NotFound

MOST_TRIES = 5  # wrong PINs before the next waiting time
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=15), timedelta(hours=12)
FORGOTTEN_AFTER = timedelta(days=7)


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
        sentence = ngettext(
            "Too many wrong PINs were typed for this code. Try again in %(n)d minute, or open the report from your "
            "account.",
            "Too many wrong PINs were typed for this code. Try again in %(n)d minutes, or open the report from your "
            "account.",
            minutes,
        )
        super().__init__(sentence % {"n": minutes}, field="pin")


@dataclass(frozen=True)
class Opened:
    """A report whose door was passed: its code, and the key that says so for as long as its PIN stays."""

    code: str
    key: str


def open_by_code(*, typed: str, pin: str = "", is_known: bool = False, now: datetime) -> Opened:
    """Return what opens the report. `is_known`: this browser has passed the same door before, and counts for itself.

    Raises DoorShut, and WaitAtDoor whether or not there is such a report. One query without a PIN.
    """
    code = read_code(typed) or ""
    if pin and code:
        _count_try(code, is_known, now)
    found = Report.objects.filter(code=code).values_list("code", "pin_key", "pin__hash").first()
    kept = found[2] if found else None
    is_right = bool(pin) and check_password(pin, kept or _nobodys_pin())
    if found is None or (found[1] and not (kept and is_right)):
        raise DoorShut
    if pin:
        DoorTry.objects.filter(index=_index(code), is_known=is_known).delete()
    return Opened(found[0], found[1])


def new_key() -> str:
    """Return a key that nobody has been given yet."""
    return secrets.token_urlsafe(12)


@transaction.atomic(durable=True)
def _count_try(code: str, is_known: bool, now: datetime) -> None:
    """Count a try before it is looked at; the last one of a round begins a waiting time, each longer than the last."""
    row, _made = DoorTry.objects.select_for_update().get_or_create(
        index=_index(code), is_known=is_known, defaults={"last_at": now}
    )
    if now - row.last_at > FORGOTTEN_AFTER:
        row.tries = row.rounds = 0
    if row.wait_until and now < row.wait_until:
        raise WaitAtDoor(row.wait_until, now)
    row.tries, row.last_at = row.tries + 1, now
    if row.tries >= MOST_TRIES:
        row.wait_until = now + min(FIRST_WAIT * 2 ** min(row.rounds, 10), LONGEST_WAIT)
        row.tries, row.rounds = 0, row.rounds + 1
    row.save()
    _forget_old(now)


def _forget_old(now: datetime) -> None:
    """Delete counts that nobody added to for two weeks, a few at each new try."""
    old = DoorTry.objects.filter(last_at__lt=now - 2 * FORGOTTEN_AFTER).select_for_update(skip_locked=True)
    DoorTry.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:100])).delete()


def _index(code: str) -> bytes:
    return keyed_hash("door", code)[:16]


@cache
def _nobodys_pin() -> str:
    """Return a hash that no PIN matches, so that an unknown code costs as much time as a known one."""
    return make_password(secrets.token_urlsafe(16))
