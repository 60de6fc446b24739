"""Apa, di mana, kapan, siapa, mengapa, bagaimana: what a report already tells, and one short question for the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from lapor.language.data import table, words
from lapor.language.findings import Span, Words
from lapor.language.tokens import Phrases, Token, is_shouted, span_of, tokens_of

ENOUGH = 3  # words that say something, until a text tells what happened
COMPLAINTS = ("complaint", "oversight")

Tokens = Sequence[Token]
Look = Callable[[Tokens, bool, date], Span | None]


@dataclass(frozen=True)
class Question:
    """One of the six: where in the text it is answered (None: not yet seen), and what to ask while it is not."""

    rule: str
    found: Span | None
    name: Words
    ask: Words


def missing(text: str, kind: str, today: date) -> tuple[Question, ...]:
    """Return the questions that matter for this kind of report, in the order in which people tell.

    `kind` is a code of the SOP's classification; anything else is asked like a complaint. `today` tells which years can
    be meant. Linear in the length of the text; an empty text answers nothing.
    """
    tokens, shouted, asked = tokens_of(text), is_shouted(text), _questions(kind)
    order: list[str] = table("five_w")["order"]
    return tuple(
        Question(rule, LOOKS[rule](tokens, shouted, today), words(table("five_w")["names"][rule]), words(asked[rule]))
        for rule in order
        if rule in asked
    )


def _questions(kind: str) -> dict[str, dict[str, str]]:
    asked: dict[str, dict[str, dict[str, str]]] = table("five_w")["questions"]
    return asked["complaint"] if kind in COMPLAINTS else asked.get(kind, asked["complaint"])


@cache
def _signs(rule: str) -> Phrases:
    return Phrases((phrase, rule) for phrase in table("five_w")["signs"][rule])


@cache
def _of(part: str, key: str) -> frozenset[str]:
    return frozenset(table("five_w")[part][key])


@cache
def _strong_places() -> Phrases:
    return Phrases((phrase, "place") for phrase in table("five_w")["place"]["strong"])


def _first_sign(rule: str, tokens: Tokens) -> Span | None:
    return next((span for span, _ in _signs(rule).within(tokens)), None)


def _what(tokens: Tokens, shouted: bool, today: date) -> Span | None:
    """A text tells what happened once it has a few different words beside greetings."""
    empty = _of("empty", "words")
    telling: dict[str, Token] = {}
    for token in tokens:
        if token.word not in empty and len(token.word) > 2 and token.word.isalpha():
            telling.setdefault(token.word, token)
        if len(telling) == ENOUGH:
            first = next(iter(telling.values()))
            return Span(first.span.start, token.span.end)
    return None


def _where(tokens: Tokens, shouted: bool, today: date) -> Span | None:
    for i in range(len(tokens)):
        size = _place_at(tokens, i, shouted)
        if size:
            return span_of(tokens, i, min(len(tokens), i + size))
    return None


def _place_at(tokens: Tokens, i: int, shouted: bool) -> int:
    """Return how many words a place takes that begins at the i-th, 0 where none does."""
    token, place = tokens[i], tokens[i + 1] if i + 1 < len(tokens) else None
    if hit := _strong_places().at(tokens, i):
        return hit[0] + 1
    if place is None:
        return 0
    named = place.is_name and not place.opens
    if token.word in _of("place", "area") and (named or (shouted and place.word not in _of("place", "no_place"))):
        return 2
    if token.word in _of("place", "after"):
        return 2 if named or _is_beside(token, place) else 0
    return 0


def _is_beside(token: Token, place: Token) -> bool:
    """Tell "di depan toko", "di dukuh ...", "depan masjid" from "di perbaiki": a passive verb written apart."""
    if place.opens or not place.word.isalpha() or place.word in _of("place", "no_place"):
        return False
    if token.word in ("di", "d"):
        return not place.word.endswith(("kan", "nya")) and len(place.word) > 2
    return token.word in _of("place", "beside")


def _when(tokens: Tokens, shouted: bool, today: date) -> Span | None:
    signs = _signs("when")
    for i in range(len(tokens)):
        hit = signs.at(tokens, i)
        size = hit[0] if hit else _time_at(tokens, i, today)
        if size:
            return span_of(tokens, i, i + size)
    return None


def _time_at(tokens: Tokens, i: int, today: date) -> int:
    """Return how many words a date, an hour or a span of time takes that begins at the i-th, 0 where none does."""
    token, after = tokens[i], tokens[i + 1] if i + 1 < len(tokens) else None
    if token.word in _of("time", "days") or token.word in _of("time", "ones"):
        return 1
    if after is None:
        return 0
    counted = token.word.isdecimal() or token.word in _of("time", "numbers")
    if counted and after.word in (_of("time", "units") | _of("time", "months")):
        return 2
    if token.word in _of("time", "clock") and after.word.isdecimal():
        return 2
    if token.word in _of("time", "months") and _is_year(after.word, today):
        return 2
    return 3 if _is_date(tokens[i : i + 3], today) else 0


def _is_year(word: str, today: date) -> bool:
    return word.isdecimal() and len(word) == 4 and 1990 <= int(word) <= today.year


def _is_date(parts: Tokens, today: date) -> bool:
    """Tell "15/8/2021" from any three numbers: a day, a month, a year that has come."""
    if len(parts) < 3 or not all(part.word.isdecimal() and len(part.word) <= 4 for part in parts):
        return False
    if parts[2].span.start - parts[0].span.end > len(parts[1].word) + 2:
        return False
    day, month, year = (int(part.word) for part in parts)
    return 1 <= day <= 31 and 1 <= month <= 12 and (_is_year(parts[2].word, today) or 0 <= year <= today.year % 100)


def _who(tokens: Tokens, shouted: bool, today: date) -> Span | None:
    if sign := _first_sign("who", tokens):
        return sign
    for i, token in enumerate(tokens):
        if token.word in _of("me", "words"):
            after = tokens[i + 1].word if i + 1 < len(tokens) else ""
            if after and after not in _of("me", "only_opens"):
                return token.span
    return None


def _why(tokens: Tokens, shouted: bool, today: date) -> Span | None:
    return _first_sign("why", tokens)


def _how(tokens: Tokens, shouted: bool, today: date) -> Span | None:
    return _first_sign("how", tokens)


LOOKS: dict[str, Look] = {
    "what": _what,
    "where": _where,
    "when": _when,
    "who": _who,
    "why": _why,
    "how": _how,
}
