"""What was decided about past reports, to learn from: never a secret or a blocked one, only published words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from lapor.agencies.models import Place
from lapor.reports.models import Report

NEWEST = 60_000  # reports of an institution that are learned from: more teach nothing new, and cost minutes
_FIELDS = (
    "title",
    "text__published",
    "place",
    "place_note",
    "category__code",
    "category__merged_into__code",
    "classification",
    "unit__code",
    "unit__merged_into__code",
    "received_at",
)


@dataclass(frozen=True)
class Decided:
    """One past report. `places` are names, the narrowest first; codes are "" where nothing was decided.

    The category and the unit are those of today: a merged one has become its successor (docs/adr/0018).
    """

    title: str
    text: str
    places: tuple[str, ...]
    place_note: str
    category: str
    classification: str
    unit: str
    received_at: datetime


def decided(institution: int) -> Iterator[Decided]:
    """Yield the newest NEWEST reports of an institution, the oldest first. Two queries, read in portions."""
    names = {place.pk: (place.name, place.parent_id) for place in Place.objects.all()}
    newest = _newest(institution).values("id")[:NEWEST]
    rows = Report.objects.filter(pk__in=newest).order_by("received_at", "id").values_list(*_FIELDS)
    for title, text, place, note, category, merged, classification, unit, heir, at in rows.iterator(chunk_size=2_000):
        category, unit = merged or category or "", heir or unit or ""
        yield Decided(title, text or "", _names(place, names), note, category, classification, unit, at)


def newest_texts(institution: int, most: int) -> Iterator[str]:
    """Yield title and text of the newest reports of an institution, the newest first. One query, read in portions."""
    rows = _newest(institution).values_list("title", "text__published")[:most]
    return (f"{title}\n{text or ''}" for title, text in rows.iterator(chunk_size=2_000))


def _newest(institution: int) -> QuerySet[Report]:
    found = Report.objects.filter(agency=institution, is_secret=False, is_blocked=False)
    return found.order_by("-received_at", "-id")


def _names(place: int | None, names: dict[int, tuple[str, int | None]]) -> tuple[str, ...]:
    found = []
    while place is not None:
        name, place = names[place]
        found.append(name)
    return tuple(found)
