"""A report as named features in blocks; learning and asking read the same ones, so they can never differ.

Words and pairs of words tell the subject; pieces of words stand in for spelling, which is free in complaints;
places and the category tell what the words leave out. Cost: linear in the text, which is cut at `example.LONGEST`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

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
    found = words_in(example.text)
    for word in found:
        yield word, word
    for before, after in pairwise(found):
        pair = f"{before} {after}"
        yield pair, pair


def word_pieces(example: Example) -> Named:
    """Yield what is within each word: three to five letters, with the word's ends marked by a space."""
    for word in words_in(example.text):
        if word != "0":
            marked = f" {word} "
            for size in range(_SHORTEST_PIECE, min(_LONGEST_PIECE, len(marked)) + 1):
                for i in range(len(marked) - size + 1):
                    yield marked[i : i + size], word


def places(example: Example) -> Named:
    """Yield the names of the places around the report."""
    for name in example.places:
        yield name, ""


def category(example: Example) -> Named:
    """Yield the category, where the report has one."""
    if example.category:
        yield example.category, ""


BLOCKS: dict[str, Callable[[Example], Named]] = {
    "words": words,
    "pieces": word_pieces,
    "places": places,
    "category": category,
}
