"""Typing errors (S46): a word that no Indonesian dictionary knows, one slip away from exactly one word of our list.

The dictionary is Debian's `hunspell-id` (GPL), read where the machine has it and never shipped; it is read by spylls
(MPL-2.0). Without it nothing is found: which words exist is not ours to guess.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from lapor.language.data import word_set

FOLDERS = (
    "/usr/share/hunspell",
    "/usr/share/myspell/dicts",
    "/usr/local/share/hunspell",
    "/opt/homebrew/share/hunspell",
)
FEWEST, MOST = 6, 20  # letters


def better(word: str) -> str:
    """Return what a word in small letters was meant to be, empty where that is not certain."""
    near = _near(word)
    return near[0] if len(near) == 1 and _is_no_word(word) else ""


def is_slip(word: str) -> bool:
    """Tell whether a word is one slip away from any word of our list, certain or not."""
    return bool(_near(word))


def _near(word: str) -> list[str]:
    if not FEWEST <= len(word) <= MOST or not word.isascii() or not word.isalpha():
        return []
    meant = {target for piece in (word, *_shortened(word)) for target in _index().get(piece, ())}
    return [target for target in meant if _one_slip(word, target)]


def _is_no_word(word: str) -> bool:
    """Tell whether the dictionary has it in no spelling: not as a name, nor without the endings that it lacks."""
    if word in word_set("spelling", "keep") or word in word_set("smartcase", "names"):
        return False
    forms = [
        word,
        word.capitalize(),
        *(word.removesuffix(end) for end in ("i", "in", "kan", "an") if word.endswith(end)),
    ]
    return all(is_known(form) is False for form in forms)


def is_installed() -> bool:
    """Tell whether this machine has the dictionary."""
    return _place() is not None


def warm() -> None:
    """Read the dictionary where there is one, before anybody waits for it: half a second and 30 MB."""
    _dictionary()
    _stems()


@lru_cache(maxsize=4_000)
def is_known(word: str) -> bool | None:
    """Tell whether the dictionary has a word, with its prefixes and endings; None where there is no dictionary."""
    dictionary = _dictionary()
    return None if dictionary is None else bool(dictionary.lookup(word))


def is_strange(word: str) -> bool:
    """Tell whether neither a word nor what is left of it without prefixes and endings is in the dictionary.

    Much quicker than `is_known`, and good enough to tell a name from a word. False where there is no dictionary.
    """
    stems = _stems()
    return bool(stems) and not any(piece in stems for start in _without_prefix(word) for piece in _without_end(start))


def is_derived(word: str) -> bool:
    """Tell whether a word is one only by its prefix or ending ("berlubang"); True where there is no dictionary."""
    stems = _stems()
    return not stems or (word not in stems and not is_strange(word))


_PREFIXES = ("ber", "be", "ter", "di", "ke", "se", "per", "pel", "memper", "diper", "keber", "me", "pe")
_NASALS = (
    ("meng", "k"),
    ("peng", "k"),
    ("men", "t"),
    ("pen", "t"),
    ("mem", "p"),
    ("pem", "p"),
    ("meny", "s"),
    ("peny", "s"),
)
_ENDS = ("", "nya", "lah", "kah", "ku", "mu", "an", "kan", "i", "annya", "kannya", "inya")


def _without_prefix(word: str) -> Iterator[str]:
    yield word
    for prefix in _PREFIXES:
        if word.startswith(prefix):
            yield word[len(prefix) :]
    for prefix, letter in _NASALS:
        if word.startswith(prefix):
            yield from (word[len(prefix) :], letter + word[len(prefix) :])


def _without_end(word: str) -> Iterator[str]:
    return (word.removesuffix(end) for end in _ENDS if word.endswith(end))


@cache
def _stems() -> frozenset[str]:
    """Return the words of the dictionary as they stand in its file, in small letters."""
    place = _place()
    if place is None:
        return frozenset()
    lines = place.with_suffix(".dic").read_text(encoding="iso-8859-1").splitlines()[1:]
    return frozenset(line.partition("/")[0].strip().lower() for line in lines)


@cache
def _dictionary() -> Any:
    """Read it once for each process: half a second, on the first word that looks like a slip."""
    place = _place()
    if place is None:
        return None
    from spylls.hunspell import Dictionary

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # it leaves its two files to be closed by nobody
        return Dictionary.from_files(str(place))


def _place() -> Path | None:
    files = (Path(folder) / "id_ID" for folder in FOLDERS)
    return next(
        (file for file in files if file.with_suffix(".aff").is_file() and file.with_suffix(".dic").is_file()), None
    )


@cache
def _index() -> dict[str, tuple[str, ...]]:
    """Return for each listed word, and for it without one of its letters, the words that have it."""
    found: dict[str, tuple[str, ...]] = {}
    for word in word_set("spelling", "words"):
        if word.isalpha() and len(word) >= FEWEST:
            for piece in {word, *_shortened(word)}:
                found[piece] = (*found.get(piece, ()), word)
    return found


def _shortened(word: str) -> Iterator[str]:
    return (word[:i] + word[i + 1 :] for i in range(len(word)))


def _one_slip(typed: str, word: str) -> bool:
    """Tell whether one letter is missing, too many, wrong, or two neighbours are exchanged; the first one is right."""
    if typed == word or typed[0] != word[0]:
        return False
    if len(typed) != len(word):
        longer, shorter = sorted((typed, word), key=len, reverse=True)
        return len(longer) - len(shorter) == 1 and shorter in _shortened(longer)
    wrong = [i for i, (a, b) in enumerate(zip(typed, word, strict=True)) if a != b]
    if len(wrong) == 1:
        return True
    return (
        len(wrong) == 2
        and wrong[1] == wrong[0] + 1
        and typed[wrong[0] : wrong[1] + 1] == word[wrong[1]] + word[wrong[0]]
    )
