"""Wording (S45 to S47): shortened, spoken and misspelled words, marks and spaces, each as a proposal of its own.

Only words whose sense is certain are proposed; what has two senses is asked (`doubtful`). Addresses, quotations, names
and figures stay as they are, and a negation stays a negation. Linear in the length of the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from lapor.language import spelling
from lapor.language.data import table, word_set, words
from lapor.language.edits import Edit
from lapor.language.findings import Finding, Span, Words
from lapor.language.regional import regional
from lapor.language.tokens import LONGEST, SHORT_LINK, Token, is_shouted, tokens_of

# Never touched: quotations, and what stands between two spaces and is an address or an account.
_QUOTED = re.compile(r"\"[^\"\n]{1,400}\"|“[^”\n]{1,400}”")
_RUN = re.compile(r"\S+")
_ADDRESS = re.compile(
    r"^[@#]\w|://|^www\.|\w@\w|\.(?:id|com|net|org|info|html?|php|pdf|jpe?g|png|docx?|xlsx?)(?!\w)|" + SHORT_LINK,
    re.IGNORECASE,
)
_PART_OF_MORE = frozenset("@#_/\\&=%'’-")  # a word beside one of these belongs to something longer

# Rule, place, and what stands there instead; `\1` is what is kept.
_MARKS = (
    (re.compile(r"(?<=\w)[ \t]+(?=[,.;:!?](?:\s|$))"), ""),
    (re.compile(r"(?<=[^\W\d_]{2})([,;!?])(?=[^\W\d_]{2})"), r"\1 "),
    (re.compile(r"(?<=[a-z]{3})\.(?=[A-Za-z][a-z]{2})"), ". "),
    (re.compile(r"(?<=\S)[ \t]{2,}(?=\S)"), " "),
    (re.compile(r"([!?])[!?]+"), r"\1"),
    (re.compile(r"(?<!\.)\.{4,}"), "..."),
    (re.compile(r"(?<=[^\W\d_]{2})\.\.(?=[^\W\d_]{2})"), ". "),
    (re.compile(r"(?<=\w)\.\.(?![.\d]|[^\W\d_]{2})"), "."),
    (re.compile(r",{2,}"), ","),
)
MOST_SLIPS = 40  # words of a text that the dictionary is asked about
IN_ANY_LANGUAGE = ("abbreviation", "doubling", "capital")  # rules; "sampe" may be right Javanese, "yg" is "yang" there
_DOTTED = re.compile(r"\. {0,2}[^\W\d_]")
_TWO = re.compile(r"2(nya|ku|mu|)(?!\w)")
_AFTER_DI = re.compile(r" (tindak lanjuti|[^\W\d_]{3,20})(?![\w\-])", re.IGNORECASE)
SHORTEST_END = 3  # letters of a word whose full stop ends a sentence: "jl." does not
_BEFORE = re.compile(r"(?<!\w)(\w+)(\.|[!?]{1,9})[\"”)]?[ \t]+$")
_LENGTHENED = re.compile(r"([a-z])\1{2,}")


def tidy(text: str) -> tuple[Edit, ...]:
    """Return the proposals for a text, in order; none overlaps another, and each can be taken alone."""
    text = text[:LONGEST]
    closed = _closed(text)
    foreign = [part.span for part in regional(text)]
    own = _outside(_of_words(text, closed), foreign, kept=IN_ANY_LANGUAGE)
    found = [*own, *_outside(_of_marks(text), closed)]
    return tuple(_apart(sorted(found, key=lambda one: (one.span.start, -one.span.end))))


def doubtful(text: str) -> tuple[Finding, ...]:
    """Return the shortened words that may mean more than one thing, each with its senses."""
    text = text[:LONGEST]
    closed = _closed(text)
    senses: dict[str, list[str]] = table("wording")["doubtful"]
    return tuple(
        Finding(token.span, "doubtful", _either(token.typed, senses[token.word]))
        for token in _free(text, tokens_of(text), closed)
        if token.word in senses
        and token.typed.islower()
        and not _is_scrap(text, token)
        and not _is_address(text, token)
    )


def _is_address(text: str, token: Token) -> bool:
    """Tell "jl. mawar" and "kel. Rangkah" from "jl" for "jual"."""
    return token.word in ("jl", "kel") and _DOTTED.match(text, token.span.end) is not None


def _is_scrap(text: str, token: Token) -> bool:
    """Tell the "n" of "a.n.", of "d1angkut", and a letter with marks stacked on it, from a word."""
    before, after = text[max(0, token.span.start - 1) : token.span.start], text[token.span.end : token.span.end + 1]
    beside = [c for c in (before, after) if c]
    return len(token.word) == 1 and any(c == before == "." or c.isdecimal() or unicodedata.combining(c) for c in beside)


def _closed(text: str) -> list[Span]:
    """Return the places that are not ours to change, in order, none within another."""
    quoted = [Span(*match.span()) for match in _QUOTED.finditer(text)]
    addresses = [Span(*match.span()) for match in _RUN.finditer(text) if _ADDRESS.search(match.group())]
    found: list[Span] = []
    for span in sorted([*quoted, *addresses]):
        if not found or span.start >= found[-1].end:
            found.append(span)
        else:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
    return found


def _either(typed: str, senses: Sequence[str]) -> Words:
    either = " / ".join(senses)
    return Words(f"“{typed}”: {either}?", f"“{typed}”: {either}?")


def _apart(found: Sequence[Edit]) -> Iterator[Edit]:
    end = 0
    for edit in found:
        if edit.span.start >= end:
            yield edit
            end = edit.span.end


def _outside(edits: Iterator[Edit], closed: Sequence[Span], kept: Collection[str] = ()) -> Iterator[Edit]:
    """Yield the edits outside these places, and within them those of the rules `kept`."""
    at = 0
    for edit in sorted(edits):
        while at < len(closed) and closed[at].end <= edit.span.start:
            at += 1
        if edit.rule in kept or at == len(closed) or edit.span.end <= closed[at].start:
            yield edit


def _free(text: str, tokens: Sequence[Token], closed: Sequence[Span]) -> Iterator[Token]:
    """Yield each word that is ours to change."""
    at = 0
    for token in tokens:
        while at < len(closed) and closed[at].end <= token.span.start:
            at += 1
        inside = at < len(closed) and closed[at].start < token.span.end
        if not inside and not _is_part_of_more(text, token):
            yield token


def _is_part_of_more(text: str, token: Token) -> bool:
    before = text[max(0, token.span.start - 1) : token.span.start]
    after = text[token.span.end : token.span.end + 1]
    return before in _PART_OF_MORE or after in _PART_OF_MORE or before.isdecimal() or token.word.isdecimal()


def _of_words(text: str, closed: Sequence[Span]) -> Iterator[Edit]:
    shouted, asked = is_shouted(text), set[str]()
    for token in _free(text, tokens_of(text), closed):
        found = None if _may_be_name(token, shouted) else _better(text, token, asked)
        span = Span(token.span.start, token.span.end + (found[0] if found else 0))
        better = _in_case(found[1], token, shouted) if found else token.typed
        if _begins_sentence(text, token):
            better = better[0].upper() + better[1:]
        if better != span.of(text):
            rule = found[2] if found else "capital"
            yield Edit(span, better, rule, words(table("wording")["reasons"][rule]))


Better = tuple[int, str, str] | None  # how many characters more it takes, what it becomes, by which rule


def _better(text: str, token: Token, asked: set[str]) -> Better:
    """ "yg" is "yang", "anak2nya" is "anak-anaknya", "dirumah" is "di rumah", "sangaaat" is "sangat"."""
    if two := _TWO.match(text, token.span.end):
        doubled = _doubled(token.word)
        return (len(two.group()), doubled + two[1], "doubling") if doubled else None
    if text[token.span.end : token.span.end + 1].isdecimal():
        return None
    known = _certain()
    if hit := known.get(token.word):
        return 0, *hit
    if apart := _joined().get(token.word):
        return 0, apart, "joined"
    if token.word == "di" and (verb := _AFTER_DI.match(text, token.span.end)) and _verb(verb) in _verbs():
        return len(verb.group()), f"di{_verb(verb)}", "passive"
    short = _LENGTHENED.sub(r"\1", token.word)
    if short != token.word and short in _plain():
        return 0, known[short][0] if short in known else short, "lengthened"
    return _slip(token, asked)


def _verb(after_di: re.Match[str]) -> str:
    return after_di[1].lower().replace(" ", "")


def _slip(token: Token, asked: set[str]) -> Better:
    """A typing error, in the first MOST_SLIPS words that look like one: each costs the dictionary milliseconds."""
    if token.is_name or token.word in _plain() or not spelling.is_slip(token.word):
        return None  # "Surabya" may be a name, "berisiko" is what we propose
    if len(asked) >= MOST_SLIPS and token.word not in asked:
        return None
    asked.add(token.word)
    meant = spelling.better(token.word)
    return (0, meant, "typing") if meant else None


def _doubled(word: str) -> str:
    """Return a word written twice, empty where it is none that is doubled."""
    kinds = table("wording")["doubling"]
    if word in kinds["whole"]:
        return f"{word}-{word}"
    after = str(kinds["part"].get(word, ""))
    return f"{word}-{after}" if after else str(kinds["otherwise"].get(word, ""))


def _begins_sentence(text: str, token: Token) -> bool:
    """Tell whether a small letter begins the text, or follows a full stop that ends a sentence and no short word."""
    if not token.typed[0].islower():
        return False
    before = _BEFORE.search(text, max(0, token.span.start - 24), token.span.start)
    if before is None:
        return not text[: token.span.start].strip()
    return before[2] != "." or (len(before[1]) >= SHORTEST_END and before[1].lower() not in _short())


def _may_be_name(token: Token, shouted: bool) -> bool:
    """Tell "Tri" and "TP" from "yg": a capital inside a sentence says that it is a name or an abbreviation of one."""
    if shouted:
        return len(token.word) < 3 and token.word not in ("yg", "sy", "di")
    if token.typed.isupper() and len(token.typed) > 1:
        return token.word not in word_set("wording", "no_acronyms")
    return token.is_name and not token.opens


def _in_case(better: str, token: Token, shouted: bool) -> str:
    if shouted and token.typed.isupper():
        return better.upper()
    if token.typed.isupper() and len(token.typed) > 1 and not token.opens:
        return better  # "jalan YG rusak"
    return better[0].upper() + better[1:] if token.typed[0].isupper() else better


@cache
def _certain() -> dict[str, tuple[str, str]]:
    """Return what each word becomes, and by which rule."""
    return {
        word: (better, rule)
        for rule in ("abbreviation", "everyday", "spelling")
        for word, better in table("wording")[rule].items()
    }


@cache
def _joined() -> dict[str, str]:
    """Return "dirumah" and its like: "di rumah"; with "-nya" too."""
    found: dict[str, str] = {}
    for preposition, places in table("wording")["joined"].items():
        for place in places:
            for end in ("", "nya"):
                found[f"{preposition}{place}{end}"] = f"{preposition} {place}{end}"
    return found


@cache
def _verbs() -> frozenset[str]:
    """Return the verbs that "di" is written with in one word, none of which is a place: "di perbaiki"."""
    return word_set("wording", "passive_verbs")


@cache
def _short() -> frozenset[str]:
    """Return the short words after which a full stop ends no sentence."""
    return frozenset([*table("wording")["abbreviation"], *table("wording")["stops"]["words"]])


@cache
def _plain() -> frozenset[str]:
    """Return the words that a lengthened one may be: those of our own lists, and what they become."""
    known = _certain()
    parts = (part for better, _rule in known.values() for part in better.split())
    return frozenset([*known, *parts, *table("wording")["doubling"]["whole"], *table("wording")["plain"]["words"]])


def _of_marks(text: str) -> Iterator[Edit]:
    reason = words(table("wording")["reasons"]["spacing"])
    for pattern, instead in _MARKS:
        for match in pattern.finditer(text):
            yield Edit(Span(*match.span()), match.expand(instead), "spacing", reason)
