"""What people hand in: plain data, checked before anything is written."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from lapor.identity.contacts import ContactInput
from lapor.kernel.errors import InvalidInput
from lapor.language import propose_title
from lapor.reports.files import StoredFile
from lapor.sop.vocabulary import Channel, Clock

LONGEST_TEXT = 20_000
LONGEST_TITLE = 150
SHORTEST_TEXT = 10


@dataclass(frozen=True)
class Position:
    """A point on earth in degrees (WGS 84), as a device told it or a person marked it; private to officers."""

    latitude: Decimal
    longitude: Decimal


@dataclass(frozen=True)
class Draft:
    """A report as its reporter wrote it; `classification`, `category`, `agency` and `place` are codes or empty.

    `consent` is the version of the words under which it was sent.
    """

    text: str
    title: str = ""
    classification: str = ""
    category: str = ""
    agency: str = ""
    place: str = ""
    place_note: str = ""
    happened_on: date | None = None
    channel: str = str(Channel.WEB)
    anonymous: bool = False
    secret: bool = False
    contact: ContactInput | None = None
    name: str = ""
    files: tuple[StoredFile, ...] = ()
    position: Position | None = None
    for_other: bool = False
    consent: str = ""


@dataclass(frozen=True)
class Promise:
    """One promised date: the clock, and the last day of it in the institution's zone."""

    clock: Clock
    day: date


@dataclass(frozen=True)
class Receipt:
    """The proof in the reporter's hand. `repeated` tells that this key had already made the report, `for_other`
    that it was filed for another person.
    """

    code: str
    number: str
    agency: str
    received_at: datetime
    promises: tuple[Promise, ...]
    repeated: bool = False
    for_other: bool = False


def clean_text(text: str, *, field: str = "text", longest: int = LONGEST_TEXT, shortest: int = 1) -> str:
    """Return `text` with line ends made plain and its edges trimmed; raises InvalidInput with a sentence."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if "\x00" in text or _has_lone_surrogate(text):
        raise InvalidInput(_("The text contains characters that cannot be stored. Please type it again."), field=field)
    if len(_visible(text)) < shortest:
        raise InvalidInput(_("Please write a little more, so that somebody can act on it."), field=field)
    if len(text) > longest:
        raise InvalidInput(
            _("The text is too long: %(length)d characters, at most %(longest)d.")
            % {"length": len(text), "longest": longest},
            field=field,
        )
    return text


def clean_title(title: str, text: str) -> str:
    """Return the title in one line without control characters; taken from the text when it is empty."""
    line = " ".join("".join(c if unicodedata.category(c) not in _STRIPPED else " " for c in title).split())
    if not line:
        line = proposed_title(text)
    if len(line) > LONGEST_TITLE:
        raise InvalidInput(_("The title is too long: at most %(n)d characters.") % {"n": LONGEST_TITLE}, field="title")
    return line


def proposed_title(text: str) -> str:
    """Return a title taken from the text; one endless word, of which no title can be made, is cut."""
    return propose_title(text) or " ".join(_visible(text[:LONGEST_TITLE])[:80].split())


_STRIPPED = {"Cc", "Cf", "Zl", "Zp"}  # controls, bidirectional marks and line separators have no place in one line


def _visible(text: str) -> str:
    return "".join(c for c in text if not c.isspace() and unicodedata.category(c) not in _STRIPPED)


def _has_lone_surrogate(text: str) -> bool:
    return any("\ud800" <= c <= "\udfff" for c in text)
