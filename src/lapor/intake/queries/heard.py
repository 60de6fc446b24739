"""When somebody last wrote to us, and what in public: providers let us answer only for so long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from lapor.identity.contacts import ContactInput
from lapor.identity.queries.contacts import reporters_at
from lapor.intake.models import InboundMessage
from lapor.intake.seals import sender_index
from lapor.reports.models import Report

PUBLIC = "public:"  # what the ids of comments, mentions and posts begin with
OURS = "guide:"  # what the ids of messages begin with that we keep ourselves when a guided filing ends


@dataclass(frozen=True)
class Heard:
    """A message: when it came, and the provider's name for it, without our mark."""

    at: datetime
    provider_id: str


def last_private(channel: str, contact: ContactInput) -> Heard | None:
    """Return the last message that somebody wrote to us in private by this channel; None for nobody."""
    return _first(_of(channel, contact).exclude(Q(provider_id__startswith=PUBLIC) | Q(provider_id__startswith=OURS)))


def last_public(channel: str, contact: ContactInput) -> Heard | None:
    """Return the last thing somebody said to us where everybody reads it; None where there is none."""
    return _first(_of(channel, contact).filter(provider_id__startswith=PUBLIC))


def public_number_of(contact: ContactInput) -> str:
    """Return the human number of the newest report that messages at this address are about; never a secret one's."""
    own = Report.objects.filter(reporter_ref__in=reporters_at(contact)).order_by("-pk")
    newest = own.only("number", "is_secret", "is_blocked").first()
    return newest.number if newest and not newest.is_secret and not newest.is_blocked else ""


def _of(channel: str, contact: ContactInput) -> QuerySet[InboundMessage]:
    index = sender_index(channel, contact, contact.address)
    return InboundMessage.objects.filter(sender_index=index, channel=channel).order_by("-received_at", "-pk")


def _first(messages: QuerySet[InboundMessage]) -> Heard | None:
    row = messages.values_list("received_at", "provider_id").first()
    return Heard(row[0], row[1].removeprefix(PUBLIC)) if row else None
