"""A report as named features in blocks; learning and asking read the same ones, so they can never differ.

Words and pairs of words tell the subject; pieces of words stand in for spelling, which is free in complaints; concepts
tell what two texts without a common word share, which few examples cannot teach; places and the category, whole and by
its words, tell what the text leaves out. Cost: linear in the text, which is cut at `example.LONGEST`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from lapor.language.data import table
from lapor.language.tokens import Phrases, tokens_of
from lapor.triage.learning.example import LONGEST, Example

_WORD = re.compile(r"[^\W_]+")
_STRETCHED = re.compile(r"(\w)\1{2,}")
_SHORTEST_PIECE, _LONGEST_PIECE = 3, 5
_LONGEST_WORD = 30

Named = Iterator[tuple[str, str]]  # feature, and the word a person would read for it ("" where there is none)


def words_in(text: str) -> list[str]:
    """Return the words in small letters; stretched letters and any number are made alike."""
    found = _WORD.findall(_STRETCHED.sub(r"\1", text[:LONGEST].lower()))
    return ["0" if word.isdigit() else word[:_LONGEST_WORD] for word in found]


def words(example: Example) -> Named:
    """Yield each word and each pair of neighbours."""
    yield from _words(example.text)


def word_pieces(example: Example) -> Named:
    """Yield what is within each word: three to five letters, with the word's ends marked by a space."""
    yield from _pieces(example.text)


@lru_cache(maxsize=2)  # one report is asked of several models
def _words(text: str) -> tuple[tuple[str, str], ...]:
    found = words_in(text)
    pairs = (f"{before} {after}" for before, after in pairwise(found))
    return tuple((one, one) for one in (*found, *pairs))


@lru_cache(maxsize=2)
def _pieces(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((piece, word) for word in words_in(text) if word != "0" for piece in _pieces_of(word))


@lru_cache(maxsize=4_096)
def _pieces_of(word: str) -> tuple[str, ...]:
    marked = f" {word} "
    sizes = range(_SHORTEST_PIECE, min(_LONGEST_PIECE, len(marked)) + 1)
    return tuple(marked[i : i + size] for size in sizes for i in range(len(marked) - size + 1))


def places(example: Example) -> Named:
    """Yield the names of the places around the report."""
    for name in example.places:
        yield name, ""


def category(example: Example) -> Named:
    """Yield the category, where the report has one."""
    if example.category:
        yield example.category, ""


def category_words(example: Example) -> Named:
    """Yield the words of the category: a rare one is understood by what it shares with others."""
    for word in words_in(example.category):
        yield word, ""


def concepts(example: Example) -> Named:
    """Yield the concepts that the text speaks of, their fields, our categories by keywords, and bodies named."""
    yield from _concepts(example.text)


@lru_cache(maxsize=2)
def _concepts(text: str) -> tuple[tuple[str, str], ...]:
    tokens = tokens_of(text[:LONGEST])
    found = [(mark, span.of(text).lower()) for span, marks in _known().within(tokens) for mark in marks.split("|")]
    return tuple(found)


@cache
def _known() -> Phrases:
    """Return every phrase with the features it stands for, spelled as one text because a phrase has one meaning."""
    meant: dict[str, list[str]] = {}
    for concept, one in _listed().items():
        for phrase in one["words"]:
            meant.setdefault(phrase, []).extend((concept, f"in {one['field']}"))
    for code, phrases in table("categories")["keywords"].items():
        for phrase in phrases:
            meant.setdefault(phrase, []).append(f"as {code}")
    for body, phrases in table("bodies")["named"].items():
        for phrase in phrases:
            meant.setdefault(phrase, []).append(f"by {body}")
    return Phrases((phrase, "|".join(marks)) for phrase, marks in meant.items())


def concept_words() -> Mapping[str, Sequence[str]]:
    """Return the words by which each concept shows."""
    return {concept: one["words"] for concept, one in _listed().items()}


@cache
def _listed() -> Mapping[str, Any]:
    return tomllib.loads((files(__package__) / "concepts.toml").read_text(encoding="utf-8"))


BLOCKS: dict[str, Callable[[Example], Named]] = {
    "words": words,
    "pieces": word_pieces,
    "places": places,
    "category": category,
    "subject": category_words,
    "concepts": concepts,
}
