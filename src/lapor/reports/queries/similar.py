"""Public reports that say nearly the same: offered before another one is sent, never in its way."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import QuerySet

from lapor.agencies.models import Agency, Category
from lapor.reports.queries.public import PublicRow, listed, rows
from lapor.sop.vocabulary import Status

WINDOW = 150  # newest public reports of the institution, the subject or the installation that are compared
MOST = 3
SHARED = 3  # words that two reports must have in common, those of any report and of its place apart
NEARER = 0.15  # what the same place weighs
ANSWERED = (str(Status.IN_PROGRESS), str(Status.CLOSED))
# From here two say nearly the same. Of pairs that people read as the same 14 of 15 reach it, of nearly identical ones
# 99 in 100, of two reports of one office taken by chance 3 in 1,000.
ALIKE = 0.2

_PLACE = ("place__name", "place__parent__name", "place__level")
_SLUG = re.compile(r"[-\w]{1,80}", re.ASCII)
_WORD = re.compile(r"[^\W\d_]{4,}")
# Words of any report, in any place: having them in common says nothing.
_COMMON = frozenset(
    [
        "adalah", "agar", "akan", "akibat", "alaikum", "anak", "anda", "antara", "apakah", "assalamu",
        "assalamualaikum", "atau", "bagaimana", "bagian", "bahwa", "bantuan", "banyak", "bapak", "baru",
        "beberapa", "beliau", "belum", "berapa", "bertanya", "besar", "besok", "bisa", "buat", "bulan", "cukup",
        "daerah", "dalam", "dapat", "dari", "dekat", "dengan", "depan", "desa", "dibantu", "dibawa", "diberi",
        "dibuat", "dilakukan", "dinas", "diperbaiki", "disana", "disini", "ditangani", "ditanya",
        "ditindaklanjuti", "hanya", "harap", "harapan", "hari", "harus", "hingga", "hormat", "ingin", "jadi",
        "jalan", "jika", "juga", "justru", "kabupaten", "kalau", "kami", "kantor", "kapan", "karena", "kasih",
        "keadaan", "kecamatan", "kecil", "kelurahan", "kemarin", "kembali", "kenapa", "kepada", "ketika",
        "khususnya", "kita", "kondisi", "kota", "kurang", "lagi", "lalu", "lama", "langsung", "lanjut",
        "laporan", "lebih", "lingkungan", "maka", "malah", "malam", "mana", "masih", "masyarakat", "melakukan",
        "melalui", "melaporkan", "membawa", "memberi", "membuat", "memperbaiki", "mengakibatkan", "mengapa",
        "mengenai", "mengurus", "menjadi", "menyebabkan", "mereka", "minggu", "minta", "mohon", "mulai",
        "mungkin", "nama", "namun", "nomer", "nomor", "oleh", "orang", "pada", "padahal", "pagi", "para",
        "pasti", "pelayanan", "pemerintah", "penanganan", "perbaikan", "perhatian", "perhatiannya", "perlu",
        "pernah", "petugas", "pihak", "pula", "rekan", "rumah", "saat", "saja", "sama", "sampai", "sangat",
        "saya", "sebagai", "sebelum", "secara", "segera", "seharusnya", "sehingga", "sejak", "sekali",
        "sekarang", "sekitar", "selalu", "selamat", "seluruh", "semua", "sendiri", "seperti", "sering",
        "setelah", "setempat", "setiap", "siang", "siapa", "sini", "situ", "sore", "sudah", "supaya", "tadi",
        "tahun", "tanpa", "tanya", "telah", "tentang", "terhadap", "terima", "terimakasih", "terjadi",
        "terkait", "terpaksa", "tersebut", "terutama", "tetapi", "tidak", "tindak", "tolong", "untuk", "urus",
        "waktu", "warga", "wassalamualaikum", "wilayah", "yaitu", "yang",
    ]
)  # fmt: skip


def similar_public(
    text: str, *, agency: str = "", category: str = "", near: str = "", answered: bool = False
) -> tuple[PublicRow, ...]:
    """Return at most three public reports that say most of what `text` says, rare words counting most, the best first.

    A report of the place that was typed (`near`) goes before one from elsewhere that says as much. With `answered`
    only those in progress or closed are looked at.

    Looks at the newest WINDOW public reports of the institution (code), else of the category (code) and of all; so its
    cost does not grow with the table; what can be no code counts as none. Two queries; only the best are read whole.
    """
    said = words_of(text)
    if len(said) < SHARED:
        return ()
    compared = [
        (pk, words_of(f"{title} {excerpt}") - words_of(f"{name} {above}"), _near((name, above, level), near))
        for pk, title, excerpt, name, above, level in _newest(_code(agency), _code(category), answered)
    ]
    rare = rarity([other for _pk, other, _is_near in compared])
    best = nearest((likeness(said, other, rare), is_near, pk) for pk, other, is_near in compared)[:MOST]
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


def _code(typed: str) -> str:
    """Return what was chosen, nothing where it can be no code: a database refuses some of what a browser can send."""
    return typed if _SLUG.fullmatch(typed) else ""


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


def rarity(compared: Sequence[set[str]]) -> Callable[[str], float]:
    """Return what a word counts among these reports: 1 for one that stands everywhere, more the rarer it is."""
    seen = Counter(word for words in compared for word in words)
    return lambda word: 1 + math.log((1 + len(compared)) / (1 + seen[word]))


def likeness(said: set[str], other: set[str], rare: Callable[[str], float]) -> float:
    """Return the cosine of the words by their rarity, 0 where too little is common to mean anything."""
    shared = said & other
    if len(shared) < SHARED:
        return 0.0
    both, mine, theirs = (sum(rare(word) ** 2 for word in words) for words in (shared, said, other))
    alike = both / math.sqrt(mine * theirs)
    return alike if alike >= ALIKE else 0.0
