"""Our addresses: the national desk's, one for each institution, and behind a plus what we signed ourselves.

`lapor@host` and `lapor+anything@host` are ours; `kota-mataram@host`, `lapor+kota-mataram@host` and `mtr@host` are the
institution's, by its code or by a keyword of its.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from lapor.agencies.queries.keywords import institution_for
from lapor.agencies.queries.tree import get_agency
from lapor.agencies.refusals import UnknownAgency
from lapor.channels.email.envelope import Envelope
from lapor.channels.email.mime import Mail
from lapor.messaging.replies import Addressee, read_extension

NATIONAL = ""
_ADDRESS = re.compile(r"[^\s<>,;:\"()@]{1,64}@[^\s<>,;:\"()@]{1,255}")
MOST_NAMED = 100
DELIVERED = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc", "Resent-To")


@dataclass(frozen=True)
class Ours:
    """One of our addresses: `agency` is an institution's code or empty; `signed` is what we made it for, if we did.

    `refused`: it has the form of an address that we sign, and is not signed by us.
    """

    agency: str = NATIONAL
    signed: Addressee | None = None
    refused: bool = False


def ours(address: str) -> Ours | None:
    """Return what one of our addresses means; None for an address that is not ours. Two queries at most."""
    name, _, host = address.lower().rpartition("@")
    own_name, _, own_host = settings.LAPOR_EMAIL_ADDRESS.partition("@")
    if not own_host or host != own_host:
        return None
    first, plus, extension = name.partition("+")
    if first != own_name:
        agency = _institution(first)
        return Ours(agency) if agency else None
    if not plus:
        return Ours()
    if signed := read_extension(extension):
        return Ours(signed=signed)
    return Ours(refused=True) if extension.startswith(("r.", "b.")) else Ours(_institution(extension))


def account_of(address: str) -> str:
    """Return the name under which mail to an address is kept: never what was signed, for people may read it."""
    name, _, host = address.lower().rpartition("@")
    first, plus, extension = name.partition("+")
    return f"{first}@{host}" if plus and re.match(r"[rb]\.", extension) else f"{name}@{host}"


def meant(mail: Mail, envelope: Envelope) -> Ours:
    """Return to which of our addresses a mail came; a signed one counts first, the national desk's last."""
    named = [envelope.to] if envelope.to else _named(mail)
    found = [known for known in map(ours, named) if known]
    return next(iter(sorted(found, key=_order)), Ours())


def _order(one: Ours) -> int:
    return 0 if one.signed else 1 if one.refused else 2 if one.agency else 3


def _named(mail: Mail) -> list[str]:
    """Return the addresses that a mail without an envelope says it was sent to."""
    headers: Iterable[str] = (text for name in DELIVERED for text in mail.headers(name))
    return list(dict.fromkeys(found for text in headers for found in _ADDRESS.findall(text)))[:MOST_NAMED]


def _institution(name: str) -> str:
    """Return the code of the receiving institution of this code or keyword, empty for none."""
    if not re.fullmatch(r"[a-z0-9._-]{1,80}", name):
        return ""
    try:
        agency = get_agency(name)
    except UnknownAgency:
        found = institution_for(name)
        return found.code if found else ""
    return agency.code if agency.kind == "institution" and agency.is_receiving else ""
