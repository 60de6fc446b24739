"""Bells: where devices asked for news, a letter to the reporter brings one message more for each of them (ADR 9)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from lapor.identity.queries.devices import listening_to
from lapor.reports.models import OutgoingMessage
from lapor.sop.vocabulary import Told


def hang_bells(messages: Sequence[OutgoingMessage], *, now: datetime) -> None:
    """Promise a bell to each device that listens, beside these letters. Safe to repeat: nobody is told twice.

    A bell is a message of its own, so that a phone that cannot be reached holds up no mail, nor a mailbox the phone.
    """
    letters = [message for message in messages if message.told == Told.REPORTER and message.device is None]
    listening = listening_to(message.report.code for message in letters) if letters else {}
    bells = [_bell(message, device, now) for message in letters for device in listening.get(message.report.code, ())]
    if bells:
        OutgoingMessage.objects.bulk_create(bells, ignore_conflicts=True)


def _bell(letter: OutgoingMessage, device: int, now: datetime) -> OutgoingMessage:
    return OutgoingMessage(
        report=letter.report,
        seq=letter.seq,
        action=letter.action,
        told=letter.told,
        device=device,
        facts=letter.facts,
        next_try_at=now,
        created_at=now,
    )
