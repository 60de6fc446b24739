"""SmartCase (S44): a report typed in capitals, sentence by sentence in small letters.

Only the case of letters changes, never a letter, a figure or a mark: so no number, name or "tidak" can be lost. What is
an abbreviation stays in capitals; names of places and people keep theirs where the words before them tell, or where
they are among the names given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from lapor.language import spelling
from lapor.language.acronyms import is_acronym
from lapor.language.data import table, typed_short, word_set, words
from lapor.language.edits import Edit
from lapor.language.findings import Span
from lapor.language.tokens import LONGEST, Phrases, Token, tokens_of

RULE = "smartcase"
FEWEST = 3  # words in capitals until a sentence is shouted; fewer are emphasis or names
SHARE = 0.6  # of its words
RUN = 5  # words in capitals together that are more than emphasis, whatever the rest of the sentence
LONGEST_NAME = 4  # words

_END = re.compile(r"[.!?]+(?=\s|$)|\n+")
_ABBREVIATED = re.compile(
    r"(?:^|\W)(?:jl|jln|gg|kel|kec|kab|prov|perum|no|yth|tgl|bpk|sdr|hj?|dr|prof|rt|rw)$", re.IGNORECASE
)
_DERIVED = re.compile(r"(?:ber|ter|me[mnr]|meng|meny|di|pe[mnr]|peng|ke|se)\w{4,}|\w{3,}(?:kan|nya|lah|kah)")


def smartcase(text: str, names: Iterable[str] = ()) -> tuple[Edit, ...]:
    """Return one edit for each sentence, or long part of one, that is typed in capitals; in order, none in another.

    `names` are places and the like in their own spelling ("Cakranegara Barat"). Looks at the first LONGEST characters,
    in time linear in their number.
    """
    known = Phrases((name, name) for name in names if tokens_of(name))
    return tuple(_edits(text[:LONGEST], known))


def calmed(line: str) -> str:
    """Return one line in capitals as it is written, however short it is."""
    tokens = tokens_of(line)
    return _rewritten(line, Span(0, len(line)), tokens, Phrases(())) if tokens else line


def _edits(text: str, known: Phrases) -> Iterator[Edit]:
    tokens = tokens_of(text)
    sentences = list(_sentences(text, tokens))
    fewest = 1 if any(_is_shouted(inside, FEWEST) for inside in sentences) else FEWEST
    for inside in sentences:
        shouted = [(0, inside)] if _is_shouted(inside, fewest) else _runs(inside)
        for first, run in shouted:
            span = Span(run[0].span.start, run[-1].span.end)
            better = _rewritten(text, span, run, known, begins=first == 0)
            if better != span.of(text):
                yield Edit(span, better, RULE, words(table("smartcase")["reason"]))


def _runs(sentence: Sequence[Token]) -> Iterator[tuple[int, Sequence[Token]]]:
    """Yield where many words in capitals stand together in a sentence that is not typed so as a whole."""
    first = 0
    for i in range(len(sentence) + 1):
        if i < len(sentence) and not sentence[i].typed.islower() and not sentence[i].is_name:
            continue
        run = sentence[first:i]
        if sum(_is_loud(token) for token in run) >= RUN:
            yield first, run
        first = i + 1


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
    loud = [t for t in spelled if _is_loud(t)]
    return len(loud) >= fewest and len(loud) >= SHARE * len([t for t in spelled if not is_acronym(t.word)])


def _is_loud(token: Token) -> bool:
    is_word = token.word.isalpha() and len(token.word) > 1
    return is_word and _is_capital(token.typed) and token.word not in word_set("smartcase", "acronyms")


def _is_capital(typed: str) -> bool:
    """Tell whether a word is in capitals that small letters can take back: "ß" and its like stay as they are."""
    return typed.isupper() and len(typed.lower()) == len(typed) and typed.lower().upper() == typed


def _rewritten(text: str, span: Span, sentence: Sequence[Token], known: Phrases, *, begins: bool = True) -> str:
    named: dict[int, str] = {}
    for first, piece in _pieces(text, sentence):
        named |= {first + i: spelled for i, spelled in _names(piece, known).items()}
    codes = _codes(text, span)
    parts, end = [], span.start
    for i, token in enumerate(sentence):
        before = sentence[i - 1] if i else None
        parts.append(text[end : token.span.start])
        is_numeral = i - 1 in named and token.word in ("i", "v", "x")  # "Rejo V"
        if token.span.start in codes or is_numeral or _is_letter_of_more(token, before, text):
            parts.append(token.typed)
        else:
            is_tail = _is_tail(token, before, text)
            parts.append(_cased(token, named.get(i), first=begins and i == 0, is_tail=is_tail))
        end = token.span.end
    return "".join(parts) + text[end : span.end]


def _is_tail(token: Token, before: Token | None, text: str) -> bool:
    """Tell what takes small letters whatever it is: the "m" of "5 m", the "anah" of "Mu'anah"."""
    if before is None:
        return False
    is_unit = before.word.isdecimal() and token.word in word_set("smartcase", "units")
    return is_unit or text[before.span.end : token.span.start] in ("'", "’")


_RUN = re.compile(r"\S*(?:://|www\.|@)\S*", re.IGNORECASE)
_PLATE = re.compile(r"(?<!\w)([A-Z]{1,2}) ?\d{3,4} ?([A-Z]{1,3})(?!\w)")


def _codes(text: str, span: Span) -> frozenset[int]:
    """Return where a web or e-mail address or a number plate stands: its letters are no words."""
    found: set[int] = set()
    for match in _RUN.finditer(text, span.start, span.end):
        found.update(range(*match.span()))
    for match in _PLATE.finditer(text, span.start, span.end):
        if match[1].lower() in word_set("smartcase", "plates") and match[2].lower() not in word_set(
            "smartcase", "common"
        ):
            found.update(range(*match.span()))
    return frozenset(found)


def _is_letter_of_more(token: Token, before: Token | None, text: str) -> bool:
    """Tell the letter of "Blok B", "12A" and "B12" from "D" for "di"; not the "x" of "2x"."""
    if len(token.word) > 1 or token.word == "x":
        return False
    if before and (before.word in word_set("smartcase", "lettered") or before.typed.isdecimal()):
        return before.word in word_set("smartcase", "lettered") or before.span.end == token.span.start
    return text[token.span.end : token.span.end + 1].isdecimal()


_CUT = re.compile(r"[,;()/\"“”]|\s[-–—]+\s")


def _pieces(text: str, sentence: Sequence[Token]) -> Iterator[tuple[int, Sequence[Token]]]:
    """Yield what stands between commas and the like, with the position of its first word: no name goes across."""
    first = 0
    for i, token in enumerate(sentence):
        if i and _CUT.search(text, sentence[i - 1].span.end, token.span.start):
            yield first, sentence[first:i]
            first = i
    yield first, sentence[first:]


def _cased(token: Token, spelled: str | None, *, first: bool, is_tail: bool) -> str:
    """Return a word as it is written; `spelled` is how the name has it, empty where only that it is one is known."""
    if not _is_capital(token.typed):
        return token.typed
    if spelled and spelled.upper() == token.typed:
        return spelled[0].upper() + spelled[1:] if first else spelled
    if is_tail:
        return token.typed.lower()
    if is_acronym(token.word):
        return token.typed
    like_name = spelled is not None or first or token.word in word_set("smartcase", "names")
    return token.typed[0] + token.typed[1:].lower() if like_name else token.typed.lower()


Named = dict[int, str]


def _names(sentence: Sequence[Token], known: Phrases) -> Named:
    """Return the positions of words that belong to a name, its kind among them, and how it spells them if known."""
    found: Named = {}
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
