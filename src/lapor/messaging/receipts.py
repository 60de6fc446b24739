"""What a provider tells of a letter afterwards: delivered, read, failed. A failed one goes to the next address."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from lapor.identity.usecases.lost_mail import note_lost_mail
from lapor.kernel.wake import wake
from lapor.messaging.channel import Sent
from lapor.messaging.counters import count
from lapor.messaging.models import Delivery
from lapor.reports.models import OutgoingMessage
from lapor.sop.vocabulary import Told

State = Delivery.State
RANK = {State.SENT: 0, State.FAILED: 1, State.DELIVERED: 2, State.READ: 3}
log = logging.getLogger(__name__)


@transaction.atomic
def note_receipt(
    *,
    channel: str,
    state: str,
    now: datetime,
    key: str = "",
    provider_id: str = "",
    problem: str = "",
    recipient: str = "",
) -> bool:
    """Keep what became of a letter, named by its `key` or by the provider's id; tell whether it was one of ours.

    `state` is a `Delivery.State`. Any order and any number of times: the furthest state stays. A letter to a reporter
    that failed is promised anew, and leaves by the next address. One to officers stays in their desk's inbox: of it the
    `recipient` is kept, so that their institution hears whose mailbox takes nothing.
    """
    found = Delivery.objects.select_for_update(of=("self",)).select_related("message").filter(channel=channel)
    delivery = (found.filter(key=key) if key else found.filter(provider_id=_short(provider_id))).first()
    if delivery is None or not (key or provider_id):
        log.info("%s: a receipt (%s) for nothing that was sent", channel, state)
        count(channel, now=now, unknown=1)
        return False
    to_officers = delivery.message is not None and delivery.message.told != Told.REPORTER
    if to_officers and state == State.FAILED:  # each officer's mail server tells for itself
        note_lost_mail(address=recipient, now=now)
    if RANK[State(state)] <= RANK[State(delivery.state)]:
        return True
    arrived = state == State.READ and delivery.state != State.DELIVERED  # what was read was delivered, told or not
    delivery.state, delivery.told_at, delivery.problem = state, now, problem[:300]
    delivery.save(update_fields=["state", "told_at", "problem"])
    count(channel, now=now, **{"delivered": int(arrived), state: 1})
    if state == State.FAILED:
        _promise_anew(delivery, now)
    return True


def awaited(*, channel: str, keys: Iterable[str]) -> list[str]:
    """Return those of these keys under which a letter left by this channel."""
    return list(Delivery.objects.filter(channel=channel, key__in=list(keys)).values_list("key", flat=True))


def undelivered(*, channel: str, keys: Iterable[str]) -> list[str]:
    """Return those of these keys under which a letter left by this channel and nothing more is known of it."""
    left = Delivery.objects.filter(channel=channel, key__in=list(keys), state=State.SENT)
    return list(left.values_list("key", flat=True))


def note_delivery(*, key: str, channel: str, sent: Sent, now: datetime, **about: object) -> None:
    """Keep that a provider took a letter; at a second try the first one counts. `about` are fields of `Delivery`."""
    Delivery.objects.get_or_create(
        key=key,
        channel=channel,
        defaults={
            "provider_id": _short(sent.provider_id),
            "parts": sent.parts,
            "cost": sent.cost,
            "sent_at": now,
            **about,
        },
    )


def has_failed(*, key: str, channel: str) -> bool:
    """Tell whether the letter of this key is known to have failed; within a transaction no receipt overtakes that."""
    noted = Delivery.objects.select_for_update().filter(key=key, channel=channel)
    return State.FAILED in [one.state for one in noted]


def _short(provider_id: str) -> str:
    """Cut an id to what its column holds; the same where it is kept and where it is looked for."""
    return provider_id[: Delivery._meta.get_field("provider_id").max_length]


def note_failure(*, key: str, channel: str, problem: str, now: datetime, **about: object) -> None:
    """Keep that a provider refused a letter for good at this address, so that the next one is tried."""
    Delivery.objects.update_or_create(
        key=key,
        channel=channel,
        defaults={"state": State.FAILED, "problem": problem[:300], "sent_at": now, "told_at": now, **about},
    )
    count(channel, now=now, failed=1)


def failed_ways(messages: Iterable[int]) -> dict[int, set[tuple[int | None, str]]]:
    """Return by message the (contact, channel) at which it could not be delivered. One query at most."""
    ways: dict[int, set[tuple[int | None, str]]] = defaultdict(set)
    asked = list(messages)
    if asked:
        failed = Delivery.objects.filter(message__in=asked, state=State.FAILED)
        for message, contact, channel in failed.values_list("message", "contact", "channel"):
            ways[message or 0].add((contact, channel))
    return ways


def _promise_anew(delivery: Delivery, now: datetime) -> None:
    again = OutgoingMessage.objects.filter(
        deliveries=delivery, told=str(Told.REPORTER), device=None, state=OutgoingMessage.State.SENT
    )
    if again.update(state=OutgoingMessage.State.WAITING, attempts=0, next_try_at=now, sent_at=None):
        wake()
