"""Apa, di mana, kapan, siapa, mengapa, bagaimana: what a report already tells, and one short question for the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from lapor.language.data import table, words
from lapor.language.findings import Span, Words
from lapor.language.places import place_in
from lapor.language.reading import Reading
from lapor.language.tokens import Phrases, Token, span_of

ENOUGH = 3  # words that say something, until a text tells what happened
COMPLAINTS = ("complaint", "oversight")

Look = Callable[[Reading], Span | None]


@dataclass(frozen=True)
class Question:
    """One of the six: where in the text it is answered (None: not yet seen), and what to ask while it is not."""

    rule: str
    found: Span | None
    name: Words
    ask: Words


def missing(text: str, kind: str, today: date) -> tuple[Question, ...]:
    """Return the questions that matter for this kind of report, in the order in which people tell.

    `kind` is a code of the SOP's classification; anything else is asked like a complaint. `today` tells which days can
    be meant. Linear in the length of the text; an empty text answers nothing.
    """
    reading, asked = Reading(text, today), _questions(kind)
    order: list[str] = table("five_w")["order"]
    return tuple(
        Question(rule, LOOKS[rule](reading), words(table("five_w")["names"][rule]), words(asked[rule]))
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


def _signed(rule: str, reading: Reading) -> Iterator[int]:
    """Yield the position of each word at which a sign of this rule begins."""
    signs = _signs(rule)
    return (i for i in range(len(reading.tokens)) if signs.at(reading.tokens, i))


# --- What -----------------------------------------------------------------------------------------


def _what(reading: Reading) -> Span | None:
    """The first clause with a few telling words beside greetings, openings and times; else those words wherever."""
    timed = [moment.span for moment in reading.moments]
    loose: list[int] = []
    for first, after in reading.clauses():
        telling = [i for i in range(_opened(reading, first), after) if _tells(reading.tokens[i], timed)]
        if len({reading.tokens[i].word for i in telling}) >= ENOUGH:
            return span_of(reading.tokens, telling[0], telling[-1] + 1)
        loose += telling
    if len({reading.tokens[i].word for i in loose}) >= ENOUGH:
        return span_of(reading.tokens, loose[0], loose[ENOUGH - 1] + 1)
    return None


def _opened(reading: Reading, first: int) -> int:
    """Return where a clause begins to tell: after "saya ingin melaporkan bahwa"."""
    at = first
    while at < len(reading.tokens) and (hit := _openings().at(reading.tokens, at)):
        at += hit[0]
    return at


@cache
def _openings() -> Phrases:
    listed = [*table("titles")["openings"], *table("five_w")["empty"]["openings"]]
    return Phrases((phrase, "opening") for phrase in listed)


def _tells(token: Token, timed: list[Span]) -> bool:
    if token.word in _of("empty", "words") or len(token.word) < 3 or not token.word.isalpha():
        return False
    return not any(span.start <= token.span.start < span.end for span in timed)


# --- When -----------------------------------------------------------------------------------------


def _when(reading: Reading) -> Span | None:
    """The first moment that is no mere length of hours; else any, or a word like "since"."""
    dated = [one.span for one in reading.moments if not one.value.startswith("PT")]
    every = dated or [one.span for one in reading.moments]
    if every:
        return every[0]
    return next((span for span, _ in _signs("when").within(reading.tokens)), None)


# --- Who ------------------------------------------------------------------------------------------


def _who(reading: Reading) -> Span | None:
    """A person or body that is told of; one that is only asked for help or greeted comes last, after "saya"."""
    spoken_to = None
    for i in _signed("who", reading):
        span = span_of(reading.tokens, i, i + (_signs("who").at(reading.tokens, i) or (1, ""))[0])
        if reading.tokens[i].word in _of("me", "ours"):
            continue
        if not _is_place(reading, i) and not _is_greeted(reading, i):
            return span
        spoken_to = spoken_to or (None if _is_place(reading, i) else span)
    return _me(reading) or spoken_to


def _is_place(reading: Reading, i: int) -> bool:
    """ "Kantor lurah", "rumah kepala desa" say where."""
    return i > 0 and not reading.tokens[i].opens and reading.tokens[i - 1].word in _of("me", "houses")


def _is_greeted(reading: Reading, i: int) -> bool:
    """ "Kepada Yth. Kepala Dinas", "tolong pak bupati": who is spoken to, not of."""
    return any(token.word in _of("me", "greeting") for token in reading.tokens[max(0, i - 3) : i])


def _me(reading: Reading) -> Span | None:
    for i, token in enumerate(reading.tokens):
        if token.word in _of("me", "words"):
            after = reading.tokens[i + 1].word if i + 1 < len(reading.tokens) else ""
            if after and after not in _of("me", "only_opens"):
                return token.span
    return None


# --- Why and how ----------------------------------------------------------------------------------


def _why(reading: Reading) -> Span | None:
    """A cause ("karena"), else what came of it, best outside of what tells the matter itself."""
    if (cause := next(_signed("cause", reading), None)) is not None:
        return reading.from_here(cause)
    matter = _what(reading)
    harms = [reading.from_here(i) for i in _signed("why", reading)]
    beside = [span for span in harms if matter is None or span.start >= matter.end or span.end <= matter.start]
    return next(iter(beside or harms), None)


def _how(reading: Reading) -> Span | None:
    """What the writer hopes for, else how it went."""
    for rule in ("wish", "how"):
        for i in _signed(rule, reading):
            if rule == "how" or not (_asks_other(reading, i) or _is_sorry(reading, i)):
                return reading.from_here(i)
    return None


def _is_sorry(reading: Reading, i: int) -> bool:
    """ "Mohon maaf" asks for nothing."""
    return [token.word for token in reading.tokens[i : i + 2]] in (["mohon", "maaf"], ["minta", "maaf"])


def _asks_other(reading: Reading, i: int) -> bool:
    """ "Petugas meminta uang" is no wish of the writer's."""
    word = reading.tokens[i].word
    if word not in _of("me", "asking") or reading.tokens[i].opens or i == 0:
        return False
    return reading.tokens[i - 1].word not in _of("me", "words") | _of("me", "ours") | _of("me", "greeting")


LOOKS: dict[str, Look] = {"what": _what, "where": place_in, "when": _when, "who": _who, "why": _why, "how": _how}
