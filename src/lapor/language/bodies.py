"""Bodies outside the local government that a text names: candidates for who is competent."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from lapor.language.data import table
from lapor.language.findings import Span
from lapor.language.tokens import Phrases, tokens_of

MOST = 3


@dataclass(frozen=True)
class Body:
    """A body by its full name, and the first words of the text that speak for it."""

    name: str
    span: Span


@cache
def _phrases() -> Phrases:
    named: dict[str, list[str]] = table("bodies")["named"]
    return Phrases((phrase, body) for body, phrases in named.items() for phrase in phrases)


def other_bodies(text: str) -> tuple[Body, ...]:
    """Return up to three such bodies in the order in which the text names them. Linear in the length of the text."""
    found: dict[str, Span] = {}
    for span, name in _phrases().within(tokens_of(text)):
        found.setdefault(name, span)
    return tuple(Body(name, span) for name, span in list(found.items())[:MOST])
