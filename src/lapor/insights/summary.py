"""The lines of a "Laporan Ringkas": every report that came in to an institution in a period, in one reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from lapor.agencies.models import Agency, Place
from lapor.agencies.refusals import UnknownAgency
from lapor.ledger.models import Entry
from lapor.reports.models import Report
from lapor.sop.vocabulary import Action, ArchiveReason, Channel, Classification, CloseReason, Status

CHUNK = 500
_ENDINGS = (Action.ARCHIVE, Action.LAPSE_PENDING, Action.WITHDRAW, Action.IMPORT)


@dataclass(frozen=True)
class Line:
    """One report as the summary tells it. It names no reporter, and the code that opens a report stays out of it."""

    ref: str
    received_at: datetime
    status: Status
    close_reason: CloseReason | None
    archive_reason: ArchiveReason | None
    ended_by: Action | None
    is_blocked: bool
    channel: Channel
    classification: Classification | None
    category: tuple[str, str]
    title: str
    original: str
    published: str
    anonymous: bool
    secret: bool
    institution: str
    handler: tuple[str, str]
    places: tuple[str, str, str, str]
    rating: int | None


def count_lines(institution: str, first: date, last: date) -> int:
    """Return how many lines `lines` will give."""
    return _reports(_institution(institution), first, last).count()


def lines(institution: str, first: date, last: date) -> Iterator[Line]:
    """Yield the reports of an institution (code) that came in from `first` to `last`, local days, both included.

    Three queries and one more for each 500 reports, whatever their number. Raises UnknownAgency.
    """
    agency = _institution(institution)
    places = _Places()
    reports = _reports(agency, first, last).iterator(chunk_size=CHUNK)
    while chunk := list(islice(reports, CHUNK)):
        endings = _endings(report.pk for report in chunk if report.status == Status.ARCHIVED)
        for report in chunk:
            yield _line(report, agency, places, endings.get(report.pk))


def name_of(institution: str) -> str:
    """Return the name of the institution with this code. Raises UnknownAgency."""
    return _institution(institution).name


def _institution(code: str) -> Agency:
    found = Agency.objects.select_related("calendar").filter(code=code, kind=Agency.Kind.INSTITUTION).first()
    if found is None:
        raise UnknownAgency(field="agency")
    return found


def _reports(agency: Agency, first: date, last: date) -> QuerySet[Report]:
    zone = ZoneInfo(agency.calendar.zone)
    since = datetime.combine(first, time(), zone)
    until = datetime.combine(last + timedelta(days=1), time(), zone)
    reports = Report.objects.filter(agency=agency, received_at__gte=since, received_at__lt=until)
    return reports.select_related("unit", "category", "text").order_by("received_at", "id")


def _endings(ids: Iterator[int]) -> dict[int, Action]:
    """Return by which step each archived report came into the archive: the newest such entry of its ledger."""
    entries = Entry.objects.filter(subject__in=list(ids), action__in=[str(action) for action in _ENDINGS])
    return {
        entry.subject: Action(entry.facts.get("ended_by") or entry.action)
        for entry in entries.order_by("subject", "seq")
    }


def _line(report: Report, agency: Agency, places: _Places, ended_by: Action | None) -> Line:
    text = report.text
    return Line(
        ref=report.source_ref if report.source == "sp4n-lapor" else report.number,
        received_at=report.received_at,
        status=Status(report.status),
        close_reason=CloseReason(report.close_reason) if report.close_reason else None,
        archive_reason=ArchiveReason(report.archive_reason) if report.archive_reason else None,
        ended_by=ended_by,
        is_blocked=report.is_blocked,
        channel=Channel(report.channel),
        classification=Classification(report.classification) if report.classification else None,
        category=(report.category.code, report.category.name_id) if report.category else ("", ""),
        title=report.title,
        original=text.original,
        published=text.published,
        anonymous=report.is_anonymous,
        secret=report.is_secret,
        institution=agency.name,
        handler=_handler(report, agency),
        places=places.above(report.place_id),
        rating=report.rating,
    )


def _handler(report: Report, agency: Agency) -> tuple[str, str]:
    """Return code and name of the desk that answers: the unit, else the institution once it handles it itself."""
    if report.unit:
        return report.unit.code, report.unit.name
    if report.status in (Status.IN_PROGRESS, Status.CLOSED, Status.ESCALATED):
        return agency.code, agency.name
    return "", ""


class _Places:
    """The tree of places, read as far as it is asked for."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[str, ...]] = {}

    def above(self, place_id: int | None) -> tuple[str, str, str, str]:
        """Return the names of province, city, district and village down to this place."""
        names = self._path(place_id) if place_id else ()
        province, city, district, village = (*names, "", "", "", "")[:4]
        return province, city, district, village

    def _path(self, place_id: int) -> tuple[str, ...]:
        if place_id not in self._known:
            place = Place.objects.get(pk=place_id)
            self._known[place_id] = (*(self._path(place.parent_id) if place.parent_id else ()), place.name)
        return self._known[place_id]
