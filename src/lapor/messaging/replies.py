"""Reply addresses of reports: signed and unguessable, one for each report, in every mail that its reporter gets.

`lapor+r.mtr-2026-000123.<signature>@host`: whoever writes there has had a mail that went to the reporter alone. No
tracking code stands in it, and nobody can make one for another report. `lapor+b.<key>@host` is where the bounce of one
letter comes back to.
"""

from __future__ import annotations

import base64
import hmac
import re
from dataclasses import dataclass

from django.conf import settings

from lapor.identity.contacts import EMAIL, ContactInput
from lapor.identity.models import Reporter
from lapor.identity.queries.contacts import reporters_at
from lapor.identity.vault import keyed_hash
from lapor.kernel.errors import InvalidInput
from lapor.reports.models import Report

SIGNATURE = 10  # bytes; 16 letters, and nobody can try signatures but by mail
_REPLY = re.compile(r"r\.([a-z0-9]{1,12}-20\d\d-\d{6,12})\.([a-z2-7]{16})")
_BOUNCE = re.compile(r"b\.([0-9a-f]{32})")


@dataclass(frozen=True)
class Addressee:
    """What the part behind the plus says: the report that a reply is for, or the letter that came back."""

    number: str = ""
    letter: str = ""


def reply_address(number: str) -> str:
    """Return the address at which the reporter of this report is believed; empty where no e-mail comes in."""
    own: str = settings.LAPOR_EMAIL_ADDRESS
    return _extended(own, f"r.{number.lower()}.{_signature(number)}") if own and number else ""


def bounce_address(key: str) -> str:
    """Return the address to which one letter comes back when nobody takes it; empty where no e-mail comes in."""
    own: str = settings.LAPOR_EMAIL_ADDRESS
    return _extended(own, f"b.{key}") if own and _BOUNCE.fullmatch(f"b.{key}") else ""


def read_extension(extension: str) -> Addressee | None:
    """Return whom the part behind the plus means; None for what we have not signed ourselves."""
    plain = extension.lower()
    if found := _BOUNCE.fullmatch(plain):
        return Addressee(letter=found[1])
    if found := _REPLY.fullmatch(plain):
        number = found[1].upper()
        return Addressee(number=number) if hmac.compare_digest(found[2], _signature(number)) else None
    return None


def thread_of(number: str) -> str:
    """Return the Message-ID that all mails of a report refer to, so that they stand together."""
    return keyed_hash("mail thread", number).hex()[:32]


def code_of(number: str) -> str:
    """Return the code of the report that a signed address names; empty when there is none. For nothing else."""
    return Report.objects.filter(number=number).values_list("code", flat=True).first() or ""


def institution_of(number: str) -> str:
    """Return the code of the institution that has the report of this number; empty for none."""
    return Report.objects.filter(number=number).values_list("agency__code", flat=True).first() or ""


def belongs_to(number: str, address: str) -> bool:
    """Tell whether the reporter of this report is reached at this address. Three queries at most."""
    ref = Report.objects.filter(number=number).values_list("reporter_ref", flat=True).first()
    try:
        contact = ContactInput(EMAIL, address)
    except InvalidInput:
        return False
    if ref is None:
        return False
    return ref in reporters_at(contact) or Reporter.objects.filter(ref=ref, account__email=contact.address).exists()


def _extended(address: str, extension: str) -> str:
    name, _, host = address.partition("@")
    return f"{name}+{extension}@{host}"


def _signature(number: str) -> str:
    return base64.b32encode(keyed_hash("mail reply", number.upper())[:SIGNATURE]).decode().lower()
