"""What a report seems to be about: categories with the words that speak for them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from lapor.language.data import table, word_set
from lapor.language.findings import Span
from lapor.language.tokens import Apart, Phrases, Token, tokens_of
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
    tokens = tokens_of(text)
    hits_of_words = list(_keywords().within(tokens))
    scolded = [one.span for one in harsh_words(text) if one.rule == "insult"] if hits_of_words else []
    for span, codes in hits_of_words:
        if any(one.start <= span.start < one.end for one in scolded):
            continue  # "anjing lah" is no matter of animals
        for code in codes.split():
            if known is None or code in known:
                hits.setdefault(code, {}).setdefault(span.of(text).lower(), span)
    for code, said, span in _apart(tokens, [span for span, _ in hits_of_words]):
        if known is None or code in known:
            hits.setdefault(code, {}).setdefault(said, span)
    ranked = sorted(hits.items(), key=lambda hit: (-_weight(hit[1]), min(hit[1].values())))
    return tuple(Suggested(code, tuple(seen.values()), tuple(seen)) for code, seen in ranked[:MOST])


def _apart(tokens: Sequence[Token], matters: Sequence[Span]) -> Iterator[tuple[str, str, Span]]:
    """Yield codes that words apart speak for, and these words, unless they hold a matter that marks no place."""
    beside = word_set("categories", "beside")
    landmarks = {token.span.start for before, token in pairwise(tokens) if before.word in beside}
    starts = [span.start for span in matters if span.start not in landmarks]
    for code, pair in _pairs():
        for first, then, span in pair.within(tokens):
            if bisect_left(starts, span.start) == bisect_left(starts, span.end):
                between = " " if then == first + 1 else " … "
                yield code, f"{tokens[first].word}{between}{tokens[then].word}", span


@cache
def _pairs() -> tuple[tuple[str, Apart], ...]:
    return tuple((pair["code"], Apart(**pair["words"])) for pair in table("categories")["apart"])


def _weight(seen: dict[str, Span]) -> int:
    """A phrase of two words says more than a word."""
    return sum(len(phrase.replace("…", "").split()) for phrase in seen)
