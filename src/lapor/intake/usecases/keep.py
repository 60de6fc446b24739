"""Keep a message before anybody reads it: only then may its provider be told that we have it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lapor.intake.contract import contact_of
from lapor.intake.models import InboundMessage
from lapor.intake.seals import gone_name, sealed_raw, sealed_sender, sender_index
from lapor.kernel.errors import InvalidInput
from lapor.kernel.wake import wake
from lapor.messaging.counters import note_refused

LARGEST = 40 * 1024 * 1024  # bytes of one message, its files included
LONGEST_ID = 200
STALE = timedelta(days=7)  # providers try for 36 hours, a mail server for five days


class TooLarge(InvalidInput):
    """Nobody's provider lets this through; it is not kept."""

    status = 413
    sentence = _("The message is too large.")


@dataclass(frozen=True)
class Kept:
    """`message` is the row's id; `repeated` tells that the provider had brought this one before."""

    message: int
    repeated: bool


def keep(
    *,
    channel: str,
    account: str,
    provider_id: str,
    raw: bytes,
    now: datetime,
    sender: str = "",
    sent_at: datetime | None = None,
) -> Kept:
    """Store one message as it came and return after COMMIT; reads nothing of it, so nothing of it can go wrong.

    `account` is what it was sent to, `provider_id` what the provider calls it: with the channel they are its name, and
    the same name again is the same message. `sender` as the provider writes it, empty where only the raw bytes tell.
    An empty `provider_id` is replaced by a hash of everything. Raises TooLarge. What was sent more than STALE ago is
    kept all the same, since a person may wait for an answer, and counted: it may be a replay of what was overheard.
    """
    if len(raw) > LARGEST:
        note_refused(channel, "oversized", now=now)
        raise TooLarge
    if sent_at is not None and now - sent_at > STALE:
        note_refused(channel, "stale", now=now)
    name = _name(provider_id, account, sender, raw, sent_at)
    message = InboundMessage(
        channel=channel, account=account[:120], provider_id=name, sent_at=sent_at, received_at=now, next_try_at=now
    )
    message.sender_index = sender_index(channel, contact_of(channel, sender), sender)
    message.sealed_sender, message.raw = sealed_sender(message, sender), sealed_raw(message, raw)
    with transaction.atomic(durable=True):
        same = InboundMessage.objects.only("pk", "ref").filter(channel=channel, account=message.account)
        if gone := same.filter(provider_id=gone_name(name)).first():  # its sender is forgotten: it counts no more
            return Kept(gone.pk, repeated=True)
        InboundMessage.objects.bulk_create([message], ignore_conflicts=True)
        kept = same.get(provider_id=name)
        wake()
    return Kept(kept.pk, repeated=kept.ref != message.ref)


def kept_already(channel: str, account: str, provider_ids: Collection[str]) -> set[str]:
    """Return those of a page's messages that are kept, forgotten ones too; one query instead of one `keep` for each."""
    names = {**{name: name for name in provider_ids}, **{gone_name(name): name for name in provider_ids}}
    known = InboundMessage.objects.filter(channel=channel, account=account[:120], provider_id__in=list(names))
    return {names[name] for name in known.values_list("provider_id", flat=True)}


def _name(provider_id: str, account: str, sender: str, raw: bytes, sent_at: datetime | None) -> str:
    if provider_id and len(provider_id) <= LONGEST_ID and provider_id.isprintable():
        return provider_id
    whole = b"\0".join([provider_id.encode(errors="replace"), account.encode(), sender.encode(), str(sent_at).encode()])
    return "sha256:" + hashlib.sha256(whole + b"\0" + raw).hexdigest()
