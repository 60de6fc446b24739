"""One kept message as its words, files and place, whichever of the three it came by; plain functions of the JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from lapor.channels.courtesy import words_beside_greeting
from lapor.channels.meta.wire import WHATSAPP, clean, object_in, objects_in, text_in
from lapor.intake.usecases.guide import PHOTO, PLACE, TEXT, Press
from lapor.reports.drafts import Position

FILES = ("image", "document")
# What a recording is called by the desk and its sender, with the ending that its bytes usually have.
RECORDINGS = {"audio": "rekaman suara.ogg", "voice": "rekaman suara.ogg", "video": "film.mp4"}
SOUND = ("audio", "voice")
WORDS_OF_A_REPORT = 2  # beside the greeting: "Halo min, mau lapor" begins a conversation, "Lampu padam" a report


@dataclass(frozen=True)
class File:
    """A file to be fetched: by Meta's id (WhatsApp) or at an address (Messenger, Instagram)."""

    name: str
    id: str = ""
    url: str = ""
    is_sound: bool = False


@dataclass(frozen=True)
class Part:
    """What one message brings; `quotes` is the id of a message that it answers, `press` a button of ours.

    `other` names what came that is neither words, file nor place.
    """

    text: str = ""
    files: tuple[File, ...] = ()
    position: Position | None = None
    press: str = ""
    quotes: str = ""
    other: str = ""
    name: str = field(default="", repr=False)

    @property
    def without_words(self) -> str:
        """Name what came beside words, for a desk that has nothing else to read; empty for nothing."""
        recorded = (file.name.partition(".")[0] for file in self.files if file.name in RECORDINGS.values())
        return ", ".join(filter(None, (self.other, *recorded)))

    @property
    def brings(self) -> tuple[str, ...]:
        """What of a report is in it."""
        has = {
            TEXT: says_something(self.text),
            PHOTO: any(not file.is_sound for file in self.files),  # a film shows what a photo would
            PLACE: self.position is not None,
        }
        return tuple(name for name, there in has.items() if there)


def says_something(text: str) -> bool:
    """Tell whether a text is more than a greeting."""
    return words_beside_greeting(text) >= WORDS_OF_A_REPORT


def is_greeting(text: str) -> bool:
    """Tell whether a text is a greeting and nothing else."""
    return words_beside_greeting(text) == 0


def kept(raw: bytes) -> dict[str, Any]:
    """Return the JSON of a kept message; empty for what is none."""
    try:
        read = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def part_of(channel: str, found: dict[str, Any]) -> Part:
    """Return what a message brings."""
    message = object_in(found, "message")
    if channel == WHATSAPP:
        return _whatsapp(message, text_in(found, "name"))
    return _messenger(message)


def _whatsapp(message: dict[str, Any], name: str) -> Part:
    kind, quotes = text_in(message, "type"), text_in(object_in(message, "context"), "id")
    body = object_in(message, kind)
    match kind:
        case "text":
            return Part(text_in(body, "body"), quotes=quotes, name=name)
        case "image" | "document":
            file = File(text_in(body, "filename") or kind, id=text_in(body, "id"))
            return Part(text_in(body, "caption"), (file,), quotes=quotes, name=name)
        case "audio" | "voice" | "video":
            file = File(RECORDINGS[kind], id=text_in(body, "id"), is_sound=kind in SOUND)
            return Part(text_in(body, "caption"), (file,), quotes=quotes, name=name)
        case "location":
            place = ", ".join(words for words in (text_in(body, "name"), text_in(body, "address")) if words)
            return Part(place, position=position_of(body.get("latitude"), body.get("longitude")), name=name)
        case "interactive":
            pressed = object_in(body, "button_reply") or object_in(body, "list_reply")
            return Part(text_in(pressed, "title"), press=_press(text_in(pressed, "id")), quotes=quotes, name=name)
        case "button":
            return Part(text_in(body, "text"), press=_press(text_in(body, "payload")), quotes=quotes, name=name)
    return Part(text_in(body, "caption"), other=kind or "unknown", quotes=quotes, name=name)


def _messenger(message: dict[str, Any]) -> Part:
    files, position, others = [], None, []
    for attachment in objects_in(message, "attachments"):
        kind, payload = text_in(attachment, "type"), object_in(attachment, "payload")
        if kind in ("image", "file") and text_in(payload, "url"):
            files.append(File(kind, url=text_in(payload, "url")))
        elif kind in RECORDINGS and text_in(payload, "url"):
            files.append(File(RECORDINGS[kind], url=text_in(payload, "url"), is_sound=kind in SOUND))
        elif kind == "location":
            point = object_in(payload, "coordinates")
            position = position_of(point.get("lat"), point.get("long"))
        else:
            others.append(kind or "unknown")
    press = _press(text_in(object_in(message, "quick_reply"), "payload"))
    quotes = text_in(object_in(message, "reply_to"), "mid")
    return Part(text_in(message, "text"), tuple(files), position, press, quotes, ", ".join(others))


def position_of(latitude: object, longitude: object) -> Position | None:
    """Return a point on earth, to six places (a hand's breadth); None for what is none."""
    try:
        point = Position(*(round(Decimal(str(degrees)), 6) for degrees in (latitude, longitude)))
        return point if abs(point.latitude) <= 90 and abs(point.longitude) <= 180 else None
    except (InvalidOperation, ValueError):
        return None


def words_of(value: dict[str, Any]) -> str:
    """Return what somebody wrote in public: a page calls it `message`, Instagram `text`."""
    return clean(text_in(value, "message") or text_in(value, "text"))


def _press(id: str) -> str:
    return id if id in set(Press) else ""
