"""An answer to a citizen, read before it leaves: does it answer, what was done, what comes next, whose data is in it.

Every finding is advice with its place, rule and reason; none forbids anything. Linear in the length of the texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from lapor.language.data import table, word_set
from lapor.language.findings import Finding, Span, Words
from lapor.language.five_w import LOOKS
from lapor.language.people import with_honorific
from lapor.language.reading import Reading
from lapor.language.tokens import LONGEST, Phrases, Token, is_shouted, tokens_of
from lapor.language.writers import leading_numbers

MOST = 12  # findings shown; who has more begins anew
TOPICS = 6  # words of the report that an answer is held against
SHINGLE = 4  # words in a row that two answers share
ALIKE = 0.7  # share of them from which two answers are the same letter
SHORT = 12  # words: an answer shorter than this is too short to be compared

Tokens = Sequence[Token]


@dataclass(frozen=True)
class Told:
    """What is to be judged besides the words: follow-up or first response, the fields beside it, earlier answers.

    `question` is the report as published; `earlier` the newest answers of the same desk to other reports; `today` the
    local day.
    """

    question: str
    is_follow_up: bool
    today: date
    done_on: date | None = None
    done_by: str = ""
    earlier: tuple[str, ...] = ()


def check_answer(text: str, told: Told) -> tuple[Finding, ...]:
    """Return what a careful colleague would remark, in the order of the text, the whole of it first; at most MOST."""
    text = text[:LONGEST]
    if not text.strip():
        return ()
    tokens = tokens_of(text)
    found = [*_about(text, tokens, told), *_content(text, tokens, told), *_wording(tokens), *_people(text, tokens)]
    return tuple(sorted(found, key=lambda one: (one.span.start, -one.span.end)))[:MOST]


def _finding(span: Span, rule: str, words: str = "") -> Finding:
    reason = table("answers")["reasons"][rule]
    return Finding(span, rule, Words(*(reason[lang].format(words=words) for lang in ("id", "en"))))


@cache
def _phrases(key: str) -> Phrases:
    return Phrases((phrase, key) for phrase in table("answers")[key])


@cache
def _jargon() -> Phrases:
    return Phrases(table("answers")["jargon"].items())


def _has(tokens: Tokens, key: str) -> bool:
    return next(_phrases(key).within(tokens), None) is not None


def _has_time(text: str, told: Told) -> bool:
    return LOOKS["when"](Reading(text, told.today)) is not None


# --- Does it answer what was asked ---------------------------------------------------------------


def _about(text: str, tokens: Tokens, told: Told) -> Iterator[Finding]:
    whole = Span(0, len(text))
    topics = _topics(told.question)
    if topics and not _mentions(tokens, topics):
        yield _finding(whole, "topic", ", ".join(topics[:3]))
    for rule, is_answered in _asked(text, tokens, told):
        if not is_answered:
            yield _finding(whole, rule)
    if any(_is_alike(tokens, tokens_of(other)) for other in told.earlier):
        yield _finding(whole, "alike", ", ".join(topics[:3]))


def _topics(question: str) -> list[str]:
    """Return the words that carry the matter: those said most often, then the longest, in that order."""
    common = word_set("answers", "common")
    counted: dict[str, int] = {}
    for token in tokens_of(question):
        if len(token.word) > 3 and token.word.isalpha() and token.word not in common:
            counted[token.word] = counted.get(token.word, 0) + 1
    return sorted(counted, key=lambda word: (-counted[word], -len(word), word))[:TOPICS]


def _mentions(tokens: Tokens, topics: Iterable[str]) -> bool:
    """Tell whether one of the words is there, also with a prefix or an ending ("lubang" in "berlubang")."""
    roots = [root for topic in topics for root in _roots(topic)]
    return any(root in token.word for token in tokens for root in roots)


def _roots(word: str) -> Iterator[str]:
    """Yield a word without the prefixes and endings that an answer may leave out; never shorter than four letters."""
    bare = word
    for prefix in ("ber", "ter", "per", "di", "me", "ke", "se"):
        if bare.startswith(prefix) and len(bare) - len(prefix) >= 4:
            bare = bare[len(prefix) :]
            break
    for ending in ("nya", "kan", "an", "i"):
        if bare.endswith(ending) and len(bare) - len(ending) >= 4:
            bare = bare[: -len(ending)]
            break
    yield bare


def _asked(text: str, tokens: Tokens, told: Told) -> Iterator[tuple[str, bool]]:
    """Yield for each thing that the reporter asks outright whether the answer has it."""
    asked = {token.word for token in tokens_of(told.question)}
    if "?" not in told.question:
        return
    if "kapan" in asked:
        yield "when_asked", _has_time(text, told)
    if "berapa" in asked:
        yield "how_much_asked", any(token.word.isdecimal() for token in tokens)
    if "dimana" in asked or "mana" in asked:
        yield "where_asked", LOOKS["where"](Reading(text, told.today)) is not None


def _is_alike(mine: Tokens, other: Tokens) -> bool:
    if min(len(mine), len(other)) < SHORT:
        return False
    ours, theirs = _shingles(mine), _shingles(other)
    return len(ours & theirs) >= ALIKE * min(len(ours), len(theirs))


def _shingles(tokens: Tokens) -> set[tuple[str, ...]]:
    words = [token.word for token in tokens]
    return {tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}


# --- What was done, when, by whom; what comes next -----------------------------------------------


def _content(text: str, tokens: Tokens, told: Told) -> Iterator[Finding]:
    return _of_follow_up(text, tokens, told) if told.is_follow_up else _of_first(text, tokens, told)


def _of_follow_up(text: str, tokens: Tokens, told: Told) -> Iterator[Finding]:
    whole = Span(0, len(text))
    if not _has(tokens, "done"):
        yield _finding(whole, "deed")
    if told.done_on is None and not _has_time(text, told):
        yield _finding(whole, "done_on")
    if not told.done_by.strip() and not _has(tokens, "actors"):
        yield _finding(whole, "done_by")
    if not _has_time(text, told):
        yield from (_finding(span, "promise") for span, _key in _first(_phrases("promised").within(tokens)))


def _of_first(text: str, tokens: Tokens, told: Told) -> Iterator[Finding]:
    whole = Span(0, len(text))
    if not _has(tokens, "next"):
        yield _finding(whole, "next_step")
    if not _has_time(text, told):
        vague = list(_phrases("vague").within(tokens))
        yield from (_finding(span, "vague") for span, _key in vague)
        if not vague:
            yield _finding(whole, "next_date")


def _first(hits: Iterable[tuple[Span, str]]) -> list[tuple[Span, str]]:
    return [hit for hit, _n in zip(hits, range(1), strict=False)]


# --- How it is said, and whose data is in it -----------------------------------------------------


def _wording(tokens: Tokens) -> Iterator[Finding]:
    yield from (_finding(span, "formula") for span, _key in _phrases("formulas").within(tokens))
    yield from (_finding(span, "jargon", plain) for span, plain in _jargon().within(tokens))


def _people(text: str, tokens: Tokens) -> Iterator[Finding]:
    yield from (_finding(span, rule) for span, rule in leading_numbers(text))
    if not is_shouted(text):
        yield from (_finding(span, "person") for span, _name in with_honorific(tokens))
