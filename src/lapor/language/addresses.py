"""Where a report says it is: streets, house numbers, RT and RW, numbers of lamp posts; for comparing, not for a map.

What is found is in small letters and made comparable; nothing is looked up. Linear in the length of the text, and of
streets, which are compared each with each, MOST_STREETS are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lapor.language.data import word_set
from lapor.language.tokens import LONGEST

LONGEST_NAME = 4  # words of a street's name
MOST_STREETS = 20  # the first: a report is about one or two, a list of hundreds is no address
_WORD = re.compile(r"[^\W_]+|[,.;:()\n]")
_HOUSE = re.compile(r"\b(?:no|nomor|nomer)\b[.:]?\s{0,3}(\d{1,4}[a-z]?)\b(?!/)", re.IGNORECASE)
_RT = re.compile(r"\b(r[tw])\b[.:]?\s{0,3}0{0,2}(\d{1,3})\b", re.IGNORECASE)
_VERB = re.compile(
    r"mem[bp]\w{3,}|meny[aeiou]\w{3,}|(?:me|di|ter|ber|se|ke)\w{3,}kan|\w{4,}nya"
)  # "perumahan baru membuat air ..."
_POST = re.compile(
    r"\b(?:tiang|pju|gardu|panel|halte)(?:\s+(?:listrik|lampu|pju))?\s{0,3}"
    r"(?:(?:no|nomor|nomer|kode)\b[.:]?\s{0,3})?((?=[a-z-]{0,6}\d)[a-z0-9-]{2,12})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Addresses:
    """The places a text names, each kind as a set; `streets`, the first of them, as typed: "mawar timur"."""

    streets: frozenset[str]
    houses: frozenset[str]
    neighbourhoods: frozenset[str]
    posts: frozenset[str]


def addresses(text: str) -> Addresses:
    """Return what a text says about where it is."""
    text = text[:LONGEST].lower()
    return Addresses(
        streets=frozenset(islice(_streets(_WORD.findall(text)), MOST_STREETS)),
        houses=frozenset(match[1] for match in _HOUSE.finditer(text)),
        neighbourhoods=frozenset(f"{match[1]} {match[2]}" for match in _RT.finditer(text)),
        posts=frozenset(match[1] for match in _POST.finditer(text)),
    )


def _streets(words: Sequence[str]) -> Iterator[str]:
    for i, word in enumerate(words):
        if word in word_set("addresses", "streets") and words[max(0, i - 1)] not in word_set("addresses", "above"):
            name = " ".join(_name(words[i : i + 5 + LONGEST_NAME]))
            if name and not (name in word_set("addresses", "vague") and word not in word_set("addresses", "villages")):
                yield name


def _name(words: Sequence[str]) -> Iterator[str]:
    """Yield the words of a name after their kind; "raya" says nothing about which one.

    A full stop is passed over where something is written short, as in "Jl. A. Yani" and "Jl. Dr. Sutomo"; after a whole
    word it ends the sentence.
    """
    taken, before = 0, words[0]
    for word in words[1:]:
        if word == "." and (len(before) == 1 or before in word_set("addresses", "short")):
            continue
        ends = word in word_set("addresses", "ends") or _VERB.fullmatch(word)
        if not word.isalpha() or ends or taken == LONGEST_NAME:
            return
        taken, before = taken + 1, word
        if word != "raya":
            yield word
