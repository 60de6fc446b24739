"""Masks for the text that everybody reads (S47): data of people, of the writer of an anonymous report, and insults.

Each is a proposal with its reason, taken one by one or all; the original stays as it is. Street and matter stay
readable: of an address only the number of the house is covered. Linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lapor.language.codes import typed_codes
from lapor.language.data import table
from lapor.language.edits import Edit
from lapor.language.findings import Span, Words
from lapor.language.people import TITLES, is_public, may_name, to_its_end, told_by_name, with_honorific
from lapor.language.tokens import LONGEST, is_shouted, tokens_of
from lapor.language.tone import harsh_words
from lapor.language.writers import HOUSE, family_names, is_called, is_titled, leading_numbers, names_writer

PREFIX = "mask"  # of the rule of every mask: "mask phone" reads "mask-phone"
NAMES = ("person", "writer")
OF_WRITER = ("name", "role", "kin")  # what opens an anonymous writer; a "rumah saya" alone leads to nobody
_OFFICE_MAIL = re.compile(
    r"(?:admin|info|humas|ppid|kontak|pengaduan|layanan|pelayanan|lapor|sekretariat|helpdesk|cs)[\w.\-]{0,30}"
    r"@[\w.\-]{1,80}\.(?:go|desa|ac|sch)\.id",
    re.IGNORECASE,
)  # leads to a desk, to no person
_LABEL = re.compile(
    r"(?<!\w)(?i:nama)(?! (?i:jalan|jl|gang|desa|kelurahan|kampung|pasar|sekolah|toko|usaha|perusahaan|tempat)(?!\w))"
    r"(?:(?: [^\W\d]{2,12}){0,2} ?[:=] ?([A-Z][a-z'’]{1,20}(?: [A-Z][a-z'’]{1,20}){0,3})"
    r"| ([A-Z][a-z'’]{1,20}(?: [A-Z][a-z'’]{1,20}){1,3}))(?!\w)"
)
_OWN_LINE = re.compile(
    r"^[ \t*-]{0,4}nama(?: lengkap)? {0,3}[:=] {0,3}([^\W\d_]{2,20}(?: [^\W\d_]{1,20}){0,6})[ .]{0,3}$", re.I | re.M
)


# "Saya H. Lalu Contoh", "Pak A. Contoh", "saya I Made Contoh": a name that begins with a title or an initial.
_SHORT_FIRST = re.compile(
    r"(?<!\w)(?:(?P<me>[Ss]aya|[Ss]y|[Aa]ku)|[Pp]ak|[Bb]apak|[Bb]u|[Ii]bu|[Ss]audara|[Ss]audari|[Bb]ernama),?[ \t]"
    r"(?P<name>(?:(?:H|Hj|Drs|Dra|Dr|Ir|KH|TGH|TGKH|Prof|Moh|Muh|Abd|St)\.?[ \t]?|(?:I|Ni)[ \t]|[A-Z]\.[ \t]?){1,3}"
    r"[A-Z][a-z'’]{2,20})(?!\w)"
)


_NEAR = 120  # characters before a name in which its office may stand


def masks(text: str, *, anonymous: bool) -> tuple[Edit, ...]:
    """Return the masks for a text, in order, none within another; `anonymous` covers its writer too.

    A name is covered to its end: "Ahmad Fauzi bin H. Abdullah, S.Pd." leaves no word.

    What is covered for two reasons is one mask that tells both; its rule then names both: "mask-writer+insult".
    """
    text = text[:LONGEST]
    in_capitals = _is_in_capitals(text)
    found: list[tuple[Span, list[str]]] = []
    hits = (
        (to_its_end(text, span, in_capitals=in_capitals) if kind in NAMES else span, kind)
        for span, kind in _hits(text, anonymous, in_capitals)
    )
    for span, kind in sorted(hits, key=lambda hit: (hit[0].start, -hit[0].end)):
        if found and span.start < found[-1][0].end:
            whole, kinds = found[-1]
            is_told = kind in kinds or (kind == "person" and "writer" in kinds)
            found[-1] = Span(whole.start, max(whole.end, span.end)), kinds if is_told else [*kinds, kind]
        else:
            found.append((span, [kind]))
    return tuple(_mask(span, kinds) for span, kinds in found)


def kinds_of(rule: str) -> frozenset[str]:
    """Return what a mask's rule covers: "mask-writer+insult" both "writer" and "insult". Empty for any other rule."""
    return frozenset(rule.removeprefix(f"{PREFIX}-").split("+") if rule.startswith(f"{PREFIX}-") else ())


def _mask(span: Span, kinds: Sequence[str]) -> Edit:
    told = [table("masks")[kind] for kind in kinds]
    reason = Words("; ".join(one["id"] for one in told), "; ".join(one["en"] for one in told))
    return Edit(span, told[0]["as"], f"{PREFIX}-{'+'.join(kinds)}", reason)


def _hits(text: str, anonymous: bool, in_capitals: bool) -> Iterator[tuple[Span, str]]:
    yield from (hit for hit in leading_numbers(text) if not _OFFICE_MAIL.fullmatch(hit[0].of(text)))
    yield from ((Span(*match.span()), "code") for match in typed_codes(text))
    yield from ((Span(*match.span(1)), "house") for match in HOUSE.finditer(text))
    yield from _people(text, in_capitals)
    yield from _with_short_first(text, anonymous)
    if anonymous:
        yield from ((found.span, "writer") for found in names_writer(text) if found.rule in OF_WRITER)
    for found in harsh_words(text):
        if found.rule in ("insult", "hate"):
            yield found.span, found.rule


def _with_short_first(text: str, anonymous: bool) -> Iterator[tuple[Span, str]]:
    for match in _SHORT_FIRST.finditer(text):
        span = Span(*match.span("name"))
        tokens = tokens_of(text[max(0, span.start - _NEAR) : span.start]) if not match["me"] else []
        last = tokens_of(span.of(text))[-1]
        if not (may_name(last) or last.word in TITLES) or (tokens and is_public(tokens, len(tokens) - 1, len(tokens))):
            continue
        if anonymous or not match["me"]:
            yield (span, "person") if not match["me"] else (Span(match.start(), span.end), "writer")


def _is_in_capitals(text: str) -> bool:
    """Tell whether a capital says nothing about a name."""
    return is_shouted(text) or is_titled(tokens_of(text))


def _people(text: str, no_capitals: bool) -> Iterator[tuple[Span, str]]:
    """Yield the names of people who are told of: not those in public office, nor whom the writer greets."""
    tokens = tokens_of(text)
    yield from ((name, "person") for name in told_by_name(tokens, shouted=no_capitals))
    yield from ((name, "person") for name in family_names(text))
    for match in _OWN_LINE.finditer(text):
        if any(is_called(token, shouted=no_capitals, told=True) for token in tokens_of(match[1])):
            yield Span(*match.span(1)), "person"
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
