"""Names among words in capitals: what follows a word for a kind of place or person, known ones, strange words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from lapor.language import spelling
from lapor.language.acronyms import is_acronym
from lapor.language.data import table, typed_short, word_set
from lapor.language.tokens import Phrases, Token, tokens_of
from lapor.language.writers import called_from, is_title, name_from

LONGEST_NAME = 4  # words
_DERIVED = re.compile(r"(?:ber|ter|me[mnr]|meng|meny|di|pe[mnr]|peng|ke|se)\w{4,}|\w{3,}(?:kan|nya|lah|kah)")
_CUT = re.compile(r"[,;()/\"“”]|\s[-–—]+\s")


def pieces_of(text: str, sentence: Sequence[Token]) -> Iterator[tuple[int, Sequence[Token]]]:
    """Yield what stands between commas and the like, with the position of its first word: no name goes across."""
    first = 0
    for i, token in enumerate(sentence):
        if i and _CUT.search(text, sentence[i - 1].span.end, token.span.start):
            yield first, sentence[first:i]
            first = i
    yield first, sentence[first:]


def possible_names(text: str) -> Iterator[str]:
    """Yield the words, and two and three together, that may be the name of a place; none has an ordinary small word."""
    tokens = tokens_of(text)
    for _first, piece in pieces_of(text, tokens) if tokens else ():
        able = [
            t.word.isalpha() and (t.word in word_set("smartcase", "parts_of_names") or not _is_small(t.word))
            for t in piece
        ]
        for i in range(len(piece)):
            for size in (3, 2, 1):
                if i + size <= len(piece) and all(able[i : i + size]):
                    yield " ".join(token.word for token in piece[i : i + size])


def _is_small(word: str) -> bool:
    return word in word_set("smartcase", "common") or word in typed_short() or is_acronym(word)


Named = dict[int, str]


def names_of(sentence: Sequence[Token], known: Phrases) -> Named:
    """Return the positions of words that belong to a name, its kind among them, and how it spells them if known."""
    found = dict.fromkeys(_persons(sentence), "")
    i = 0
    while i < len(sentence):
        hit = known.at(sentence, i)
        if hit and _is_meant(sentence, i, hit[0]):
            found |= {i + k: word for k, word in enumerate(_spelled(hit[1]))}
            i += hit[0]
            continue
        size = _named_from(sentence, i, known)
        found |= dict.fromkeys(range(i, i + size), "")
        i += size or 1
    return found


def _persons(sentence: Sequence[Token]) -> Iterator[int]:
    """Yield the words of "NAMA SAYA BUDI SANTOSO" and "LALU ZAINI" that a person is called by."""
    for i in range(len(sentence)):
        yield from called_from(sentence, i, shouted=True)
        if i and sentence[i - 1].word in word_set("answers", "honorifics") and is_title(sentence, i):
            yield from name_from(sentence, i, shouted=True, told=True)


def _is_meant(sentence: Sequence[Token], i: int, size: int) -> bool:
    """Tell "di Batu" from "batu": a known name that is one ordinary word needs a word for a place before it."""
    if size > 1 or _is_stranger(sentence[i].word) or is_acronym(sentence[i].word):
        return True
    before = sentence[i - 1].word if i else ""
    return before in _ends() or before in word_set("smartcase", "before_places")


@lru_cache(maxsize=4_000)
def _spelled(name: str) -> tuple[str, ...]:
    """Return the words of a known name as it spells them; a register all in capitals tells nothing."""
    typed = tuple(token.typed for token in tokens_of(name))
    return ("",) * len(typed) if len(typed) > 1 and name.isupper() else typed


def _named_from(sentence: Sequence[Token], i: int, known: Phrases) -> int:
    """Return how many words are written like a name from the i-th on: a kind and what follows it, or strange words."""
    word = sentence[i].word
    if word in word_set("smartcase", "schools") and i + 1 < len(sentence) and sentence[i + 1].word.isdecimal():
        return 2 + _follows(sentence, i + 2, known)
    if i + 1 < len(sentence) and sentence[i + 1].word in table("smartcase")["pairs"].get(word, ()):
        return 2 + (_follows(sentence, i + 2, known, kind=word) if word in word_set("smartcase", "offices") else 0)
    kind = word in word_set("smartcase", "kinds_with_capital")
    if kind and i + 1 < len(sentence) and known.at(sentence, i + 1):
        return 1  # the name comes next, in its own spelling
    size = _follows(sentence, i + 1, known, kind=word) if kind else 0
    return 1 + size if size else _strangers(sentence, i)


def _strangers(sentence: Sequence[Token], i: int) -> int:
    """Return how many words from the i-th on no dictionary has: two or more make a name, after "di" one does too."""
    size = 0
    for token in sentence[i : i + LONGEST_NAME]:
        is_doubled = size and token.word == sentence[i + size - 1].word  # "gorong-gorong"
        if is_doubled or not _is_stranger(token.word):
            break
        size += 1
    alone = i > 0 and sentence[i - 1].word in word_set("smartcase", "before_places")
    return size if size > 1 or alone else 0


def _is_stranger(word: str) -> bool:
    if len(word) < 4 or not word.isascii() or not word.isalpha() or is_acronym(word):
        return False
    ordinary = (
        word in typed_short() or word in word_set("smartcase", "common") or word in word_set("smartcase", "no_names")
    )
    return not ordinary and spelling.is_strange(word) and not spelling.is_slip(word)


@cache
def _ends() -> frozenset[str]:
    """Return the words for a kind of place or person: a name ends before the next one."""
    return word_set("smartcase", "areas") | word_set("smartcase", "kinds_with_capital")


_OFFICE = re.compile(r"(?:pe|ke)\w{4,}an")
_VERB = re.compile(r"(?:ber|ter|me[mnr]|meng|meny|di)\w{4,}|\w{3,}nya")


def _is_ordinary(word: str, size: int, kind: str) -> bool:
    """Tell a word that ends a name after its kind. "Dinas Kesehatan", "Kelurahan Rangkah", "Jalan Raya" are names."""
    if word == "raya" and not size:
        return False
    if word in word_set("smartcase", "begins_names"):
        return False
    if word in word_set("smartcase", "common") or word in word_set("smartcase", "no_places") or word in typed_short():
        return not (size and word in word_set("smartcase", "parts_of_names"))
    if kind in word_set("smartcase", "offices"):
        return bool(_DERIVED.fullmatch(word)) and not _OFFICE.fullmatch(word)
    shape = _VERB if kind in word_set("smartcase", "areas") else _DERIVED
    return bool(shape.fullmatch(word)) and spelling.is_derived(word)  # neither "Semampir" nor "Kembang"


def _follows(sentence: Sequence[Token], i: int, known: Phrases, kind: str = "") -> int:
    """Return how many words after a kind make its name: until an ordinary word, another kind, or a known name."""
    size = 0
    for j, token in enumerate(sentence[i : i + LONGEST_NAME], i):
        ends = size and (token.word in _ends() or known.at(sentence, j))
        if ends or not token.word.isalpha() or _is_ordinary(token.word, size, kind):
            break
        size += 1
    return size
