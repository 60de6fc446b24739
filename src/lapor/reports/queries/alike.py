"""Other reports to look at before deciding: those that say the same, and those of the same reporter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Left

from lapor.kernel.actor import Actor
from lapor.reports.access import visible_to
from lapor.reports.models import Report
from lapor.reports.queries.similar import likeness, nearest, words_of
from lapor.sop.vocabulary import Status

WINDOW = 100  # newest of each status that are compared
EXCERPT = 400  # characters of each text
MOST = 4
MOST_OF_ONE = 5
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
    where it has none yet, the unverified ones of its desk. Two queries, answered from an index; only the best are read
    whole.
    """
    said = words_of(text)
    if not said:
        return ()
    best = nearest(
        (likeness(said, words_of(f"{title} {excerpt}")), place is not None and place == report.place_id, pk)
        for pk, title, excerpt, place in _compared(actor, report)
    )[:MOST]
    found = {row.pk: _row(row) for row in _drawn(visible_to(actor).filter(pk__in=best))} if best else {}
    return tuple(found[pk] for pk in best if pk in found)


def _compared(actor: Actor, report: Report) -> Iterable[Any]:
    """Return (id, title, excerpt, id of the place) of the newest of each status."""
    own = Q(agency=report.agency_id) if report.agency_id else Q(desk=report.desk_id)
    others = visible_to(actor).filter(own, is_blocked=False).exclude(pk=report.pk).order_by("-id")
    windows = [
        others.filter(status=str(status)).values_list("pk", "title", Left("text__published", EXCERPT), "place_id")
        for status in (COMPARED if report.agency_id else COMPARED[:1])
    ]
    first, *rest = (window[:WINDOW] for window in windows)
    return first.union(*rest, all=True) if rest else first


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
