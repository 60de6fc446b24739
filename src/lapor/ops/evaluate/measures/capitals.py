"""SmartCase: texts that people typed in both cases, put all in capitals and calmed again.

Whoever typed them left what is right: abbreviations in capitals, names of places with one. Many write those in small
letters too; only what they did write with capitals is asked. One writer's capital is no truth yet ("Jalan Berlubang",
"AKTE"): where the same word stands a few times, one writer in five must have given it one. Not asked are lines in which
Every Word Has One, what a comma or a slash parts from the word for its kind ("badan / Dinas"), those words themselves
("Jalan Kampung"), and shortened words, whose capitals are a matter of taste ("JL", "KEL").

The desk tells SmartCase the names of its villages and units; one row shows what that brings, with the districts and
villages that the same stream has in its columns.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lapor.language import apply_edits, smartcase, spelling
from lapor.language.data import word_set
from lapor.language.tokens import Token, is_shouted, tokens_of
from lapor.language.writers import is_titled
from lapor.ops.evaluate.measures.language import STREAM, complaints
from lapor.ops.evaluate.row import Data, Row

KEPT = 0.97
WRONG = 0.03
HABIT = 0.2  # of those who write a word give it a capital, where it is one
SMALL = 0.02  # no more do, where it is none
PLACES = ("district", "village")  # columns of the stream
SUBJECT = "SmartCase, complaints put in capitals"
_NO_WORDS = re.compile(r"\[[A-Z ]+\]|(?<!\S)\S*?(?:://|www\.|@)\S*")  # what was redacted, and addresses

Pair = tuple[Token, str, str]  # as typed, as it comes out, what it is


def measure(data: Data) -> Iterator[Row]:
    """Yield how much of the abbreviations and of the places keep their capitals, and how many words get one wrongly."""
    told = complaints(data.file(STREAM))
    pairs = list(pairs_of(told))
    for name, kind in (("abbreviations kept", "acronym"), ("places kept", "place")):
        yield _kept(name, pairs, kind)
    known = sorted(_places(data.file(STREAM)))
    yield _kept("places kept, the desk's villages given", list(pairs_of(told, known)), "place")
    for name, kind in (("ordinary words with a capital", "word"), ("shortened words in capitals", "short")):
        wrong = [_is_wrong(pair) for pair in pairs if pair[2] == kind]
        yield Row(SUBJECT, name, _share(wrong), len(wrong), WRONG if kind == "word" else None, at_most=True)


def _kept(name: str, pairs: Sequence[Pair], kind: str) -> Row:
    kept = [after == before.typed for before, after, what in pairs if what == kind]
    return Row(SUBJECT, name, _share(kept), len(kept), KEPT)


def _is_wrong(pair: Pair) -> bool:
    before, after, kind = pair
    return after.isupper() if kind == "short" else after != before.typed


def _places(path: Path) -> set[str]:
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return {row[column] for row in rows for column in PLACES if row.get(column)}


def pairs_of(told: Iterable[str], names: Sequence[str] = ()) -> Iterator[Pair]:
    """Yield each word as typed, as it comes out, and what it is: "acronym", "place", "word" or "short"."""
    texts = [text for text in (_NO_WORDS.sub("", one) for one in told) if _is_calm(text)]
    read = [(text, list(_lines(text, tokens_of(text)))) for text in texts]
    habits = _habits(line for _text, lines in read for line in lines)
    for text, lines in read:
        after = apply_edits(text.upper(), smartcase(text.upper(), names))
        for line in lines:
            for i, token in enumerate(line.tokens):
                if kind := _kind(text, line, i, habits):
                    yield token, token.span.of(after), kind


def _is_calm(text: str) -> bool:
    """Tell what can be put in capitals letter by letter and was not typed so."""
    return not is_shouted(text) and len(text.upper()) == len(text)


@dataclass(frozen=True)
class _Line:
    tokens: Sequence[Token]
    titled: bool


def _lines(text: str, tokens: Sequence[Token]) -> Iterator[_Line]:
    end = 0
    for i, token in enumerate(tokens):
        if i and "\n" in text[tokens[i - 1].span.end : token.span.start]:
            yield _Line(tokens[end:i], is_titled(tokens[end:i]))
            end = i
    yield _Line(tokens[end:], is_titled(tokens[end:]))


@dataclass(frozen=True)
class _Habits:
    """How often each word is written at all, all in capitals, and with any; and both after a word for a place."""

    written: Counter[str] = field(default_factory=Counter)
    capitals: Counter[str] = field(default_factory=Counter)
    any_capital: Counter[str] = field(default_factory=Counter)
    after_kind: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)


def _habits(lines: Iterable[_Line]) -> _Habits:
    found = _Habits()
    for line in lines:
        if line.titled:
            continue
        for i, token in enumerate(line.tokens):
            found.written[token.word] += 1
            found.capitals[token.word] += token.typed.isupper()
            found.any_capital[token.word] += not token.typed.islower()
            if _before(line, i) in word_set("smartcase", "titles_of_places"):
                found.after_kind[token.word] += 1
                found.named[token.word] += token.is_name
    return found


def _kind(text: str, line: _Line, i: int, habits: _Habits) -> str:
    token = line.tokens[i]
    if token.opens or not token.word.isalpha() or len(token.word) < 2:
        return ""
    if token.typed.isupper():
        return "acronym" if _is_acronym(line.tokens, i, habits) else ""
    if token.is_name and _before(line, i) in word_set("smartcase", "titles_of_places"):
        return "place" if _is_place(text, line, i, habits) else ""
    if not token.typed.islower() or _before(line, i) in word_set("smartcase", "kinds_with_capital"):
        return ""
    if spelling.is_strange(token.word):
        short = len(token.word) <= 5 and habits.any_capital[token.word] < SMALL * habits.written[token.word]
        return "short" if short else ""
    named = ("names", "titles_of_places", "acronyms")
    return "" if any(token.word in word_set("smartcase", key) for key in named) else "word"


def _is_acronym(tokens: Sequence[Token], i: int, habits: _Habits) -> bool:
    """Tell an abbreviation among small letters from a word said loudly."""
    token = tokens[i]
    calm = any(near.typed.islower() and len(near.typed) > 3 for near in tokens[max(0, i - 2) : i + 3])
    shortened = ("common", "shortened", "titles_of_places")
    if not calm or len(token.typed) > 5 or any(token.word in word_set("smartcase", key) for key in shortened):
        return False
    usual = habits.capitals[token.word] >= HABIT * habits.written[token.word]
    return usual and not _is_word(token.word)


def _is_word(word: str) -> bool:
    return not spelling.is_strange(word)


def _is_place(text: str, line: _Line, i: int, habits: _Habits) -> bool:
    token, kinds = line.tokens[i], word_set("smartcase", "titles_of_places")
    between = text[line.tokens[i - 1].span.end : token.span.start].strip(" .")
    if line.titled or between or token.word in kinds or token.word in word_set("smartcase", "common"):
        return False
    return habits.named[token.word] >= HABIT * habits.after_kind[token.word]


def _before(line: _Line, i: int) -> str:
    return line.tokens[i - 1].word if i else ""


def _share(said: Sequence[bool]) -> float:
    return sum(said) / max(1, len(said))
