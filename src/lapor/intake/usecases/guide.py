"""Guided filing: text, photo, place, one after the other, then send; who brings all at once is asked nothing.

The state is a row that holds no words, only which messages are its parts. A parser calls `take_part` for each of them;
that is safe to repeat. Whoever falls silent has still told us something: after PATIENCE it is filed as it stands.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction

from lapor.intake.contract import NewReport, Proof, Received
from lapor.intake.models import ChannelNote, Guide, InboundMessage
from lapor.intake.queries.heard import OURS
from lapor.intake.seals import sender_index, sender_of
from lapor.intake.usecases._speak import the_one_that_waits
from lapor.intake.usecases.keep import keep
from lapor.intake.usecases.understand import received_of

TEXT, PHOTO, PLACE = "text", "photo", "place"
ORDER = (TEXT, PHOTO, PLACE)
PATIENCE = timedelta(minutes=30)
BREATH = timedelta(seconds=5)  # people send text, photo and place one after the other: ask only when they pause
QUESTION = "guide"


class Press(StrEnum):
    """What somebody asks of the guide, by a button or in a word; `END` is said by us when nobody goes on."""

    NONE = ""
    SEND = "send"
    SKIP = "skip"
    CANCEL = "cancel"
    END = "end"


class Next(StrEnum):
    """What the channel's parser has to make of the message."""

    ORDINARY = "ordinary"  # no guide has to do with it
    WAIT = "wait"
    FILE = "file"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Step:
    """What comes next; `parts` are all messages of the report, in order, when it is to be filed."""

    next: Next
    parts: tuple[Received, ...] = ()


@transaction.atomic
def take_part(received: Received, *, brings: Iterable[str], press: Press = Press.NONE) -> Step:
    """Add a message to its sender's guided filing, or begin one; return what comes next. Safe to repeat.

    `brings` are some of TEXT, PHOTO and PLACE. A message that presses nothing and may answer an officer's question
    begins no guide.
    """
    name = {"channel": received.channel, "account": received.account}
    message = InboundMessage.objects.get(**name, provider_id=received.provider_id)
    if filed := Guide.objects.filter(filed_by=message).first():
        return Step(Next.FILE, _parts(filed))
    guide = Guide.objects.select_for_update().filter(**name, sender_index=message.sender_index, state="open").first()
    if guide is None:
        if press or message.sender_index is None or the_one_that_waits(received, NewReport(proves=Proof.SENDER)):
            return Step(Next.ORDINARY)
        index, at = message.sender_index, received.received_at
        guide = Guide.objects.create(**name, sender_index=index, started_at=at, last_at=at)
    return _go_on(guide, message, set(brings), press)


def has_open_guide(received: Received) -> bool:
    """Tell whether its sender is in the middle of a guided filing."""
    if received.sender is None:
        return False
    index = sender_index(received.channel, received.sender, received.sender_text)
    return Guide.objects.filter(
        channel=received.channel, account=received.account, sender_index=index, state="open"
    ).exists()


def expire_guides(*, now: datetime, batch: int = 50) -> int:
    """End the guides that nobody goes on with, by a message of our own that the lane reads; return how many."""
    silent = Guide.objects.filter(state="open", last_at__lte=now - PATIENCE).order_by("last_at")[:batch]
    for guide in silent:
        last = InboundMessage.objects.get(pk=guide.parts[-1])
        keep(
            channel=guide.channel,
            account=guide.account,
            provider_id=f"{OURS}{guide.pk}",
            raw=json.dumps({"kind": OURS.rstrip(":")}).encode(),
            sender=sender_of(last),
            now=now,
        )
        Guide.objects.filter(pk=guide.pk).update(last_at=now)
    return len(silent)


def link_guides(*, batch: int = 50) -> int:
    """Write the report that a guide became on each of its parts, so that the conversation is one; return how many."""
    unlinked = Guide.objects.filter(state="filed", linked=False)
    unlinked.filter(filed_by__became=InboundMessage.Became.NOTHING).update(linked=True)  # a greeting, or dismissed
    filed = unlinked.filter(filed_by__report__isnull=False).select_related("filed_by")
    for guide in filed[:batch]:
        with transaction.atomic():
            parts = InboundMessage.objects.filter(pk__in=guide.parts, report=None)
            parts.update(report=guide.filed_by.report_id if guide.filed_by else None)
            Guide.objects.filter(pk=guide.pk).update(linked=True)
    return len(filed)


def missing(guide: Guide) -> str:
    """Return what is to be asked for next: TEXT, PHOTO, PLACE, or empty where only "send" is left."""
    return next((part for part in ORDER if part not in guide.has and part not in guide.asked), "")


def note_asked(guide: Guide, what: str) -> None:
    """Keep that a question has left: nobody is asked for a photo twice."""
    if what and what != TEXT:
        Guide.objects.filter(pk=guide.pk).update(asked=[*guide.asked, what])


def _go_on(guide: Guide, message: InboundMessage, brings: set[str], press: Press) -> Step:
    guide.last_at = max(guide.last_at, message.received_at)
    if press is not Press.END and not press and message.pk not in guide.parts:
        guide.parts = [*guide.parts, message.pk]
        guide.has = sorted({*guide.has, *brings})
    guide.notes.filter(state=ChannelNote.State.WAITING).update(state=ChannelNote.State.DROPPED)
    if press is Press.CANCEL:
        guide.state = Guide.State.CANCELLED
        guide.save()
        return Step(Next.CANCELLED)
    sends = press is Press.SEND and TEXT in guide.has
    if press is Press.END or sends or set(ORDER) <= set(guide.has):
        guide.state, guide.filed_by = Guide.State.FILED, message
        guide.save()
        return Step(Next.FILE, _parts(guide))
    guide.save()
    ChannelNote.objects.update_or_create(
        message=message,
        says=QUESTION,
        defaults={
            "guide": guide,
            "state": ChannelNote.State.WAITING,
            "next_try_at": message.received_at + BREATH,
            "created_at": message.received_at,
        },
    )
    return Step(Next.WAIT)


def _parts(guide: Guide) -> tuple[Received, ...]:
    messages = InboundMessage.objects.in_bulk(guide.parts)
    return tuple(received_of(messages[pk]) for pk in guide.parts)
