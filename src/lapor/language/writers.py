"""Words of a report that let its readers know who wrote it: for the warning beside "Anonymous" and "Secret"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from lapor.language.data import table, words
from lapor.language.findings import Finding, Span
from lapor.language.people import may_name
from lapor.language.tokens import LONGEST, Phrases, Token, is_shouted, span_of, tokens_of

MOST = 50  # findings; more are no more help

# Each takes linear time: no part can match the same characters in two ways.
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_DIGITS = re.compile(r"(?<![\w])\+?\d(?:[ .\-]?\d){7,19}(?!\w)")
_PLATE = re.compile(r"(?<![\w])(?!RT|RW|NO|GG|JL|KM|RP)[A-Z]{1,2} ?\d{3,4} ?[A-Z]{1,3}(?!\w)")


def names_writer(text: str) -> tuple[Finding, ...]:
    """Return what in the text names its writer or leads to them, in order: numbers, addresses, names, posts, homes.

    A finding is a hint: a phone may be an officer's, a name a neighbour's. Linear in the length of the text.
    """
    text = text[:LONGEST]
    found = _apart([*_by_pattern(text), *_by_words(text)])
    return tuple(Finding(span, rule, words(table("writers")["reasons"][rule])) for span, rule in found[:MOST])


def leading_numbers(text: str) -> list[tuple[Span, str]]:
    """Return e-mail addresses, telephone and identity numbers and plates, in order: place and rule of each."""
    return _apart(list(_by_pattern(text[:LONGEST])))[:MOST]


def _apart(found: list[tuple[Span, str]]) -> list[tuple[Span, str]]:
    """Return the findings in order, the first and longest of those that share words."""
    kept: list[tuple[Span, str]] = []
    for span, rule in sorted(found, key=lambda hit: (hit[0].start, -hit[0].end)):
        if not kept or span.start >= kept[-1][0].end:
            kept.append((span, rule))
    return kept


def _by_pattern(text: str) -> Iterator[tuple[Span, str]]:
    for match in _EMAIL.finditer(text):
        yield Span(*match.span()), "email"
    for match in _DIGITS.finditer(text):
        if rule := _number_rule(match.group()):
            yield Span(*match.span()), rule
    if not is_shouted(text):
        for match in _PLATE.finditer(text):
            yield Span(*match.span()), "plate"


def _number_rule(typed: str) -> str:
    """Tell a telephone (0812..., +62..., 62...) from an identity number of 16 or 18 digits; else nothing."""
    digits = "".join(c for c in typed if c.isdecimal())
    if len(digits) in (16, 18):
        return "nik"
    if typed.count(".") > 2 or ("." in typed and "-" in typed):
        return ""  # the number of a file, with its date
    is_phone = digits.startswith(("08", "628", "02", "03", "04", "05", "06", "07")) and 9 <= len(digits) <= 14
    return "phone" if is_phone or (typed.startswith("+") and 9 <= len(digits) <= 15) else ""


@cache
def _phrases(part: str, key: str) -> Phrases:
    return Phrases((phrase, part) for phrase in table("writers")[part][key])


def _by_words(text: str) -> Iterator[tuple[Span, str]]:
    tokens = tokens_of(text)
    shouted = is_shouted(text) or is_titled(tokens)
    for i in range(len(tokens)):
        size, rule = (
            _named_at(tokens, i, shouted) or _role_at(tokens, i) or _home_at(tokens, i) or _kin_at(tokens, i) or (0, "")
        )
        if size:
            yield span_of(tokens, i, min(len(tokens), i + size)), rule


def is_titled(tokens: Sequence[Token]) -> bool:
    """Tell whether Every Word Begins Like This, so that a capital says nothing about a name."""
    within = [token.is_name for token in tokens if not token.opens]
    return len(within) > 3 and sum(within) > 0.6 * len(within)


Hit = tuple[int, str] | None


def _named_at(tokens: Sequence[Token], i: int, shouted: bool) -> Hit:
    """ "Nama saya Wati", "Saya Wati dari ..."; after "saya" only what is written like a name."""
    if hit := _phrases("name", "before").at(tokens, i):
        size = hit[0] + _name_size(tokens, i + hit[0], any_case=hit[0] > 1)
        return (size, "name") if size > hit[0] else None
    if tokens[i].word in table("writers")["name"]["me"] and not shouted:
        size = _name_size(tokens, i + 1, any_case=False)
        return (1 + size, "name") if size else None
    return None


def _name_size(tokens: Sequence[Token], i: int, *, any_case: bool) -> int:
    """Return how many words a name takes that begins at the i-th word, up to three, with "adalah" before it."""
    skipped = 1 if i < len(tokens) and tokens[i].word in table("writers")["name"]["fillers"] else 0
    size = 0
    for token in tokens[i + skipped : i + skipped + 3]:
        plain = token.word in table("writers")["name"]["no_names"] or not token.word.isalpha() or not may_name(token)
        if plain or (token.opens and (size or not any_case)) or not (token.is_name or (any_case and size == 0)):
            break
        size += 1
    return skipped + size if size else 0


def _role_at(tokens: Sequence[Token], i: int) -> Hit:
    hit = _phrases("role", "before").at(tokens, i)
    after = i + hit[0] if hit else len(tokens)
    if hit and after < len(tokens) and tokens[after].word in table("writers")["role"]["words"]:
        return hit[0] + 1, "role"
    return None


def _home_at(tokens: Sequence[Token], i: int) -> Hit:
    hit = _phrases("home", "phrases").at(tokens, i)
    return (hit[0], "home") if hit else None


def _kin_at(tokens: Sequence[Token], i: int) -> Hit:
    """ "Anak saya bernama Budi": a family's name leads to the writer."""
    hit = _phrases("kin", "phrases").at(tokens, i)
    if not hit or i + hit[0] >= len(tokens):
        return None
    after = i + hit[0] + (tokens[i + hit[0]].word in table("writers")["kin"]["named"])
    size = _name_size(tokens, after, any_case=False)
    return (after - i + size, "kin") if size else None
