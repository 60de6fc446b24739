"""Public reports that say nearly the same: offered before another one is sent, never in its way."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from lapor.agencies.models import Agency, Category
from lapor.reports.queries.public import PublicRow, listed, rows
from lapor.sop.vocabulary import Status

WINDOW = 150  # newest public reports of the institution, the subject or the installation that are compared
MOST = 3
SHARED = 3  # words that two reports must have in common
NEARER = 0.15  # what the same place weighs
ANSWERED = (str(Status.IN_PROGRESS), str(Status.CLOSED))
SHARE = 0.2  # of the words of the shorter one

_PLACE = ("place__name", "place__parent__name", "place__level")
_WORD = re.compile(r"[^\W\d_]{4,}")
# Words of any report, in any place: having them in common says nothing.
_COMMON = frozenset(
    [
        "yang",
        "untuk",
        "dengan",
        "dari",
        "pada",
        "sudah",
        "telah",
        "akan",
        "karena",
        "sehingga",
        "agar",
        "supaya",
        "mohon",
        "tolong",
        "segera",
        "warga",
        "kami",
        "saya",
        "tidak",
        "belum",
        "sangat",
        "sekali",
        "juga",
        "atau",
        "ini",
        "itu",
        "ada",
        "adalah",
        "masih",
        "lagi",
        "lebih",
        "banyak",
        "setiap",
        "hari",
        "minggu",
        "bulan",
        "tahun",
        "lalu",
        "sejak",
        "depan",
        "dekat",
        "jalan",
        "terima",
        "kasih",
        "terimakasih",
        "bapak",
        "selamat",
        "pagi",
        "siang",
        "sore",
        "malam",
        "laporan",
        "melaporkan",
        "dalam",
        "oleh",
        "para",
        "saat",
        "ketika",
        "jika",
        "kalau",
        "seperti",
        "tersebut",
        "harap",
        "bantuan",
        "dibantu",
        "dapat",
        "bisa",
        "dilakukan",
        "sampai",
    ]
)


def similar_public(
    text: str, *, agency: str = "", category: str = "", near: str = "", answered: bool = False
) -> tuple[PublicRow, ...]:
    """Return at most three public reports that share the most words with `text`, the best first.

    A report of the place that was typed (`near`) goes before one from elsewhere that says as much. With `answered`
    only those in progress or closed are looked at.

    Looks at the newest WINDOW public reports of the institution (code), else of the category (code) and of all; so its
    cost does not grow with the table. Two queries; only the best are read whole.
    """
    said = words_of(text)
    if len(said) < SHARED:
        return ()
    compared = _newest(agency, category, answered)
    best = nearest(
        (likeness(said, words_of(f"{title} {excerpt}")), _near((name, above, level), near), pk)
        for pk, title, excerpt, name, above, level in compared
    )[:MOST]
    found = {row.id: row for row in rows(listed().filter(pk__in=best))} if best else {}
    return tuple(found[pk] for pk in best if pk in found)


def nearest(scored: Iterable[tuple[float, bool, int]]) -> list[int]:
    """Return the ids of (likeness, whether it is the same place, id), the likest first; none without a likeness."""
    found = ((score + NEARER * near, pk) for score, near, pk in scored if score)
    return [pk for _score, pk in sorted(found, reverse=True)]


def _newest(agency: str, category: str, answered: bool) -> Iterable[Any]:
    """Return the newest of the institution; while none is chosen, the newest of the category and the newest of all."""
    stages = {"listing__status__in": ANSWERED} if answered else {}
    if agency:
        return _window(listing__agency=_id(Agency, agency), **stages)
    everywhere = _window(**stages)
    return everywhere.union(_window(listing__category=_id(Category, category), **stages)) if category else everywhere


def _id(of: type[Agency] | type[Category], code: str) -> QuerySet[Any]:
    """Return the id of a code as a question inside the question: so an index by id answers it."""
    return of.objects.filter(code=code).values("pk")[:1]


def _window(**narrowed: Any) -> QuerySet[Any]:
    newest = listed().filter(**narrowed).order_by("-listing__received_at", "-listing__report")
    return newest.values_list("pk", "title", "excerpt", *_PLACE)[:WINDOW]


def _near(place: tuple[str | None, str | None, str | None], near: str) -> bool:
    """Tell whether somebody typed this place, or the district of this village: (its name, the one above, its level)."""
    name, above, level = place
    names = (name, above if level == "village" else None)
    return any(name and name.lower() in near.lower() for name in names)


def words_of(text: str) -> set[str]:
    """Return the words of a text that say something about its subject."""
    return {word for word in _WORD.findall(text[:4_000].lower()) if word not in _COMMON}


def likeness(said: set[str], other: set[str]) -> float:
    """Return the share of common words, 0 where too few are common to mean anything."""
    shared = said & other
    smaller = min(len(said), len(other)) or 1
    share = len(shared) / smaller
    return share if len(shared) >= SHARED and share >= SHARE else 0.0
