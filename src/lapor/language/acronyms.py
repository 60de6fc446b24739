"""Abbreviations that stay in capitals: "KTP" and "BPUM" do, "SKRNG" is only "sekarang" typed short.

Known ones stand in a list. Of others the letters tell: no vowel, or a beginning or an end that no word of these
languages has; unless they are the consonants of a word that is often written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from lapor.language import spelling
from lapor.language.data import table, typed_short, word_set

LONGEST = 5  # letters of an abbreviation that no list has
FEWEST = 2
_ROMAN = re.compile(r"[ivx]{2,5}|(?:ii|iii|iv|vii|viii|ix|xi|xii|xiii)[abcd]")
_VOWELS = frozenset("aeiou")
_ODD_VOWELS = re.compile(r"u[iou]|ii|aa")
_NASAL = re.compile(r"[mn](?=[bcdfgjkpstz])")


@cache
def _listed() -> frozenset[str]:
    return word_set("smartcase", "acronyms")


@cache
def _never() -> frozenset[str]:
    """Return what is written with small letters or like a name, whatever its letters look like."""
    keys = ("shortened", "titles_of_places", "kinds_with_capital", "names", "common", "no_names")
    return typed_short().union(*(word_set("smartcase", key) for key in keys))


@lru_cache(maxsize=20_000)
def is_acronym(word: str) -> bool:
    """Tell whether a word, given in small letters, stays in capitals; Roman numerals do too."""
    if word in word_set("smartcase", "like_names"):
        return False
    if word in _listed() or _ROMAN.fullmatch(word):
        return True
    if not FEWEST <= len(word) <= LONGEST or not word.isascii() or not word.isalpha() or word in _never():
        return False
    return _looks_odd(word) and not _is_shortened(word)


def _looks_odd(word: str) -> bool:
    """Tell letters that nobody can say as a word. Where vowels are among them, the dictionary must not have it."""
    if not _VOWELS & set(word):
        return True
    return _has_odd_ends(word) and spelling.is_strange(word)


def _has_odd_ends(word: str) -> bool:
    """Tell consonants together, at the beginning or the end, that no word has so."""
    sounds, consonants = table("smartcase")["sounds"], [letter not in _VOWELS for letter in word]
    if all(consonants[:3]):
        first = word[:3] not in sounds["first_three"]
    else:
        first = all(consonants[:2]) and word[:2] not in sounds["first"]
    last = all(consonants[-2:]) and word[-1] != "y" and word[-2:] not in sounds["last"]
    return first or last or _ODD_VOWELS.match(word) is not None


def _is_shortened(word: str) -> bool:
    """Tell "skrng", "smpai" and "lbh": the consonants of a frequent word; where they are two, its vowels in order."""
    short = _consonants(word)
    whole = _by_consonants().get(short, ())
    if len(word) == FEWEST:
        return False  # a list tells which these are
    return bool(whole) if len(short) > FEWEST else any(_is_within(word, one) for one in whole)


def _is_within(short: str, whole: str) -> bool:
    letters = iter(whole)
    return all(letter in letters for letter in short)


def _consonants(word: str) -> str:
    """Return a word without its vowels, the first letter kept."""
    return word[:1] + "".join(letter for letter in word[1:] if letter not in _VOWELS)


@cache
def _by_consonants() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for word in _frequent():
        for short in {piece for one in (word, f"{word}nya") for piece in _shorter(_consonants(one))}:
            found[short] = (*found.get(short, ()), f"{word}nya")
    return found


def _shorter(consonants: str) -> Iterator[str]:
    """Yield what people leave of them: "dtng" or "dtg", "bnyk" or "byk", "mngkn" or "mgkn"; the last one goes too."""
    for one in {consonants, consonants.replace("ng", "g").replace("ny", "y"), _NASAL.sub("", consonants)}:
        yield one
        yield one[:-1] if one[-1:] in "yh" else one


@cache
def _frequent() -> frozenset[str]:
    """Return the words that our lists hold in full."""
    lists = table("wording")
    full = {
        part
        for rule in ("abbreviation", "everyday", "spelling")
        for better in lists[rule].values()
        for part in better.split()
    }
    return frozenset(full) | word_set("smartcase", "common") | word_set("smartcase", "often_shortened")
