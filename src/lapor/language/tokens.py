"""A text as words with their places, and lists of phrases that are looked up in it in linear time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from lapor.language.findings import Span

LONGEST = 20_000  # characters looked at: what a report may have
_WORD = re.compile(r"[^\W\d_]+|\d+")
_APART = re.compile(r"[.!?\n]")
SHORT_LINK = r"\.(?:id|com|net|org|me|gl|ly|be|ee|co|io|app|link|page|site|to)/\w"  # within "goo.gl/AbC", case aside


class Token(NamedTuple):
    """One word or number; `word` is in small letters, `opens` tells that a sentence or line begins with it."""

    word: str
    typed: str
    span: Span
    opens: bool

    @property
    def is_name(self) -> bool:
        """Tell whether it is written like a name: a capital first, small letters after it."""
        return len(self.typed) > 1 and self.typed[0].isupper() and self.typed[1:].islower()


def tokens_of(text: str) -> list[Token]:
    """Return the words of the first LONGEST characters; what a doubled word joins ("anak-anak") counts as two."""
    return list(_tokens(text[:LONGEST]))


@lru_cache(maxsize=4)
def _tokens(text: str) -> tuple[Token, ...]:
    """The rules that look at one text one after the other share its words."""
    found, end = [], 0
    for match in _WORD.finditer(text):
        opens = end == 0 or _APART.search(text, end, match.start()) is not None
        typed, end = match.group(), match.end()
        found.append(Token(typed.lower(), typed, Span(match.start(), end), opens))
    return tuple(found)


def is_shouted(text: str) -> bool:
    """Tell whether a text is typed in capitals, so that a capital says nothing about a name."""
    letters = [c for c in text[:LONGEST] if c.isalpha()]
    return len(letters) >= 8 and sum(c.isupper() for c in letters) > 0.7 * len(letters)


class Phrases:
    """A set of phrases of one to a few words, each with a value; looking all of them up costs one walk."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._pairs = list(pairs)

    @cached_property
    def _by_first(self) -> dict[str, list[tuple[tuple[str, ...], str]]]:
        found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for phrase, value in self._pairs:
            words = tuple(token.word for token in tokens_of(phrase))
            found.setdefault(words[0], []).append((words, value))
        for options in found.values():
            options.sort(key=lambda option: -len(option[0]))
        return found

    def at(self, tokens: Sequence[Token], i: int) -> tuple[int, str] | None:
        """Return how many words the longest phrase has that begins at the i-th word, and its value; or None."""
        for words, value in self._by_first.get(tokens[i].word, ()):
            if len(words) == 1 or tuple(t.word for t in tokens[i : i + len(words)]) == words:
                return len(words), value
        return None

    def within(self, tokens: Sequence[Token]) -> Iterator[tuple[Span, str]]:
        """Yield each phrase found, longest first at each word, none within another."""
        i, known = 0, self._by_first
        while i < len(tokens):
            hit = self.at(tokens, i) if tokens[i].word in known else None  # most words begin no phrase
            if hit:
                yield span_of(tokens, i, i + hit[0]), hit[1]
            i += hit[0] if hit else 1


@dataclass(frozen=True)
class Apart:
    """Two lists of phrases that say something together: at most `near` words apart, in one sentence or line."""

    what: Sequence[str]
    does: Sequence[str]
    near: int
    in_order: bool = False  # only `what` before `does`

    @cached_property
    def _sides(self) -> Phrases:
        return Phrases([*((phrase, "what") for phrase in self.what), *((phrase, "does") for phrase in self.does)])

    def within(self, tokens: Sequence[Token]) -> Iterator[tuple[int, int, Span]]:
        """Yield where the first phrase begins, where the second one does, and the place of both and what is between."""
        at = {token.span.start: i for i, token in enumerate(tokens)}
        before: tuple[int, Span, str] | None = None
        for span, side in self._sides.within(tokens):
            i = at[span.start]
            if before and self._joins(before[2], side) and _is_near(tokens, before[0], i, self.near):
                yield before[0], i, Span(before[1].start, span.end)
            before = i, span, side

    def _joins(self, first: str, then: str) -> bool:
        return first != then and not (self.in_order and first == "does")


def _is_near(tokens: Sequence[Token], first: int, then: int, near: int) -> bool:
    return then - first <= near and not any(token.opens for token in tokens[first + 1 : then + 1])


def span_of(tokens: Sequence[Token], first: int, after: int) -> Span:
    """Return the place from the first of these words to the end of the last."""
    return Span(tokens[first].span.start, tokens[after - 1].span.end)
