"""Tone (S46): insults, hate against a group (SARA) and threats in a report.

Findings for a person to look at: nothing is refused for its tone, and a complaint *about* hate is not hate. Names of
peoples and religions are findings only right beside what insults them or calls for violence. Linear in the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from lapor.language.data import table, words
from lapor.language.findings import Finding, Span
from lapor.language.tokens import Phrases, Token, span_of, tokens_of

MOST = 30  # findings; more are no more help


def harsh_words(text: str) -> tuple[Finding, ...]:
    """Return insults, hate and threats, in order, the first and longest of those that share words."""
    tokens = tokens_of(text)
    hits = sorted(_hits(text, tokens), key=lambda hit: (hit[0].start, -hit[0].end))
    found: list[Finding] = []
    for span, rule in hits:
        if not found or span.start >= found[-1].span.end:
            found.append(Finding(span, rule, words(table("tone")["reasons"][rule])))
    return tuple(found[:MOST])


Hits = Iterator[tuple[Span, str]]


def _hits(text: str, tokens: Sequence[Token]) -> Hits:
    yield from ((span, "insult") for span, _ in _phrases("insult", "words").within(tokens))
    yield from ((span, "threat") for span, _ in _phrases("threat", "phrases").within(tokens))
    yield from ((span, "hate") for span, _ in _phrases("hate", "slurs").within(tokens))
    yield from _animals(tokens)
    yield from _threats(tokens)
    yield from _hate(text, tokens)


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
        elif after in _of("insult", "after") and not _goes_on(tokens, i + 1):
            yield span_of(tokens, i, i + 2), "insult"


def _goes_on(tokens: Sequence[Token], i: int) -> bool:
    """Tell "kambing semua milik Pak RT" and "anjing lah yang bikin kotor" from "anjing lah, sudah saya bilang"."""
    if tokens[i].word not in ("semua", "semuanya", "lah") or not _near(tokens, i)[1]:
        return False
    return tokens[i + 1].span.start - tokens[i].span.end == 1  # a comma would end what is said of the animal


def _threats(tokens: Sequence[Token]) -> Hits:
    """ "Saya akan bakar kantor itu": who speaks, that they will, and the deed; of the worst, who speaks is enough."""
    for i, token in enumerate(tokens):
        is_willed = i > 0 and tokens[i - 1].word in _of("threat", "will") and not token.opens
        if token.word not in _of("threat", "deeds_to_come" if is_willed else "deeds") | _of("threat", "deeds"):
            continue
        first = i - is_willed
        if first and tokens[first - 1].word in _of("threat", "who") and not tokens[first].opens:
            yield span_of(tokens, first - 1, i + 1), "threat"


def _hate(text: str, tokens: Sequence[Token]) -> Hits:
    """A people or religion right beside an insult or a call for violence, with no comma between."""
    near = int(table("tone")["hate"]["near"])
    bad = _of("insult", "words")
    last: dict[str, int] = {}
    for i, token in enumerate(tokens):
        kinds = () if _names_place(tokens, i) else _kinds(token.word, bad)
        if "group" in kinds and _is_scolded(text, tokens, i):
            yield span_of(tokens, i - 1, i + 1), "hate"
        for kind in kinds:
            for other in OPPOSITE[kind]:
                j = last.get(other)
                if j is not None and i - j <= near and _is_said_of(text, tokens, j, i):
                    yield span_of(tokens, j, i + 1), "hate"
        last.update(dict.fromkeys(kinds, i))


def _is_scolded(text: str, tokens: Sequence[Token], i: int) -> bool:
    """Tell "dasar Cina, ..." where a sentence or a part of one begins from "hukum dasar Islam"."""
    if _near(tokens, i)[0] != "dasar":
        return False
    return tokens[i - 1].opens or "," in text[max(0, tokens[i - 1].span.start - 2) : tokens[i - 1].span.start]


def _names_place(tokens: Sequence[Token], i: int) -> bool:
    """Tell "Kampung Bugis" and "di depan masjid" from the people and the faith."""
    return _near(tokens, i)[0] in _of("hate", "places")


def _is_said_of(text: str, tokens: Sequence[Token], j: int, i: int) -> bool:
    """Tell "bakar gereja" from "orang Padang bakar ikan", and what a comma or a sentence parts."""
    if any(token.opens for token in tokens[j + 1 : i + 1]) or "," in text[tokens[j].span.end : tokens[i].span.start]:
        return False
    first, then = tokens[j].word, tokens[i].word
    return then not in _of("hate", "of_things") and (first not in _of("hate", "of_things") or i - j == 1)


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
