"""What every check returns: where in the text, by which rule, and why, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True)
class Words:
    """A short text for people, in Indonesian and in English."""

    id: str
    en: str

    def label(self, language: str = "id") -> str:
        """Return the text in `language` ("id" or "en"; anything else reads Indonesian)."""
        return self.en if language.startswith("en") else self.id


class Span(NamedTuple):
    """A place in a text: characters `start` up to, not including, `end`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words at this place."""
        return text[self.start : self.end]


@dataclass(frozen=True)
class Finding:
    """Something a rule saw at one place of the text, and the reason to show to a person."""

    span: Span
    rule: str
    reason: Words
