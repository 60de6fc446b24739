"""What a channel is: the contract that e-mail keeps today, and SMS and the others later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from lapor.messaging.texts import Rendered


@dataclass(frozen=True)
class Letter:
    """One message, ready to leave: nothing in it names a person or quotes one, but for the title of a report.

    `key` is the same at every try, so that a provider can notice a repetition. `title` is empty where it must not
    travel. `link` is where to go on; it holds no secret: a reporter types the `code` there. Officers get no code.
    `stop` ends the news to this one address, once a button is pressed there; empty where nothing can be stopped.
    `opens` shows the link in a letter that is about no single report. `short` says the same for a channel that counts
    characters, code and number included; empty where there is no such wording. `words` is what an officer wrote, for a
    report that came by this very channel and is not secret: its reporter might be able to read it nowhere else.
    `one_click` ends what somebody subscribed to with one POST, for the button of a mail program (RFC 8058).
    """

    key: str
    language: str
    text: Rendered
    code: str
    number: str
    title: str
    link: str
    stop: str = ""
    opens: bool = False
    short: str = ""
    words: str = ""
    one_click: str = ""


@dataclass(frozen=True)
class Sent:
    """What a provider said as it took a letter: its own name for it, parts and cost (rupiah) where it counts them."""

    provider_id: str = ""
    parts: int = 0
    cost: int = 0


@dataclass(frozen=True)
class Manners:
    """How a channel behaves: when it does not disturb (local time of the reporter), and how many letters in a minute.

    `receipts` tells that its provider will say what became of a letter.
    """

    quiet_from: time | None = None
    quiet_until: time | None = None
    per_minute: int | None = None
    receipts: bool = False

    def disturbs(self, at: time) -> bool:
        """Tell whether a letter would come in the quiet hours, which may span midnight."""
        if self.quiet_from is None or self.quiet_until is None or self.quiet_from == self.quiet_until:
            return False
        if self.quiet_from < self.quiet_until:
            return self.quiet_from <= at < self.quiet_until
        return at >= self.quiet_from or at < self.quiet_until


class SendingFailed(Exception):
    """Base of what a channel may say when a letter did not leave; the words are kept for the operator."""


class TryLater(SendingFailed):
    """This letter did not get through now; it may another time."""


class Refused(SendingFailed):
    """This letter will never get through: the address or the content is refused for good."""


class AddressGone(SendingFailed):
    """There is no such address any more: it is forgotten, and nothing is tried there again."""


class ChannelDown(SendingFailed):
    """The provider cannot be reached or does not know us: no fault of the letter, and no other one gets through."""


class Channel(Protocol):
    """A way to reach people. `key` is its name, which is the `Contact.channel` of the addresses it serves.

    It may have `manners` (a `Manners`); without, it sends at any hour and as fast as it can.
    """

    key: str

    def send(self, letter: Letter, to: Sequence[str]) -> Sent | None:
        """Hand one letter over for all of `to` at once, and return only when the provider has taken it.

        Raises TryLater, Refused, AddressGone or ChannelDown; bounded in time by the channel's own limit.
        """

    def close(self) -> None:
        """Hang up, at the end of a batch."""


class Channels:
    """The channels of an installation, by name; opened fresh for each batch."""

    def __init__(self) -> None:
        channels: list[Channel] = [channel() for channel in _classes(tuple(settings.LAPOR_CHANNELS))]
        self._by_kind = {channel.key: channel for channel in channels}

    @property
    def kinds(self) -> frozenset[str]:
        """The names of the channels there are."""
        return frozenset(self._by_kind)

    def of(self, kind: str) -> Channel:
        """Return the channel of one of these names."""
        return self._by_kind[kind]

    def manners_of(self, kind: str) -> Manners:
        """Return how a channel behaves."""
        manners: Manners = getattr(self._by_kind[kind], "manners", Manners())
        return manners

    def close(self) -> None:
        """Hang up everywhere."""
        for channel in self._by_kind.values():
            channel.close()


def ways_to(kind: str, channel: str) -> tuple[str, ...]:
    """Return the channels by which an address is reached, the best first: any telephone takes a short message too."""
    return (channel, "sms") if kind == "phone" and channel != "sms" else (channel,)


@cache
def _classes(paths: tuple[str, ...]) -> tuple[type[Channel], ...]:
    return tuple(import_string(path) for path in paths)
