"""A text as the six questions look at it: its words, its clauses, and the moments it names, each found once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from lapor.language.findings import Span
from lapor.language.moments import Moment, moments
from lapor.language.tokens import LONGEST, Token, is_shouted, span_of, tokens_of

_STOP = re.compile(r"[,;:!?\n]|\.(?=\s|$)")
LONGEST_CLAUSE = 14  # words shown of one


@dataclass(frozen=True)
class Reading:
    """A text that is read on a day of its writer's."""

    text: str
    today: date

    @cached_property
    def tokens(self) -> list[Token]:
        """The words of the first LONGEST characters."""
        return tokens_of(self.text)

    @cached_property
    def shouted(self) -> bool:
        """Whether it is typed in capitals, so that a capital says nothing about a name."""
        return is_shouted(self.text)

    @cached_property
    def moments(self) -> tuple[Moment, ...]:
        """The dates, hours and spans of time it names, in order."""
        return moments(self.text, self.today)

    @cached_property
    def _starts(self) -> list[bool]:
        """Whether a clause begins with each word: the first one, and what follows a mark."""
        ends = [0, *(token.span.end for token in self.tokens)]
        text = self.text[:LONGEST]
        return [
            i == 0 or _STOP.search(text, ends[i], token.span.start) is not None for i, token in enumerate(self.tokens)
        ]

    def clauses(self) -> Iterator[tuple[int, int]]:
        """Yield each clause as the positions of its first word and of the word after its last."""
        starts = [i for i, is_start in enumerate(self._starts) if is_start]
        yield from zip(starts, [*starts, len(self.tokens)][1:], strict=True)

    def from_here(self, i: int) -> Span:
        """Return the place from the i-th word to the end of its clause, LONGEST_CLAUSE words at most."""
        end = i + 1
        while end < min(len(self.tokens), i + LONGEST_CLAUSE) and not self._starts[end]:
            end += 1
        return span_of(self.tokens, i, end)
