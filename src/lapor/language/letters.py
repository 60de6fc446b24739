"""A chat message or letter taken apart: who writes, how to reach them, when, where, and what they tell.

Every part is a proposal with its place in the text; what is told keeps every word but those that name the writer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lapor.language.findings import Span
from lapor.language.tokens import LONGEST

PARTS = ("name", "contact", "date", "place", "text")
_LABELS = {
    "name": r"nama(?:\s+(?:pelapor|pengadu|lengkap|saya))?|pelapor|pengadu|dari|name|from",
    "contact": r"(?:no|nomor)?\.?\s*(?:hp|wa|telp|telepon|telpon|handphone|whatsapp|kontak)|e-?mail|surel|phone",
    "date": r"(?:tanggal|tgl|hari|waktu)(?:\s+kejadian)?|date",
    "place": r"alamat|lokasi|tempat(?:\s+kejadian)?|address|place",
    "text": r"isi(?:\s+(?:laporan|pengaduan|aduan))?|laporan|pengaduan|keluhan|aduan|pesan|perihal",
}
_LINE = {
    part: re.compile(rf"^[ \t*_\-•]{{0,8}}(?:{words})[ \t*_]{{0,8}}[:=][ \t]*(\S.*)$", re.I | re.M)
    for part, words in _LABELS.items()
}
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_PHONE = re.compile(r"(?<![\w/])(?:\+?62|0)[ .\-]?8\d(?:[ .\-]?\d){6,10}(?!\w)")
_CHAT = re.compile(
    r"^\[?(\d{1,2}[/.]\d{1,2}[/.]\d{2,4})[, ]{1,3}\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\]?"
    r" {0,2}[-–]? {0,2}([^:\n]{2,60}):[ ]?",
    re.M,
)
_NAME = r"[A-Z][\w'’]{0,30}(?:[ \t][A-Z][\w'’]{0,30}){0,3}"
_ME = re.compile(rf"(?i:\b(?:nama saya|perkenalkan,? saya|saya bernama) (?:adalah )?)({_NAME})")
_SIGNED = re.compile(
    r"(?i:hormat saya|hormat kami|terima kasih|terimakasih|salam|wassalam)[ ,.!]{0,3}\n{1,4}[ \t]{0,4}"
    rf"({_NAME})\s*\Z"
)
_DAY = re.compile(r"(?<!\d)(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})(?!\d)")
_MONTHS = (
    "januari", "februari", "maret", "april", "mei", "juni",
    "juli", "agustus", "september", "oktober", "november", "desember",
)  # fmt: skip
_WRITTEN = re.compile(rf"(?<!\d)(\d{{1,2}})\s+({'|'.join(_MONTHS)})\s+(\d{{4}})(?!\d)", re.I)
_STREET = re.compile(
    r"\b(?:Jl|Jln|Jalan|Gang|Gg)\b\.? {1,2}[^\n,;!?]{2,60}?(?=[\n,;!?]|\.\s|\.?$|\s(?:rusak|sejak|dan|yang|mati|di)\b)",
    re.I,
)
_VILLAGE = re.compile(r"\b(?:Kelurahan|Kel|Desa|Kecamatan|Kec)\b\.?\s+([A-Z][\w\-]*(?:\s+[A-Z][\w\-]*){0,2})")


@dataclass(frozen=True)
class Part:
    """One part of a message: which of PARTS, where it stands, and what it says in plain form (a day as YYYY-MM-DD)."""

    kind: str
    span: Span
    said: str


@dataclass(frozen=True)
class Letter:
    """What was found; a kind may be missing. `rest` is what is told, without the writer's own lines."""

    parts: tuple[Part, ...]
    rest: str

    def said(self, kind: str) -> str:
        """Return the first part of a kind, empty where there is none."""
        return next((part.said for part in self.parts if part.kind == kind), "")


def take_apart(message: str, today: date) -> Letter:
    """Return the parts of a message or letter. `today` tells which days can be meant. Linear in its length."""
    text = message.replace("\r\n", "\n")[:LONGEST]
    parts = sorted(_parts(text, today), key=lambda part: part.span)
    return Letter(tuple(parts), _rest(text, parts))


def _parts(text: str, today: date) -> Iterator[Part]:
    for kind, finders in (("name", _name), ("contact", _contact), ("date", None), ("place", _place)):
        found = _day(text, today) if finders is None else finders(text)
        if found:
            yield Part(kind, *found)


Found = tuple[Span, str] | None


def _labelled(kind: str, text: str) -> Found:
    match = _LINE[kind].search(text)
    return (Span(*match.span()), match[1].strip(" *_")) if match else None


def _name(text: str) -> Found:
    if found := _labelled("name", text):
        return found if len(found[1]) <= 100 else None
    if chat := _CHAT.search(text):
        name = chat[2].strip()
        return (Span(*chat.span(2)), name) if not any(c.isdigit() for c in name) else None
    for pattern in (_ME, _SIGNED):
        if match := pattern.search(text):
            return Span(*match.span(1)), match[1].strip()
    return None


def _contact(text: str) -> Found:
    for pattern in (_PHONE, _EMAIL):
        if match := pattern.search(text):
            return Span(*match.span()), match.group()
    return None


def _day(text: str, today: date) -> Found:
    """Return the first day that has come, written in figures or with the month's name; a chat's own stamp is none."""
    stamps = [Span(*match.span()) for match in _CHAT.finditer(text)]
    for match in sorted([*_DAY.finditer(text), *_WRITTEN.finditer(text)], key=lambda one: one.start()):
        within = any(stamp.start <= match.start() < stamp.end for stamp in stamps)
        day = _date(*match.groups())
        if day and day <= today and not within:
            return Span(*match.span()), day.isoformat()
    return None


def _date(day: str, month: str, year: str) -> date | None:
    number = int(month) if month.isdecimal() else _MONTHS.index(month.lower()) + 1
    try:
        return date(int(year) if len(year) == 4 else 2000 + int(year), number, int(day))
    except ValueError:
        return None


def _place(text: str) -> Found:
    if match := _VILLAGE.search(text):
        return Span(*match.span()), match[1]
    if found := _labelled("place", text):
        return found
    if match := _STREET.search(text):
        return Span(*match.span()), match.group().strip()
    return None


def _rest(text: str, parts: list[Part]) -> str:
    """Return what is told: after its own label where there is one, else without the lines that only name the writer."""
    labelled = _LINE["text"].search(text)
    told = text[labelled.start(1) :] if labelled else _CHAT.sub("", text)
    own = [_LINE["name"], _LINE["contact"]]
    lines = [line for line in told.split("\n") if not any(pattern.match(line) for pattern in own)]
    last = next((part.said for part in parts if part.kind == "name"), None)
    while lines and (not lines[-1].strip() or lines[-1].strip() == last):
        lines.pop()
    return "\n".join(lines).strip()
