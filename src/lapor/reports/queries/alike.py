"""Other reports to look at before deciding: those that say the same, and those of the same reporter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import Left

from lapor.kernel.actor import Actor
from lapor.reports.access import visible_to
from lapor.reports.models import Report
from lapor.reports.queries.similar import likeness, words_of
from lapor.sop.vocabulary import Status

WINDOW = 100  # newest of each status that are compared
EXCERPT = 600  # characters of each text
MOST = 4
MOST_OF_ONE = 5
NEARER = 0.15  # what the same place weighs, as in queries.similar
COMPARED = (Status.UNVERIFIED, Status.DISPOSED, Status.IN_PROGRESS, Status.CLOSED)


@dataclass(frozen=True)
class Alike:
    """Another report that this officer may read. `is_open` tells whether it can still be answered."""

    id: int
    number: str
    title: str
    excerpt: str
    status: Status
    unit: str
    unit_code: str
    place: str
    received_at: datetime


def alike(actor: Actor, report: Report, text: str) -> tuple[Alike, ...]:
    """Return at most four reports that share the most words with `text`, best first; the same place counts.

    Compared are the newest WINDOW of each status at the report's institution, as far as this officer may read them;
    where it has none yet, the unverified ones of its desk. At most four queries, answered from an index.
    """
    said = words_of(text)
    compared = COMPARED if report.agency_id else COMPARED[:1]
    rows = [row for status in compared for row in _newest(actor, report, status)] if said else []
    scored = [(_score(said, report, row), row) for row in rows]
    best = sorted(((score, row) for score, row in scored if score), key=lambda one: (-one[0], -one[1].pk))
    return tuple(_row(row) for _, row in best[:MOST])


def _newest(actor: Actor, report: Report, status: Status) -> QuerySet[Report]:
    own = Q(agency=report.agency_id) if report.agency_id else Q(desk=report.desk_id)
    found = visible_to(actor).filter(own, status=str(status), is_blocked=False).exclude(pk=report.pk)
    return _drawn(found.order_by("-id"))[:WINDOW]


def _score(said: set[str], report: Report, row: Report) -> float:
    score = likeness(said, words_of(f"{row.title} {row.excerpt}"))  # type: ignore[attr-defined]
    near = report.place_id is not None and row.place_id == report.place_id
    return score + NEARER * near if score else 0.0


def others_of_reporter(actor: Actor, report: Report) -> tuple[Alike, ...]:
    """Return the newest other reports of the same reporter that this officer may read, at most MOST_OF_ONE.

    Nothing where this report is anonymous or secret, and never one that is: that two reports come from one person is
    part of who the person is, and who reported is learned only by asking for it with a reason that the reporter reads.
    One query.
    """
    if report.reporter_ref is None or report.is_anonymous or report.is_secret:
        return ()
    found = visible_to(actor).filter(reporter_ref=report.reporter_ref, is_anonymous=False, is_secret=False)
    return tuple(_row(row) for row in _drawn(found.exclude(pk=report.pk).order_by("-id"))[:MOST_OF_ONE])


def _drawn(found: QuerySet[Report]) -> QuerySet[Report]:
    shown = found.select_related("unit", "place").annotate(excerpt=Left("text__published", EXCERPT))
    return shown.only(
        "number",
        "title",
        "status",
        "received_at",
        "place_id",
        "unit__name",
        "unit__short_name",
        "unit__code",
        "place__name",
    )


def _row(row: Report) -> Alike:
    return Alike(
        id=row.pk,
        number=row.number,
        title=row.title,
        excerpt=row.excerpt,  # type: ignore[attr-defined]
        status=Status(row.status),
        unit=(row.unit.short_name or row.unit.name) if row.unit else "",
        unit_code=row.unit.code if row.unit else "",
        place=row.place.name if row.place else "",
        received_at=row.received_at,
    )
