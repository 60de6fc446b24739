"""SmartCase (S44): a report typed in capitals, sentence by sentence in small letters.

Only the case of letters changes, never a letter, a figure or a mark: so no number, name or "tidak" can be lost. What is
an abbreviation stays in capitals; names of places and people keep theirs where the words before them tell, or where
they are among the names given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from lapor.language import spelling
from lapor.language.data import table, word_set, words
from lapor.language.edits import Edit
from lapor.language.findings import Span
from lapor.language.tokens import LONGEST, Phrases, Token, tokens_of

RULE = "smartcase"
FEWEST = 3  # words in capitals until a sentence is shouted; fewer are emphasis or names
SHARE = 0.6  # of its words
LONGEST_NAME = 4  # words

_END = re.compile(r"[.!?]+(?=\s|$)|\n+")
_ABBREVIATED = re.compile(
    r"(?:^|\W)(?:jl|jln|gg|kel|kec|kab|prov|perum|no|yth|tgl|bpk|sdr|hj?|dr|prof|rt|rw)$", re.IGNORECASE
)
_VOWELS = frozenset("aeiou")
_ROMAN = re.compile(r"[ivx]{2,5}")
_DERIVED = re.compile(r"(?:ber|ter|me[mnr]|meng|meny|di|pe[mnr]|peng|ke|se)\w{4,}|\w{3,}(?:kan|nya|lah|kah)")


def smartcase(text: str, names: Iterable[str] = ()) -> tuple[Edit, ...]:
    """Return one edit for each sentence that is typed in capitals, in order; none overlaps another.

    `names` are places and the like in their own spelling ("Cakranegara Barat"). Looks at the first LONGEST characters,
    in time linear in their number.
    """
    known = Phrases((name, name) for name in names if tokens_of(name))
    return tuple(_edits(text[:LONGEST], known))


def _edits(text: str, known: Phrases) -> Iterator[Edit]:
    tokens = tokens_of(text)
    sentences = list(_sentences(text, tokens))
    fewest = 1 if any(_is_shouted(inside, FEWEST) for inside in sentences) else FEWEST
    for inside in sentences:
        if not _is_shouted(inside, fewest):
            continue
        span = Span(inside[0].span.start, inside[-1].span.end)
        better = _rewritten(text, span, inside, known)
        if better != span.of(text):
            yield Edit(span, better, RULE, words(table("smartcase")["reason"]))


def _sentences(text: str, tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield the words of each sentence or line; "JL. MAWAR" goes on."""
    ends = [m.end() for m in _END.finditer(text) if "\n" in m.group() or not _abbreviates(text, m.start())]
    inside: list[Token] = []
    at = 0
    for token in tokens:
        while at < len(ends) and token.span.start >= ends[at]:
            if inside:
                yield inside
                inside = []
            at += 1
        inside.append(token)
    if inside:
        yield inside


def _abbreviates(text: str, dot: int) -> bool:
    return _ABBREVIATED.search(text[max(0, dot - 8) : dot]) is not None


def _is_shouted(sentence: Sequence[Token], fewest: int) -> bool:
    """Tell whether most words are in capitals; beside a sentence that is, "TERIMA KASIH" is too."""
    spelled = [t for t in sentence if t.word.isalpha() and len(t.word) > 1]
    loud = [t for t in spelled if _is_capital(t.typed) and t.word not in word_set("smartcase", "acronyms")]
    return len(loud) >= fewest and len(loud) >= SHARE * len([t for t in spelled if not _is_acronym(t.word)])


def _is_capital(typed: str) -> bool:
    """Tell whether a word is in capitals that small letters can take back: "ß" and its like stay as they are."""
    return typed.isupper() and len(typed.lower()) == len(typed) and typed.lower().upper() == typed


def _rewritten(text: str, span: Span, sentence: Sequence[Token], known: Phrases) -> str:
    named = {first + i for first, piece in _pieces(text, sentence) for i in _names(piece, known)}
    parts, end = [], span.start
    for i, token in enumerate(sentence):
        first = i == 0
        parts += [text[end : token.span.start], _cased(token, name=i in named, first=first)]
        end = token.span.end
    return "".join(parts) + text[end : span.end]


