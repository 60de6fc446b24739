"""Tone (S46): insults, hate against a group (SARA) and threats in a report, and what needs help at once.

Findings for a person to look at: nothing is refused for its tone, and a complaint *about* hate is not hate. Names of
peoples and religions are findings only right beside what insults them or calls for violence. Linear in the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from lapor.language.data import table, words
from lapor.language.findings import Finding, Span, Words
from lapor.language.tokens import Phrases, Token, span_of, tokens_of

MOST = 30  # findings; more are no more help


@dataclass(frozen=True)
class Emergency:
    """Something that cannot wait for working days: what kind, where the text says it, whom to call."""

    kind: str
    span: Span
    call: str
    name: Words


def harsh_words(text: str) -> tuple[Finding, ...]:
    """Return insults, hate and threats, in order, the first and longest of those that share words."""
    tokens = tokens_of(text)
    hits = sorted(_hits(tokens), key=lambda hit: (hit[0].start, -hit[0].end))
    found: list[Finding] = []
    for span, rule in hits:
        if not found or span.start >= found[-1].span.end:
            found.append(Finding(span, rule, words(table("tone")["reasons"][rule])))
    return tuple(found[:MOST])


def emergencies(text: str) -> tuple[Emergency, ...]:
    """Return each kind of emergency that the text speaks of, once, in the order of the list."""
    tokens = tokens_of(text)
    first: dict[str, Span] = {}
    at = {token.span.start: i for i, token in enumerate(tokens)}
    for span, sign in _signs().within(tokens):
        i = at[span.start]
        for kind in _called(sign, tokens, i):
            if not _is_not_now(tokens, i, kind):
                first.setdefault(kind, span)
    known = table("tone")["emergency"]
    return tuple(
        Emergency(kind, first[kind], known[kind]["call"], words(known[kind]["name"])) for kind in known if kind in first
    )


def _called(sign: str, tokens: Sequence[Token], i: int) -> tuple[str, ...]:
    """ "Suami saya memukul saya" calls the police and who helps women and children; other blows the police alone."""
    if sign == "blows":
        near = _around(tokens, i, int(table("tone")["blows"]["near"]))
        sign = "violence" if _of("blows", "by").isdisjoint(token.word for token in near) else "at_home"
    return ("violence", "harm") if sign == "at_home" else (sign,)


def _is_not_now(tokens: Sequence[Token], i: int, kind: str) -> bool:
    """ "Rawan begal", "pemadam kebakaran", "kalau ada kebakaran": a fear, a name, or long ago."""
    told = table("tone")["not_now"]
    if kind not in told["kinds"]:
        return False
    if _near(tokens, i)[1] in told["after"] or _is_past(tokens, i):
        return True
    for token in reversed(tokens[max(0, i - int(told["near"])) : i + 1]):
        if token.word in told["before"]:
            return True
        if token.opens:
            return False
    return False


def _is_past(tokens: Sequence[Token], i: int) -> bool:
    """ "Bulan lalu terjadi kebakaran": over, unless it goes on ("sejak bulan lalu", "masih")."""
    said = [token.word for token in _around(tokens, i, int(table("tone")["past"]["near"]))]
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


Hits = Iterator[tuple[Span, str]]


def _hits(tokens: Sequence[Token]) -> Hits:
    yield from ((span, "insult") for span, _ in _phrases("insult", "words").within(tokens))
    yield from ((span, "threat") for span, _ in _phrases("threat", "phrases").within(tokens))
    yield from ((span, "hate") for span, _ in _phrases("hate", "slurs").within(tokens))
    yield from _animals(tokens)
    yield from _threats(tokens)
    yield from _hate(tokens)


@cache
def _signs() -> Phrases:
    known = {kind: one["signs"] for kind, one in table("tone")["emergency"].items()}
    blows = table("tone")["blows"]
    known |= {"blows": blows["signs"], "at_home": blows["at_home"]}
    return Phrases((sign, kind) for kind, signs in known.items() for sign in signs)


@cache
def _phrases(part: str, key: str) -> Phrases:
    return Phrases((phrase, part) for phrase in table("tone")[part][key])


@cache
def _of(part: str, key: str) -> frozenset[str]:
    return frozenset(table("tone")[part][key])


def _near(tokens: Sequence[Token], i: int) -> tuple[str, str]:
    """Return the words right before and after the i-th in its sentence, empty where there is none."""
    before = tokens[i - 1].word if i and not tokens[i].opens else ""
    after = tokens[i + 1].word if i + 1 < len(tokens) and not tokens[i + 1].opens else ""
    return before, after


def _animals(tokens: Sequence[Token]) -> Hits:
    """ "Dasar anjing", "monyet kau": an animal is an insult only beside whom it is said of."""
    for i, token in enumerate(tokens):
        if token.word not in _of("insult", "animals"):
            continue
        before, after = _near(tokens, i)
        if before in _of("insult", "before"):
            yield span_of(tokens, i - 1, i + 1), "insult"
        elif after in _of("insult", "after"):
            yield span_of(tokens, i, i + 2), "insult"


def _threats(tokens: Sequence[Token]) -> Hits:
    """ "Saya akan bakar kantor itu": who speaks, that they will, and the deed; of the worst, who speaks is enough."""
    for i, token in enumerate(tokens):
        is_willed = i > 0 and tokens[i - 1].word in _of("threat", "will") and not token.opens
        if token.word not in _of("threat", "deeds_to_come" if is_willed else "deeds") | _of("threat", "deeds"):
            continue
        first = i - is_willed
        if first and tokens[first - 1].word in _of("threat", "who") and not tokens[first].opens:
            yield span_of(tokens, first - 1, i + 1), "threat"


def _hate(tokens: Sequence[Token]) -> Hits:
    """A people or religion right beside an insult or a call for violence."""
    near = int(table("tone")["hate"]["near"])
    bad = _of("insult", "words")
    last: dict[str, int] = {}
    for i, token in enumerate(tokens):
        kinds = _kinds(token.word, bad)
        for kind in kinds:
            for other in OPPOSITE[kind]:
                j = last.get(other)
                if j is not None and i - j <= near and not any(t.opens for t in tokens[j + 1 : i + 1]):
                    yield span_of(tokens, j, i + 1), "hate"
        last.update(dict.fromkeys(kinds, i))


OPPOSITE = {
    "group": ("bad", "call"),
    "bad": ("group",),
    "call": ("group",),
    "faithful": ("vice",),
    "vice": ("faithful",),
}


def _kinds(word: str, bad: frozenset[str]) -> tuple[str, ...]:
    found = [kind for kind, key in (("group", "groups"), ("faithful", "faithful")) if word in _of("hate", key)]
    if word in _of("hate", "vices") and not found:
        found.append("vice")
    if word in _of("hate", "calls"):
        found.append("call")
    elif word in bad:
        found.append("bad")
    return tuple(found)


def hated_for(said: str) -> frozenset[str]:
    """Return for what the words of a finding of hate single people out: "religion", "people", both, or neither."""
    spoken = {token.word for token in tokens_of(said)}
    return frozenset(
        kind for kind, key in (("religion", "religions"), ("people", "peoples")) if spoken & _of("hate", key)
    )
