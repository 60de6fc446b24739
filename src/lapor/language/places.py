"""Where: the place a text names best. Coordinates before a named street or village, that before "di depan pasar"."""

from __future__ import annotations

import re
from functools import cache

from lapor.language.data import table, word_set
from lapor.language.findings import Span
from lapor.language.reading import Reading
from lapor.language.tokens import LONGEST, Phrases, Token, span_of

_POINT = re.compile(r"(?<![\d.])-?\d{1,2}[.,]\d{3,8}[,; ] ?\d{2,3}[.,]\d{3,8}(?!\d)")
LONGEST_NAME = 5  # words
NAMED, SEEN, MEANT = 3, 2, 1  # a name or number; "di depan toko"; only the kind of place that it is about

Found = tuple[int, int]  # how many words, and how good


def place_in(reading: Reading) -> Span | None:
    """Return the place that says most, the first among equals; None where there is none."""
    best = _best(reading)
    return best[1] if best else None


def place_worth(reading: Reading) -> int:
    """Return how much the best place says: NAMED, SEEN or MEANT; 0 where there is none."""
    best = _best(reading)
    return best[0] if best else 0


def _best(reading: Reading) -> tuple[int, Span] | None:
    if point := _POINT.search(reading.text[:LONGEST]):
        return NAMED, Span(*point.span())
    best: tuple[int, Span] | None = None
    for i in range(len(reading.tokens)):
        size, good = place_at(reading, i)
        if size and (best is None or good > best[0]):
            best = good, span_of(reading.tokens, i, min(len(reading.tokens), i + size))
        if best and best[0] == NAMED:
            break
    return best


@cache
def _of(key: str) -> frozenset[str]:
    return frozenset(table("five_w")["place"][key])


@cache
def _strong() -> Phrases:
    return Phrases((phrase, "place") for phrase in table("five_w")["place"]["strong"])


def place_at(reading: Reading, i: int) -> Found:
    """Return how many words a place takes that begins at the i-th, and how much it says; 0 where none does."""
    found = _kind_at(reading, i)
    word = reading.tokens[i].word
    if found[0] or (word in _of("kinds") and not _is_no_place(reading, i)):
        return found if found[0] else (1, MEANT)
    if word in _of("after") and i + 1 < len(reading.tokens):
        return _after(reading, i)
    if (
        word in _of("towards")
        and not _is_number(reading, i + 1)
        and (size := _name_size(reading, i + 1, any_case=False))
    ):
        return 1 + size, NAMED
    return 0, 0


def _is_no_place(reading: Reading, i: int) -> bool:
    """Tell "dua kali" and "tidak bisa sekolah" from the river and the school."""
    before = reading.tokens[i - 1].word if i and not reading.tokens[i].opens else ""
    return before in table("five_w")["no_place_after"].get(reading.tokens[i].word, ()) or (
        reading.tokens[i].word == "kali" and (before.isdecimal() or _says_when(before))
    )


def _kind_at(reading: Reading, i: int) -> Found:
    """ "Jalan Mawar", "RT 05", "pasar": a word for a place, with its name where it has one."""
    tokens = reading.tokens
    if hit := _strong().at(tokens, i):
        size = _name_size(reading, i + hit[0], any_case=True)
        return hit[0] + max(size, i + hit[0] < len(tokens)), NAMED if size else SEEN
    if tokens[i].word in _of("area"):
        size = _name_size(reading, i + 1, any_case=reading.shouted)
        return (1 + size, NAMED) if size else (0, 0)
    return 0, 0


def _after(reading: Reading, i: int) -> Found:
    """ "Di Jalan Mawar", "di depan toko", "di Cakranegara"; never "di perbaiki" or "sekitar jam 9"."""
    token, place = reading.tokens[i], reading.tokens[i + 1]
    size, good = _kind_at(reading, i + 1) if not place.opens else (0, 0)
    if good == NAMED:
        return 1 + size, NAMED
    named = 0 if place.word.isdecimal() else _name_size(reading, i + 1, any_case=False)
    if named:
        return 1 + named, NAMED
    return (2, SEEN) if _is_beside(token, place) else (0, 0)


def _name_size(reading: Reading, i: int, *, any_case: bool) -> int:
    """Return how many words a name or number takes that begins at the i-th: up to LONGEST_NAME."""
    size = 0
    for token in reading.tokens[i : i + LONGEST_NAME]:
        if token.opens or reading.text[token.span.start - 2 : token.span.start] == ", ":
            break
        if not (_is_name(token, reading) or (any_case and _may_be_name(token))):
            break
        size += 1
        any_case = any_case and size < 2 and not token.word.isdecimal()
    return size


def _is_number(reading: Reading, i: int) -> bool:
    """Tell "DR 4455 XX" and "dari 5 orang" from "dari Ampenan"."""
    return i < len(reading.tokens) and reading.tokens[i].word.isdecimal()


def _is_name(token: Token, reading: Reading) -> bool:
    return token.word.isdecimal() or (token.is_name and not reading.shouted and token.word not in _of("no_place"))


def _may_be_name(token: Token) -> bool:
    """Tell "jl mawar" from "jalan rusak": the first word after the kind, where it is no ordinary one."""
    ordinary = token.word in word_set("smartcase", "common") or token.word in _of("no_place")
    return token.word.isalpha() and len(token.word) > 2 and not ordinary


def _is_beside(token: Token, place: Token) -> bool:
    """Tell "di depan toko", "di dukuh ...", "depan masjid" from "di perbaiki": a passive verb written apart."""
    if place.opens or not place.word.isalpha() or place.word in _of("no_place") or _says_when(place.word):
        return False
    if token.word in ("di", "d"):
        return not place.word.endswith(("kan", "nya")) and len(place.word) > 2
    return token.word in _of("beside")


def _says_when(word: str) -> bool:
    times = table("five_w")["time"]
    return word in times["clock"] or word in times["units"] or word in times["numbers"]
