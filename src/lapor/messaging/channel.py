"""What a channel is: the contract that e-mail keeps today, and SMS and the others later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
    `opens` shows the link in a letter that is about no single report.
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
    """A way to reach people. `key` is the kind of address it serves (`Contact.Kind`)."""

    key: str

    def send(self, letter: Letter, to: Sequence[str]) -> None:
        """Hand one letter over for all of `to` at once, and return only when the provider has taken it.

        Raises TryLater, Refused, AddressGone or ChannelDown; bounded in time by the channel's own limit.
        """

    def close(self) -> None:
        """Hang up, at the end of a batch."""


class Channels:
    """The channels of an installation, by the kind of address they serve; opened fresh for each batch."""

    def __init__(self) -> None:
        channels: list[Channel] = [channel() for channel in _classes(tuple(settings.LAPOR_CHANNELS))]
        self._by_kind = {channel.key: channel for channel in channels}

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of address that can be reached."""
        return frozenset(self._by_kind)

    def of(self, kind: str) -> Channel:
        """Return the channel for one of these kinds."""
        return self._by_kind[kind]

    def close(self) -> None:
        """Hang up everywhere."""
        for channel in self._by_kind.values():
            channel.close()


@cache
def _classes(paths: tuple[str, ...]) -> tuple[type[Channel], ...]:
    return tuple(import_string(path) for path in paths)
