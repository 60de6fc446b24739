"""The contract of a channel's inbound side: what a parser is given, and what it may answer.

A parser is a plain function from `Received` to `Understood`. It changes nothing and sends nothing; whatever it raises,
the message stays kept and is tried again, then set aside where a person sees it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, StrEnum
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from lapor.identity.contacts import EMAIL, HANDLE, PHONE, ContactInput
from lapor.kernel.errors import InvalidInput
from lapor.reports.drafts import Position

KINDS = {"sms": PHONE, "whatsapp": PHONE, "email": EMAIL}  # every other channel's addresses are handles


class Proof(Enum):
    """Whom a message proves, and so for whom it may act."""

    NOBODY = "nobody"  # a From line: anybody can write it
    SENDER = "sender"  # the channel vouches for the address: a telephone number, an account
    REPORT = "report"  # a signed reply address vouches for one report and whoever it was sent to


class Verb(StrEnum):
    """What a person can ask for in words."""

    STATUS = "status"
    READ = "read"
    DONE = "done"
    NOT_DONE = "not_done"
    WITHDRAW = "withdraw"
    STOP = "stop"
    START = "start"
    HELP = "help"


class Why(StrEnum):
    """Why a person has to look; the desk's page says each in words."""

    NO_WORDS = "no_words"
    UNCLEAR = "unclear"
    UNKNOWN_CODE = "unknown_code"
    NOT_THEIRS = "not_theirs"
    WHICH_REPORT = "which_report"
    NOT_NOW = "not_now"
    REFUSED = "refused"
    NO_REPLY_POSSIBLE = "no_reply_possible"
    UNREADABLE = "unreadable"
    PUBLIC_WORDS = "public_words"
    MAYBE_ROBOT = "maybe_robot"  # and so it is not answered


@dataclass(frozen=True)
class Received:
    """One message as it was kept: `raw` are the very bytes, `sender` is None where it is no address we could answer.

    `account` is the number, mailbox or page it came to. `sender_text` is the sender as the provider wrote it.
    """

    channel: str
    account: str
    provider_id: str
    raw: bytes
    received_at: datetime
    sender: ContactInput | None = None
    sender_text: str = ""
    sent_at: datetime | None = None


@dataclass(frozen=True)
class Attachment:
    """One file of a message, as it came; what cannot be evidence is left with the raw message, and the desk told so."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class _Read:
    """What every reading has: the words, the files, whom it proves, and, where the raw bytes tell it, the sender."""

    text: str = ""
    files: tuple[Attachment, ...] = ()
    proves: Proof = Proof.NOBODY
    sender: ContactInput | None = None
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class NewReport(_Read):
    """A complaint, aspiration or request; `agency` is an institution's code, empty for the national desk.

    `may_be_answer`: nothing in it says that it is new, so where exactly one report of a proven sender waits for an
    answer, it is that answer.
    """

    agency: str = ""
    title: str = ""
    position: Position | None = None
    may_be_answer: bool = True


@dataclass(frozen=True, kw_only=True)
class Reply(_Read):
    """Words for a report that exists: the one of `code`, else the sender's only open one."""

    code: str = ""


@dataclass(frozen=True, kw_only=True)
class Command(_Read):
    """A command; `code` empty: the sender's only report that it fits. `rating` (1 to 5) goes with DONE."""

    verb: Verb
    code: str = ""
    rating: int | None = None


@dataclass(frozen=True, kw_only=True)
class ForPerson(_Read):
    """Something a person has to look at, at the desk of `agency` (a code), else at the national desk."""

    why: Why = Why.UNCLEAR
    agency: str = ""


@dataclass(frozen=True, kw_only=True)
class Receipt(_Read):
    """No message but news of one that we sent: `key` is the idempotency key it left with; see `messaging.receipts`.

    `recipient` is the address that it is about, where a letter went to several.
    """

    key: str
    state: str
    problem: str = ""
    recipient: str = ""


@dataclass(frozen=True, kw_only=True)
class Nothing(_Read):
    """A robot's answer, an echo of our own words: kept, counted, answered by nobody. `why` is for the operator."""

    why: str


@dataclass(frozen=True, kw_only=True)
class Courtesy(_Read):
    """A greeting, "ok", a thank you, and nothing else: no report, but "ya" may be what an officer waits for.

    `greets`: its sender begins a conversation and is told how to write. `is_answer`: it may answer a question.
    """

    greets: bool = False
    is_answer: bool = False


Clear = NewReport | Reply | Command | ForPerson | Receipt | Nothing
Understood = Clear | Courtesy
Parser = Callable[[Received], Understood]


def contact_of(channel: str, typed: str) -> ContactInput | None:
    """Return a sender as an address of this channel; None for what cannot be answered ("TELKOMSEL", nothing)."""
    kind = KINDS.get(channel, HANDLE)
    if not typed.strip():
        return None
    try:
        return ContactInput(kind, typed if kind != HANDLE or ":" in typed else f"{channel}:{typed}")
    except InvalidInput:
        return None


def parser_of(channel: str) -> Parser:
    """Return the parser that `LAPOR_PARSERS` names for a channel; raises KeyError for one that is not served."""
    parsers: dict[str, str] = settings.LAPOR_PARSERS
    return _loaded(parsers[channel])


@cache
def _loaded(path: str) -> Parser:
    parser: Parser = import_string(path)
    return parser
