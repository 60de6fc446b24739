"""One-time codes: six digits that prove that somebody reads what is sent to an address.

A code is asked for and typed in one browser, which keeps the code's id: nobody types for anybody else. What is told to
who asks is the same whether or not the address is known here.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lapor.identity.contacts import PHONE, ContactInput
from lapor.identity.models import OneTimeCode
from lapor.identity.vault import address_index, keyed_hash
from lapor.kernel.errors import InvalidInput, Refusal

SIGN_IN, CONTACT, ERASE = "sign_in", "contact", "erase"

LIFE = timedelta(minutes=10)
MOST_TRIES = 5
MOST_OF_ADDRESS = ((3, timedelta(minutes=10)), (10, timedelta(days=1)))
MOST_OF_BLOCK = ((20, timedelta(hours=1)),)  # phone numbers alike but for the last four digits
KEPT_FOR = timedelta(days=2)  # longer than the longest span counted above


class TooManyCodes(Refusal):
    """So many codes were sent to this address, or to numbers like it, that the next one must wait."""

    status = 429
    sentence = _("Several codes were sent there already. Use the newest one, or ask for another in ten minutes.")


class WrongCode(InvalidInput):
    """The digits are wrong, too old or used up: one answer for all."""

    sentence = _("This code is wrong or no longer valid. Check the digits, or ask for a new code.")


@dataclass(frozen=True)
class NewCode:
    """A code just made: its id for the browser, its digits for the message."""

    id: int
    digits: str


@transaction.atomic(durable=True)
def make_code(*, contact: ContactInput, purpose: str, now: datetime) -> NewCode:
    """Return a fresh code for an address. Raises TooManyCodes."""
    forget_old_codes(now=now)
    index, block = address_index(contact.kind, contact.address), _block(contact)
    _check_amount(index, block, now)
    digits = f"{secrets.randbelow(1_000_000):06d}"
    row = OneTimeCode.objects.create(
        purpose=purpose,
        index=index,
        block=block,
        digest=_digest(purpose, index, digits),
        created_at=now,
        expires_at=now + LIFE,
    )
    return NewCode(row.pk, digits)


def use_code(*, id: int, contact: ContactInput, purpose: str, digits: str, now: datetime) -> None:
    """Use a code up. Each try is counted before it is looked at. Raises WrongCode."""
    if not _is_right(id, contact, purpose, "".join(digits.split()), now):
        raise WrongCode(field="digits")


@transaction.atomic(durable=True)
def _is_right(id: int, contact: ContactInput, purpose: str, digits: str, now: datetime) -> bool:
    row = OneTimeCode.objects.select_for_update().filter(pk=id, purpose=purpose, used_at=None).first()
    if row is None or row.tries >= MOST_TRIES or now >= row.expires_at:
        return False
    row.tries += 1
    index = address_index(contact.kind, contact.address)
    is_right = hmac.compare_digest(bytes(row.digest), _digest(purpose, index, digits))
    row.used_at = now if is_right else None
    row.save(update_fields=["tries", "used_at"])
    return is_right


def forget_old_codes(*, now: datetime) -> int:
    """Delete codes that no limit counts any more, a few at each new one; return how many. Call inside a transaction."""
    old = OneTimeCode.objects.filter(created_at__lt=now - KEPT_FOR).select_for_update(skip_locked=True)
    return OneTimeCode.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:100])).delete()[0]


def _check_amount(index: bytes, block: bytes | None, now: datetime) -> None:
    for most, span in MOST_OF_ADDRESS:
        if OneTimeCode.objects.filter(index=index, created_at__gt=now - span).count() >= most:
            raise TooManyCodes
    for most, span in MOST_OF_BLOCK if block else ():
        if OneTimeCode.objects.filter(block=block, created_at__gt=now - span).count() >= most:
            raise TooManyCodes


def _block(contact: ContactInput) -> bytes | None:
    return keyed_hash("block of numbers", contact.address[:-4])[:16] if contact.kind == PHONE else None


def _digest(purpose: str, index: bytes, digits: str) -> bytes:
    return keyed_hash("one-time code", f"{purpose}\0{index.hex()}\0{digits}")
