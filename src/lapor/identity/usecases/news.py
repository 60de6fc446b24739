"""By which way somebody wants news, and the end of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lapor.identity.contacts import ContactInput
from lapor.identity.models import Contact, NewsChoice, Reporter
from lapor.identity.queries.news import ANY, NONE
from lapor.identity.vault import address_index
from lapor.kernel.errors import InvalidInput, Refusal

WAYS = (ANY, "email", "phone", "push", NONE)
SALT = "lapor.identity.stop"


class StopLinkOver(Refusal):
    """The link in the message is not one of ours, or its address is not kept any more."""

    status = 404
    sentence = _("This link no longer leads anywhere. Nothing more will be sent if your address is not kept here.")


@transaction.atomic
def choose_news(*, ref: UUID, way: str, report_code: str = "") -> None:
    """Keep by which way news go, of one report or of all; "any" takes the first way that works."""
    if way not in WAYS:
        raise InvalidInput(_("Choose one of the ways offered."), field="way")
    reporter = Reporter.objects.get(ref=ref)
    if way == ANY:
        NewsChoice.objects.filter(reporter=reporter, report_code=report_code).delete()
        return
    NewsChoice.objects.update_or_create(reporter=reporter, report_code=report_code, defaults={"way": way})


def stop_token(contact_id: int) -> str:
    """Return what the stop link of a message carries: it stops that address, and opens nothing."""
    return signing.dumps(contact_id, salt=SALT)


@transaction.atomic
def stop_messages(*, token: str, now: datetime) -> None:
    """Send no more news to the address that the link was sent to. Raises StopLinkOver."""
    contact = _of(token)
    contact.stopped_at = contact.stopped_at or now
    contact.save(update_fields=["stopped_at"])


@transaction.atomic
def stop_address(*, contact: ContactInput, now: datetime) -> bool:
    """Send no more news to an address whose owner says so from there; tell whether it was known here."""
    return _at(contact).filter(stopped_at=None).update(stopped_at=now) > 0


@transaction.atomic
def start_address(*, contact: ContactInput) -> bool:
    """Send news again to an address whose owner says so from there; tell whether they had been stopped."""
    return _at(contact).exclude(stopped_at=None).update(stopped_at=None) > 0


def check_stop_link(token: str) -> None:
    """Raise StopLinkOver unless the link leads to an address."""
    _of(token)


@transaction.atomic
def resume_messages(*, account_id: int, contact_id: int) -> None:
    """Send news again to an address of this account."""
    Contact.objects.filter(pk=contact_id, reporter__account_id=account_id).update(stopped_at=None)


def _at(contact: ContactInput) -> QuerySet[Contact]:
    return Contact.objects.filter(kind=contact.kind, index=address_index(contact.kind, contact.address))


def _of(token: str) -> Contact:
    try:
        contact = Contact.objects.filter(pk=signing.loads(token, salt=SALT)).first()
    except signing.BadSignature:
        contact = None
    if contact is None:
        raise StopLinkOver
    return contact
