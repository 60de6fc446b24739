"""SmartCase (S44): a report typed in capitals, sentence by sentence in small letters.

Only the case of letters changes, never a letter, a figure or a mark: so no number, name or "tidak" can be lost. What is
an abbreviation stays in capitals; names of places and people keep theirs where the words before them tell, or where
they are among the names given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from lapor.language.acronyms import is_acronym
from lapor.language.codes import typed_codes
from lapor.language.data import table, word_set, words
from lapor.language.edits import Edit
from lapor.language.findings import Span
from lapor.language.loud_names import names_of, pieces_of
from lapor.language.tokens import LONGEST, SHORT_LINK, Phrases, Token, tokens_of

RULE = "smartcase"
FEWEST = 3  # words in capitals until a sentence is shouted; fewer are emphasis or names
SHARE = 0.6  # of its words
RUN = 5  # words in capitals together that are more than emphasis, whatever the rest of the sentence

_END = re.compile(r"(?<![.!?])[.!?]+(?=\s|$)|\n+")
_ABBREVIATED = re.compile(
    r"(?:^|\W)(?:jl|jln|gg|kel|kec|kab|prov|perum|no|yth|tgl|bpk|sdr|hj?|dr|prof|rt|rw)$", re.IGNORECASE
)


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
    for first, piece in pieces_of(text, sentence):
        named |= {first + i: spelled for i, spelled in names_of(piece, known).items()}
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


_RUN = re.compile(r"\S+")
# Looked for within a run: one pattern for both is quadratic.
_ADDRESS = re.compile(rf"://|www\.|@|{SHORT_LINK}", re.IGNORECASE)
_NUMBER = re.compile(r"(?<!\w)[A-Z]{2,12}[-/]20\d\d[-/]\d{1,12}(?!\w)")
_PLATE = re.compile(r"(?<!\w)([A-Z]{1,2}) ?\d{3,4} ?([A-Z]{1,3})(?!\w)")


def _codes(text: str, span: Span) -> frozenset[int]:
    """Return where a web address, a number plate, a tracking code or a report's number stands: no words."""
    found: set[int] = set()
    for code in (*typed_codes(text[span.start : span.end]), *_NUMBER.finditer(text[span.start : span.end])):
        found.update(range(span.start + code.start(), span.start + code.end()))
    for match in _RUN.finditer(text, span.start, span.end):
        if _ADDRESS.search(match.group()):
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
