"""What shows the language of one word: the lists, common Indonesian words, affixes, and pairs of letters.

How telling a pair of letters is follows from the lists: its chance in the words of each language, as in naive Bayes.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache

from lapor.language.data import table
from lapor.language.stems import stem

HOME = "id"
SHORTEST = 3  # letters of a word whose pairs of letters are asked
UNSEEN = 0.5  # how often a pair that a list lacks is taken to stand there
_LONGEST_WORD = 30
_QUOTES = re.compile("[’`´]")


def plain(word: str) -> str:
    """Return a word in small letters without accents; what is too long to be a word is cut."""
    folded = unicodedata.normalize("NFKD", word[:_LONGEST_WORD].lower())
    return _QUOTES.sub("'", "".join(c for c in folded if not unicodedata.combining(c)))


def known(word: str) -> frozenset[str]:
    """Return the languages whose list has the word, as it is typed or without the stop at its end."""
    lists = _lists()
    return lists.get(word) or lists.get(word.rstrip("'"), frozenset())


@lru_cache(maxsize=20_000)
def affixes(word: str) -> tuple[str, ...]:
    """Return the languages that an unknown word looks like."""
    return tuple(code for code, pattern in _letters() if pattern.search(word))


@cache
def _common() -> frozenset[str]:
    """Return Indonesian words that stand in regional texts too, and their stems."""
    said = table("regional")["languages"][HOME]["common"].split()
    return frozenset([*said, *map(stem, said)])


def is_common(word: str) -> bool:
    """Tell a common Indonesian word or a form of one, which stands in regional texts too."""
    return word in _common() or (len(word) > len("buku") and stem(word) in _common())


@lru_cache(maxsize=20_000)
def likeness(word: str) -> tuple[float, ...]:
    """Return for each language, in the order of the table, how much its own words are written like an unknown one."""
    pairs, none = _pairs()
    columns = zip(*(pairs.get(pair, none) for pair in _pairs_of(word)), strict=True)
    sums = [sum(column) for column in columns]
    middle = sum(sums) / len(sums)
    return tuple(one - middle for one in sums)


def _pairs_of(word: str) -> Iterator[str]:
    typed = f"^{word}$"
    return (typed[i : i + 2] for i in range(len(typed) - 1))


@cache
def _pairs() -> tuple[dict[str, tuple[float, ...]], tuple[float, ...]]:
    """Return the logarithm of a pair's chance in the words of each language, and of one that stands in no list."""
    languages = table("regional")["languages"]
    counts = {
        code: Counter(
            pair
            for word, codes in _lists().items()
            if code in codes and len(word) >= SHORTEST
            for pair in _pairs_of(word)
        )
        for code in languages
    }
    known = {pair for count in counts.values() for pair in count}
    whole = {code: math.log(count.total() + UNSEEN * len(known)) for code, count in counts.items()}
    rows = {
        pair: tuple(math.log(count[pair] + UNSEEN) - whole[code] for code, count in counts.items()) for pair in known
    }
    return rows, tuple(math.log(UNSEEN) - whole[code] for code in counts)


@cache
def _lists() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for code, one in table("regional")["languages"].items():
        for word in one["words"].split():
            found.setdefault(plain(word), set()).add(code)
    return {word: frozenset(codes) for word, codes in found.items()}


@cache
def _letters() -> tuple[tuple[str, re.Pattern[str]], ...]:
    known = table("regional")["languages"].items()
    return tuple((code, re.compile("|".join(one["letters"]))) for code, one in known if one["letters"])