_CUT = re.compile(r"[,;()/\"“”]")


def _pieces(text: str, sentence: Sequence[Token]) -> Iterator[tuple[int, Sequence[Token]]]:
    """Yield what stands between commas and the like, with the position of its first word: no name goes across."""
    first = 0
    for i, token in enumerate(sentence):
        if i and _CUT.search(text, sentence[i - 1].span.end, token.span.start):
            yield first, sentence[first:i]
            first = i
    yield first, sentence[first:]


def _cased(token: Token, *, name: bool, first: bool) -> str:
    if not _is_capital(token.typed):
        return token.typed
    if _is_acronym(token.word):
        return token.typed
    like_name = name or first or token.word in word_set("smartcase", "names")
    return token.typed[0] + token.typed[1:].lower() if like_name else token.typed.lower()


@cache
def _is_acronym(word: str) -> bool:
    if word in word_set("smartcase", "like_names"):
        return False
    if word in word_set("smartcase", "acronyms") or _ROMAN.fullmatch(word):
        return True
    return (
        word.isascii()
        and 2 <= len(word) <= 5
        and not _VOWELS & set(word)
        and word not in word_set("smartcase", "shortened")
        and word not in word_set("smartcase", "titles_of_places")
        and word not in word_set("smartcase", "names")
    )


def _names(sentence: Sequence[Token], known: Phrases) -> set[int]:
    """Return the positions of words that belong to a name, the word for its kind among them."""
    found: set[int] = set()
    i = 0
    while i < len(sentence):
        size = _named_from(sentence, i, known)
        found.update(range(i, i + size))
        i += size or 1
    return found


def _named_from(sentence: Sequence[Token], i: int, known: Phrases) -> int:
    """Return how many words are written like a name from the i-th on: a known one, or a kind and what follows it."""
    if hit := known.at(sentence, i):
        return hit[0]
    word = sentence[i].word
    if word in word_set("smartcase", "schools") and i + 1 < len(sentence) and sentence[i + 1].word.isdecimal():
        return 2 + _follows(sentence, i + 2, known)
    kind = word in word_set("smartcase", "kinds_with_capital")
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


@cache
def _typed_so() -> frozenset[str]:
    """Return the words that people type short or as they speak: no dictionary has them, and they are no names."""
    lists = table("wording")
    rules = ("abbreviation", "everyday", "spelling", "doubtful")
    return frozenset(word for rule in rules for word in lists[rule]) | frozenset(lists["plain"]["words"])


def _is_stranger(word: str) -> bool:
    if len(word) < 4 or not word.isascii() or not word.isalpha() or _is_acronym(word):
        return False
    ordinary = (
        word in _typed_so() or word in word_set("smartcase", "common") or word in word_set("smartcase", "no_names")
    )
    return not ordinary and spelling.is_strange(word) and not spelling.is_slip(word)


_OFFICE = re.compile(r"(?:pe|ke)\w{4,}an")
_VERB = re.compile(r"(?:ber|ter|me[mnr]|meng|meny|di)\w{4,}|\w{3,}nya")


def _is_ordinary(word: str, size: int, kind: str) -> bool:
    """Tell a word that ends a name after its kind. "Dinas Kesehatan", "Kelurahan Rangkah", "Jalan Raya" are names."""
    if word == "raya" and not size:
        return False
    if word in word_set("smartcase", "common"):
        return not (size and word in word_set("smartcase", "parts_of_names"))
    if kind in word_set("smartcase", "offices"):
        return bool(_DERIVED.fullmatch(word)) and not _OFFICE.fullmatch(word)
    shape = _VERB if kind in word_set("smartcase", "areas") else _DERIVED
    return bool(shape.fullmatch(word)) and not _is_stranger(word)  # "Semampir" is no "se-"


def _follows(sentence: Sequence[Token], i: int, known: Phrases, kind: str = "") -> int:
    """Return how many words after a kind make its name: until an ordinary word, at most LONGEST_NAME."""
    if i < len(sentence) and (hit := known.at(sentence, i)):
        return hit[0]
    size = 0
    for token in sentence[i : i + LONGEST_NAME]:
        if not token.word.isalpha() or _is_ordinary(token.word, size, kind):
            break
        size += 1
    return size
