"""What a channel says on its own behalf: the questions of a guided filing, and what somebody wants said in public."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from lapor.intake.contract import Received, contact_of
from lapor.intake.models import ChannelNote, InboundMessage
from lapor.intake.queries.heard import last_public, public_number_of
from lapor.intake.seals import sender_of
from lapor.intake.usecases.guide import PLACE, QUESTION, Press, expire_guides, link_guides, missing, note_asked
from lapor.messaging.channel import Channels, Letter, Sent
from lapor.messaging.lane import Packed, drain
from lapor.messaging.letters import letter_key
from lapor.messaging.receipts import note_delivery
from lapor.messaging.texts import FIRST_LANGUAGE, Rendered

PUBLIC_NUMBER = "public_number"
SHOW_NUMBER = ("BALAS PUBLIK", "TAMPILKAN NOMOR")  # what somebody writes in private to be answered in public


@dataclass(frozen=True)
class Note(Letter):
    """A letter with what a conversation needs: `buttons` are (press, words); `wants_place` asks for a position.

    `below` is the comment under which it is to stand, for everybody to read; empty for a private letter.
    """

    buttons: tuple[tuple[str, str], ...] = ()
    wants_place: bool = False
    below: str = ""


def drain_notes(*, now: datetime, batch: int = 50) -> int:
    """Say what is owed in each channel, end guides that fell silent; return how much was done."""
    done = expire_guides(now=now, batch=batch) + link_guides(batch=batch)
    with closing(Channels()) as channels:
        served = sorted(channels.kinds)
    return done + sum(_drain(channel, now, batch) for channel in served)


def owe_public_number(received: Received) -> bool:
    """Promise to say a report's number below its sender's last public comment, because they ask; False: not possible.

    Only the human number, by which a desk names a report. A tracking code is a key and never stands in public.
    """
    if received.sender is None:
        return False
    comment, number = last_public(received.channel, received.sender), public_number_of(received.sender)
    if comment is None or not number:
        return False
    message = InboundMessage.objects.get(
        channel=received.channel, account=received.account, provider_id=received.provider_id
    )
    at, facts = received.received_at, {"below": comment.provider_id, "number": number}
    ChannelNote.objects.get_or_create(
        message=message, says=PUBLIC_NUMBER, defaults={"facts": facts, "next_try_at": at, "created_at": at}
    )
    return True


def pack(note: ChannelNote) -> Packed:
    """Return a note as a letter with its address; None where a question is no longer open or nobody can be told."""
    contact = contact_of(note.message.channel, sender_of(note.message))
    if contact is None or (note.guide is not None and note.guide.state != "open"):
        return None
    asks = missing(note.guide) if note.guide is not None else ""
    says = f"guide_{asks or Press.SEND}" if note.says == QUESTION else note.says
    return _letter(note, says, FIRST_LANGUAGE), [contact.address]


def presses(language: str = FIRST_LANGUAGE) -> Mapping[str, Press]:
    """Return the words on the buttons, lower case, with what they press: people type them, too."""
    return {words.lower(): Press(press) for text in _texts().values() for press, words in _buttons(text, language)}


def _drain(channel: str, now: datetime, batch: int) -> int:
    owed = ChannelNote.objects.filter(message__channel=channel).select_related("message", "guide")

    def note(row: ChannelNote, letter: Letter, sent: Sent) -> None:
        if row.guide is not None:
            note_asked(row.guide, missing(row.guide))
        note_delivery(key=letter.key, channel=channel, sent=sent, now=now, answers=row.message_id)

    return drain(owed, pack, now=now, batch=batch, channel=channel, note=note)


def _letter(note: ChannelNote, says: str, language: str) -> Note:
    text = _texts()[says]
    subject, *sentences = (sentence.format_map(note.facts) for sentence in text[language])
    return Note(
        key=letter_key(f"note {note.pk}"),
        language=language,
        text=Rendered(subject, " ".join(sentences)),
        code="",
        number="",
        title="",
        link="",
        buttons=_buttons(text, language),
        wants_place=says == f"guide_{PLACE}",
        below=note.facts.get("below", ""),
    )


def _buttons(text: Mapping[str, Any], language: str) -> tuple[tuple[str, str], ...]:
    written = (button.partition(":") for button in text["buttons"][language])
    return tuple((press, words) for press, _, words in written)


@cache
def _texts() -> Mapping[str, Any]:
    return tomllib.loads(files("lapor.intake").joinpath("notes.toml").read_text(encoding="utf-8"))
