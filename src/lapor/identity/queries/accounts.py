"""What a citizen's account holds, for its owner to look through."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lapor.identity.contacts import ContactInput, masked
from lapor.identity.models import Contact, NewsChoice, Passkey, Reporter, SignIn
from lapor.identity.seals import address_of, name_of

LAST_SIGN_INS = 10


@dataclass(frozen=True)
class OwnAddress:
    """One address of the account, in clear for its owner and masked for the screen."""

    id: int
    kind: str
    address: str
    is_confirmed: bool
    is_stopped: bool

    @property
    def shown(self) -> str:
        """The address so that only its owner knows it again."""
        return masked(self.kind, self.address)


@dataclass(frozen=True)
class OwnPasskey:
    """One passkey of the account."""

    id: int
    name: str
    created_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class OwnSignIn:
    """One sign-in to the account."""

    at: datetime
    way: str
    browser: str


@dataclass(frozen=True)
class OwnAccount:
    """The account as its owner sees it. `news` are the ways of news by report code, the empty code for all."""

    ref: UUID
    name: str
    since: datetime
    addresses: tuple[OwnAddress, ...]
    passkeys: tuple[OwnPasskey, ...]
    sign_ins: tuple[OwnSignIn, ...]
    news: dict[str, str]


def own_account(account_id: int, *, sign_ins: int = LAST_SIGN_INS) -> OwnAccount | None:
    """Return the citizen's account with all that hangs on it; None for an officer's. Five queries."""
    reporter = Reporter.objects.filter(account_id=account_id, account__is_citizen=True).first()
    if reporter is None:
        return None
    latest = SignIn.objects.filter(account_id=account_id).order_by("-at")[:sign_ins]
    return OwnAccount(
        ref=reporter.ref,
        name=name_of(reporter),
        since=reporter.created_at,
        addresses=tuple(_addresses(reporter)),
        passkeys=tuple(own_passkeys(account_id)),
        sign_ins=tuple(OwnSignIn(one.at, one.way, one.browser) for one in latest),
        news=dict(NewsChoice.objects.filter(reporter=reporter).values_list("report_code", "way")),
    )


def own_passkeys(account_id: int) -> list[OwnPasskey]:
    """Return the passkeys of an account, oldest first. One query."""
    rows = Passkey.objects.filter(account_id=account_id).order_by("pk")
    return [OwnPasskey(one.pk, one.name, one.created_at, one.used_at) for one in rows]


def proved_addresses(account_id: int) -> list[ContactInput]:
    """Return the addresses that the owner of this account has proved, oldest first: for a code to one of them."""
    rows = Contact.objects.filter(reporter__account_id=account_id, confirmed_at__isnull=False, sealed__isnull=False)
    found = rows.select_related("reporter").order_by("pk")
    return [ContactInput(one.kind, address_of(one)) for one in found]


def _addresses(reporter: Reporter) -> Iterable[OwnAddress]:
    for one in reporter.contacts.select_related("reporter").order_by("pk"):
        yield OwnAddress(one.pk, one.kind, address_of(one), bool(one.confirmed_at), bool(one.stopped_at))
