"""Danger: what a report tells of that cannot wait for working days, and whom to call at once.

A banner too many costs a line, one too few perhaps a life: the list is wide. What is only feared, named or over is left
out. Linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from lapor.language.data import table, words
from lapor.language.findings import Span, Words
from lapor.language.tokens import Apart, Phrases, Token, tokens_of

_YEAR = re.compile(r"(?:19|20)\d\d")  # "gempa 2018" is over


@dataclass(frozen=True)
class Emergency:
    """Something that cannot wait for working days: what kind, where the text says it, whom to call."""

    kind: str
    span: Span
    call: str
    name: Words


def emergencies(text: str) -> tuple[Emergency, ...]:
    """Return each kind of emergency that the text speaks of, once, in the order of the list."""
    tokens = tokens_of(text)
    first: dict[str, Span] = {}
    at = {token.span.start: i for i, token in enumerate(tokens)}
    for span, sign in (*_signs().within(tokens), *_apart(tokens)):
        i = at[span.start]
        for kind in _called(sign, tokens, i):
            if not _is_not_now(tokens, i, kind):
                first.setdefault(kind, span)
    known = table("danger")["emergency"]
    return tuple(
        Emergency(kind, first[kind], known[kind]["call"], words(known[kind]["name"])) for kind in known if kind in first
    )


def _called(sign: str, tokens: Sequence[Token], i: int) -> tuple[str, ...]:
    """ "Suami saya memukul saya" calls the police and who helps women and children; other blows the police alone."""
    if sign == "blows":
        near = _around(tokens, i, int(table("danger")["blows"]["near"]))
        sign = "violence" if _of("blows", "by").isdisjoint(token.word for token in near) else "at_home"
    return ("violence", "harm") if sign == "at_home" else (sign,)


def _is_not_now(tokens: Sequence[Token], i: int, kind: str) -> bool:
    """ "Rawan begal", "pemadam kebakaran", "bunuh diri karier": a fear, a name, a figure of speech, or long ago."""
    told = table("danger")["not_now"]
    behind = [_near(tokens, i)[1], _near(tokens, i + 1)[1] if i + 1 < len(tokens) else ""]  # of a sign of two words too
    if any(word in told["figure"] for word in behind):
        return True
    if kind not in told["kinds"]:
        return False
    if _is_past(tokens, i) or any(map(_YEAR.fullmatch, behind)):
        return True
    first = next((j for j in range(i, -1, -1) if tokens[j].opens), 0)
    before = tokens[max(first, i - int(told["near"])) : i]
    return any(token.word in told["before"] for token in before)


def _is_past(tokens: Sequence[Token], i: int) -> bool:
    """ "Bulan lalu terjadi kebakaran": over, unless it goes on ("sejak bulan lalu", "masih")."""
    said = [token.word for token in _around(tokens, i, int(table("danger")["past"]["near"]))]
    if not _of("past", "goes_on").isdisjoint(said):
        return False
    without = [word for word in said if word != "yang"]
    return any(
        (first in _of("past", "units") and then in _of("past", "ago")) or f"{first} {then}" in _of("past", "days")
        for first, then in pairwise(without)
    )


def _around(tokens: Sequence[Token], i: int, near: int) -> Sequence[Token]:
    """Return the tokens of the i-th one's sentence, at most `near` to each side."""
    first = next((j for j in range(i, max(0, i - near), -1) if tokens[j].opens), max(0, i - near))
    end = min(len(tokens), i + near + 1)
    return tokens[first : next((j for j in range(i + 1, end) if tokens[j].opens), end)]


def _apart(tokens: Sequence[Token]) -> Iterator[tuple[Span, str]]:
    """Yield words of danger that stand apart, as from the first to the second: "mobil Pak RW di jalan itu terbakar"."""
    for kind, pair in _pairs():
        for _first, then, span in pair.within(tokens):
            if not _is_not_now(tokens, then, kind):  # of the first word the caller asks
                yield span, kind


@cache
def _pairs() -> tuple[tuple[str, Apart], ...]:
    return tuple((pair["kind"], Apart(**pair["words"])) for pair in table("danger")["apart"])


@cache
def _signs() -> Phrases:
    known = {kind: one["signs"] for kind, one in table("danger")["emergency"].items()}
    blows = table("danger")["blows"]
    known |= {"blows": blows["signs"], "at_home": blows["at_home"]}
    return Phrases((sign, kind) for kind, signs in known.items() for sign in signs)


@cache
def _of(part: str, key: str) -> frozenset[str]:
    return frozenset(table("danger")[part][key])


def _near(tokens: Sequence[Token], i: int) -> tuple[str, str]:
    """Return the words right before and after the i-th in its sentence, empty where there is none."""
    before = tokens[i - 1].word if i and not tokens[i].opens else ""
    after = tokens[i + 1].word if i + 1 < len(tokens) and not tokens[i + 1].opens else ""
    return before, after
