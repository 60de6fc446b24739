"""Masks for the text that everybody reads (S47): data of people, of the writer of an anonymous report, and insults.

Each is a proposal with its reason, taken one by one or all; the original stays as it is. Street and matter stay
readable: of an address only the number of the house is covered. Linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lapor.language.data import table
from lapor.language.edits import Edit
from lapor.language.findings import Span, Words
from lapor.language.people import is_public, may_name, told_by_name, with_honorific
from lapor.language.tokens import LONGEST, is_shouted, tokens_of
from lapor.language.tone import harsh_words
from lapor.language.writers import is_titled, leading_numbers, names_writer

PREFIX = "mask"  # of the rule of every mask: "mask phone" reads "mask-phone"
OF_WRITER = ("name", "role", "kin")  # what opens an anonymous writer; a "rumah saya" alone leads to nobody
_ACCOUNT = re.compile(
    r"(?<!\w)(?:norek|no\.? ?rek|rek(?:ening)?|bca|bri|bni|btn|bsi|mandiri|ovo|gopay|dana)(?!\w)"
    r"[^\d\n]{0,25}(\d[\d .\-]{6,22}\d)(?!\w)",
    re.IGNORECASE,
)
_HOUSE = re.compile(
    r"(?<!\w)(?<!depan )(?<!dpn )(?<!samping )(?<!belakang )(?<!sebelah )(?<!dekat )(?<!antara )"
    r"(?:rumah(?:nya)?|alamat(?:nya)?|beralamat|berdomisili|domisili|tinggal|kos(?:an)?|kontrakan)(?!\w)"
    r"[^.\n]{0,40}?(?<!\w)(?:jl|jln|jalan|gg|gang|blok|perum\w{0,8}|rt)(?!\w)\.?[^.,;\n]{1,40}?"
    r"(?<!\w)(?:no|nomor|nomer)\b\.? ?(\d{1,4} ?[a-z]?)(?!\w)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?<!\w)(?i:nama)(?:(?: [^\W\d]{2,12}){0,2} ?[:=] ?([A-Z][a-z'’]{1,20}(?: [A-Z][a-z'’]{1,20}){0,3})"
    r"| ([A-Z][a-z'’]{1,20}(?: [A-Z][a-z'’]{1,20}){1,3}))(?!\w)"
)


def masks(text: str, *, anonymous: bool) -> tuple[Edit, ...]:
    """Return the masks for a text, in order, none within another; `anonymous` covers its writer too."""
    text = text[:LONGEST]
    found: list[Edit] = []
    for span, kind in sorted(_hits(text, anonymous), key=lambda hit: (hit[0].start, -hit[0].end)):
        if not found or span.start >= found[-1].span.end:
            told = table("masks")[kind]
            found.append(Edit(span, told["as"], f"{PREFIX}-{kind}", Words(told["id"], told["en"])))
    return tuple(found)


def _hits(text: str, anonymous: bool) -> Iterator[tuple[Span, str]]:
    yield from leading_numbers(text)
    for pattern, kind in ((_ACCOUNT, "account"), (_HOUSE, "house")):
        for match in pattern.finditer(text):
            yield Span(*match.span(1)), kind
    yield from _people(text)
    if anonymous:
        yield from ((found.span, "writer") for found in names_writer(text) if found.rule in OF_WRITER)
    for found in harsh_words(text):
        if found.rule in ("insult", "hate"):
            yield found.span, found.rule


def _people(text: str) -> Iterator[tuple[Span, str]]:
    """Yield the names of people who are told of: not those in public office, nor whom the writer greets."""
    tokens = tokens_of(text)
    no_capitals = is_shouted(text) or is_titled(tokens)
    yield from ((name, "person") for name in told_by_name(tokens, shouted=no_capitals))
    if no_capitals:
        return
    at = {token.span.start: i for i, token in enumerate(tokens)}
    for whole, name in with_honorific(tokens):
        first = at[whole.start]
        if not is_public(tokens, first, first + 1 + len(tokens_of(name.of(text)))):
            yield name, "person"
    for match in _LABEL.finditer(text):
        span = Span(*match.span(1 if match[1] else 2))
        if all(may_name(token) for token in tokens_of(span.of(text))):
            yield span, "person"
