"""What everybody may see: never a secret, blocked or oversight report, never who, never the exact place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import Left

from lapor.agencies.models import Agency
from lapor.reports import access
from lapor.reports.models import Report, ReportText
from lapor.reports.queries.timeline import FileView, LegView, Moment, files_of, legs, moments
from lapor.reports.refusals import NotFound
from lapor.reports.zones import zone_of
from lapor.sop.vocabulary import ArchiveReason, Audience, Classification, Status

PAGE = 20
EXCERPT = 240  # characters of the text that a list shows
NEVER_PUBLIC = [
    str(reason) for reason in (ArchiveReason.HATE, ArchiveReason.SPAM, ArchiveReason.WITHDRAWN, ArchiveReason.MISTAKEN)
]

# An officer has read it: verified it, disposed it to a unit, or answered it. A question or an archiving before that,
# and an escalation of what nobody ever read, show nothing.
READ_BY_OFFICER = (
    Q(verified_at__isnull=False) | Q(unit__isnull=False) | Q(status__in=[str(Status.IN_PROGRESS), str(Status.CLOSED)])
)


@dataclass(frozen=True)
class PublicRow:
    """One report in a public list. Its address is its human number: the tracking code is the reporter's own.

    `ending` is the code of its CloseReason, empty while it is not closed.
    """

    id: int
    number: str
    title: str
    excerpt: str
    status: Status
    agency: str
    unit: str
    category: str
    place: str
    received_on: datetime
    zone: str
    supports: int = 0
    agency_code: str = ""
    ending: str = ""


@dataclass(frozen=True)
class PublicReport:
    """One report in public: the published text, the steps in public words, evidence that was marked public."""

    version: int
    row: PublicRow
    text: str
    classification: str
    files: tuple[FileView, ...]
    moments: tuple[Moment, ...]
    legs: tuple[LegView, ...]
    zone: str


@dataclass(frozen=True)
class PublicCard:
    """What a picture or a card of a public report shows; `version` grows with every step."""

    id: int
    version: int
    number: str
    title: str
    institution: str
    status: Status
    ending: str = ""


def public() -> QuerySet[Report]:
    """Return the reports that everybody may see; what no officer has read, or its reporter withdrew, shows nothing.

    What was imported is not shown either: nobody here has masked the personal data in it.
    """
    shown = Report.objects.filter(READ_BY_OFFICER, is_secret=False, is_blocked=False, source_ref="")
    shown = shown.exclude(archive_reason__in=NEVER_PUBLIC)
    shown = shown.exclude(status=str(Status.UNVERIFIED)).exclude(classification=str(Classification.OVERSIGHT))
    return shown.annotate(excerpt=Left("text__published", EXCERPT))


def listed() -> QuerySet[Report]:
    """Return the public reports as lists read them: through their rows in `Listing`, which are quick to find."""
    shown = public().filter(listing__isnull=False)
    return shown.select_related("listing", "agency__calendar", "unit", "category", "place__parent")


def recent_public(limit: int = PAGE, *, agency: str = "") -> tuple[PublicRow, ...]:
    """Return the newest public reports, of everywhere or of one institution. One query."""
    found = listed().order_by("-listing__received_at", "-listing__report")
    if agency:
        found = found.filter(listing__agency=Agency.objects.filter(code=agency).values("pk")[:1])
    return rows(found[:limit])


def rows(found: Iterable[Report]) -> tuple[PublicRow, ...]:
    """Return reports of `listed()` as lists show them."""
    return tuple(_row(report) for report in found)


def find_public(number: str) -> Report:
    """Return the public report with this human number. Raises NotFound, also for every hidden one. One query."""
    found = public().select_related(*access.RELATED, "place__parent", "listing").exclude(number="")
    report = found.filter(number=number.upper()[:40]).first()
    if report is None:
        raise NotFound
    return report


def public_card(number: str) -> PublicCard:
    """Return what a picture of this report shows. Raises NotFound, also for every hidden one. One query."""
    report = find_public(number)
    institution = report.unit or report.agency
    return PublicCard(
        report.pk, report.version, report.number, report.title, institution.name if institution else "",
        Status(report.status), report.close_reason if report.status == Status.CLOSED else "",
    )  # fmt: skip


def public_report(number: str, now: datetime) -> PublicReport:
    """Return the public page of the report with this human number. Raises NotFound, also for every hidden one."""
    report = find_public(number)
    return PublicReport(
        version=report.version,
        row=_row(report),
        text=ReportText.objects.values_list("published", flat=True).get(report=report),
        classification=report.classification,
        files=files_of(report, public_only=True),
        moments=moments(report, (Audience.PUBLIC,), internal=False),
        legs=tuple(leg for leg in legs(report, now) if leg.is_lead),
        zone=zone_of(report),
    )


def _row(report: Report) -> PublicRow:
    return PublicRow(
        id=report.pk,
        number=report.number,
        title=report.title,
        excerpt=report.excerpt,  # type: ignore[attr-defined]  # annotated by `public`
        status=Status(report.status),
        agency=report.agency.name if report.agency else "",
        unit=report.unit.name if report.unit else "",
        category=report.category.name if report.category else "",
        place=_district(report),
        received_on=report.received_at,
        zone=zone_of(report),
        supports=report.listing.supports if hasattr(report, "listing") else 0,
        agency_code=report.agency.code if report.agency else "",
        ending=report.close_reason if report.status == Status.CLOSED else "",
    )


def _district(report: Report) -> str:
    """Return the place at district level: nothing finer is public."""
    if report.place is None:
        return ""
    if report.place.level == "village" and report.place.parent:
        return report.place.parent.name
    return report.place.name
