"""What a report seems to be about: categories with the words that speak for them, and signs of an oversight case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from lapor.language.data import table, words
from lapor.language.findings import Finding, Span
from lapor.language.tokens import Phrases, tokens_of
from lapor.language.tone import harsh_words

MOST = 3  # suggestions


@dataclass(frozen=True)
class Suggested:
    """A category's code, and the words of the text that speak for it, in order, each once."""

    code: str
    spans: tuple[Span, ...]
    because: tuple[str, ...]


@cache
def _keywords() -> Phrases:
    listed: dict[str, list[str]] = table("categories")["keywords"]
    pairs: dict[str, list[str]] = {}
    for code, phrases in listed.items():
        for phrase in phrases:
            pairs.setdefault(phrase, []).append(code)
    return Phrases((phrase, " ".join(codes)) for phrase, codes in pairs.items())


def suggest_categories(text: str, offered: Iterable[str] | None = None) -> tuple[Suggested, ...]:
    """Return up to three categories, the likeliest first: by how many different words speak for each.

    `offered` are the codes in use; a keyword of another category says nothing. Linear in the length of the text.
    """
    known = None if offered is None else set(offered)
    hits: dict[str, dict[str, Span]] = {}
    hits_of_words = list(_keywords().within(tokens_of(text)))
    scolded = [one.span for one in harsh_words(text) if one.rule == "insult"] if hits_of_words else []
    for span, codes in hits_of_words:
        if any(one.start <= span.start < one.end for one in scolded):
            continue  # "anjing lah" is no matter of animals
        for code in codes.split():
            if known is None or code in known:
                hits.setdefault(code, {}).setdefault(span.of(text).lower(), span)
    ranked = sorted(hits.items(), key=lambda hit: (-_weight(hit[1]), min(hit[1].values())))
    return tuple(Suggested(code, tuple(seen.values()), tuple(seen)) for code, seen in ranked[:MOST])


def _weight(seen: dict[str, Span]) -> int:
    """A phrase of two words says more than a word."""
    return sum(1 + phrase.count(" ") for phrase in seen)


@cache
def _signs() -> Phrases:
    return Phrases((phrase, "oversight") for phrase in table("categories")["oversight"]["signs"])


def oversight_signs(text: str) -> tuple[Finding, ...]:
    """Return the words by which a report may be a complaint "berkadar pengawasan": corruption, extortion, abuse."""
    reason = words(table("categories")["oversight"]["reason"])
    return tuple(Finding(span, rule, reason) for span, rule in _signs().within(tokens_of(text)))
