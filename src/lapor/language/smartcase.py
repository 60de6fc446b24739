"""SmartCase (S44): a report typed in capitals, sentence by sentence in small letters.

Only the case of letters changes, never a letter, a figure or a mark: so no number, name or "tidak" can be lost. What is
an abbreviation stays in capitals; names of places and people keep theirs where the words before them tell, or where
they are among the names given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

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
    for inside in _sentences(text, tokens):
        if not _is_shouted(inside):
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


def _is_shouted(sentence: Sequence[Token]) -> bool:
    spelled = [t for t in sentence if t.word.isalpha() and len(t.word) > 1]
    loud = [t for t in spelled if _is_capital(t.typed) and t.word not in word_set("smartcase", "acronyms")]
    return len(loud) >= FEWEST and len(loud) >= SHARE * len([t for t in spelled if not _is_acronym(t.word)])


def _is_capital(typed: str) -> bool:
    """Tell whether a word is in capitals that small letters can take back: "ß" and its like stay as they are."""
    return typed.isupper() and len(typed.lower()) == len(typed) and typed.lower().upper() == typed


def _rewritten(text: str, span: Span, sentence: Sequence[Token], known: Phrases) -> str:
    named = _names(sentence, known)
    parts, end = [], span.start
    for i, token in enumerate(sentence):
        first = i == 0
        parts += [text[end : token.span.start], _cased(token, name=i in named, first=first)]
        end = token.span.end
    return "".join(parts) + text[end : span.end]


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
    kind = word in word_set("smartcase", "kinds_with_capital")
    size = _follows(sentence, i + 1, known) if kind else 0
    return 1 + size if size else 0


def _follows(sentence: Sequence[Token], i: int, known: Phrases) -> int:
    """Return how many words after a kind make its name: until an ordinary word, at most LONGEST_NAME."""
    if i < len(sentence) and (hit := known.at(sentence, i)):
        return hit[0]
    size = 0
    for token in sentence[i : i + LONGEST_NAME]:
        part = size and token.word in word_set("smartcase", "parts_of_names")
        if not part and (token.word in word_set("smartcase", "common") or _DERIVED.fullmatch(token.word)):
            break
        if not token.word.isalpha():
            break
        size += 1
    return size
