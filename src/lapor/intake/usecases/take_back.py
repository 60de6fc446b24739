"""An author deletes what they said in public or unsends a message: it waits for nobody here any more."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_noop

from lapor.intake.models import InboundMessage
from lapor.intake.seals import gone_name
from lapor.intake.usecases.keep import LONGEST_ID

State, Became = InboundMessage.State, InboundMessage.Became
TAKEN_BACK = gettext_noop("Its author has deleted it.")
UNDECIDED = (State.WAITING, State.FOR_PERSON, State.QUARANTINED)


@transaction.atomic(durable=True)
def take_back(*, channel: str, account: str, provider_id: str, now: datetime) -> int:
    """Forget the words of a message that nobody has decided about, and its edits; return how many rows that were.

    What has become a report or words for one stays: its writer withdraws that by its code. Deleted before it came to
    us, the message leaves an empty row by its name, so that it is known when it is brought later.
    """
    if len(provider_id) > LONGEST_ID or not provider_id.isprintable():
        return 0  # no provider's name; nothing is kept under it
    same = InboundMessage.objects.filter(channel=channel, account=account[:120])
    named = Q(provider_id=provider_id, state__in=UNDECIDED)
    edited = Q(provider_id__startswith=f"{provider_id}:", state=State.FOR_PERSON)  # as many as wait, by their index
    ended = {"state": State.UNDERSTOOD, "became": Became.NOTHING, "deed": "taken_back", "problem": TAKEN_BACK}
    emptied = {"raw": b"", "raw_gone_at": now, "sealed_text": None, "fingerprint": None, "leased_until": None}
    found = sum(same.filter(which).update(**ended, **emptied) for which in (named, edited))
    if not found and not same.filter(provider_id__in=(provider_id, gone_name(provider_id))).exists():
        row = InboundMessage(
            channel=channel, account=account[:120], provider_id=provider_id, received_at=now, next_try_at=now
        )
        row.raw, row.raw_gone_at = b"", now
        for name, value in ended.items():
            setattr(row, name, value)
        InboundMessage.objects.bulk_create([row], ignore_conflicts=True)
    return found
