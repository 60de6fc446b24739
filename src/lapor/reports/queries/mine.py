"""All reports of one account: what waits for its owner first, then the newest, a page at a time by keyset."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from lapor.agencies.models import CalendarDay
from lapor.reports.models import Deadline, Report
from lapor.reports.zones import zone_of
from lapor.sop.vocabulary import OPEN, Clock, Holder, Status

PAGE = 20
WAITS = Q(status__in=[str(status) for status in OPEN]) & (
    Q(holder=str(Holder.REPORTER)) | Q(consent_asked_at__isnull=False, consent_given=None)
)
REMINDERS = [str(clock) for clock in Clock if "REMINDER" in clock.name]  # of a date that is shown itself


@dataclass(frozen=True)
class OwnRow:
    """One report in the list. `due_on` is the next promised day and `clock` what is promised; None when nothing is.

    `ending` is the code of its CloseReason, empty while it is not closed.
    """

    code: str
    number: str
    title: str
    status: Status
    agency: str
    received_at: datetime
    zone: str
    waits: bool
    clock: Clock | None
    due_on: date | None
    ending: str = ""


@dataclass(frozen=True)
class OwnReports:
    """One page; `older` is the cursor of the next one, empty at the end."""

    rows: list[OwnRow]
    older: str


def own_reports(reporter: UUID | None, *, after: str = "") -> OwnReports:
    """Return a page of a reporter's own reports. Three queries at most; nothing for None."""
    if reporter is None:
        return OwnReports([], "")
    rows = _mine(reporter).select_related("agency__calendar", "place").order_by("-waits", "-id")
    found = list(_after(rows, after)[: PAGE + 1])
    page = found[:PAGE]
    dates = _next_dates([report.pk for report in page])
    last = page[-1] if len(found) > PAGE else None
    older = f"{int(last.waits)}-{last.pk}" if last else ""  # type: ignore[attr-defined]
    return OwnReports([_row(report, *dates.get(report.pk, (None, None))) for report in page], older)


def _mine(reporter: UUID) -> QuerySet[Report]:
    waits = Case(When(WAITS, then=Value(True)), default=Value(False), output_field=BooleanField())
    return Report.objects.filter(reporter_ref=reporter).annotate(waits=waits)


def _after(rows: QuerySet[Report], cursor: str) -> QuerySet[Report]:
    """Return what stands behind the cursor; what is no cursor is the first page."""
    waits, _dash, last = cursor.partition("-")
    if waits not in ("0", "1") or not (last.isascii() and last.isdigit() and len(last) < 19):
        return rows
    behind = Q(waits=bool(int(waits)), id__lt=int(last))
    return rows.filter(behind | Q(waits=False)) if waits == "1" else rows.filter(behind)


def _next_dates(reports: Iterable[int]) -> dict[int, tuple[Clock, date]]:
    """Return the earliest running clock of each report with its day; two queries."""
    running = Deadline.objects.filter(report__in=list(reports), state=Deadline.State.RUNNING, leg=None)
    running = running.exclude(due_ordinal=None).exclude(clock__in=REMINDERS)
    clocks = list(running.values_list("report", "clock", "calendar", "due_ordinal"))
    days = _days({(calendar, ordinal) for _r, _c, calendar, ordinal in clocks if ordinal is not None})
    found: dict[int, tuple[Clock, date]] = {}
    for report, clock, calendar, ordinal in clocks:
        day = days.get((calendar, ordinal or 0))
        if day and (report not in found or day < found[report][1]):
            found[report] = (Clock(clock), day)
    return found


def next_date(report: int) -> tuple[Clock | None, date | None]:
    """Return the earliest running clock of one report with its day; None and None where nothing is promised."""
    return _next_dates([report]).get(report, (None, None))


def _days(wanted: set[tuple[int, int]]) -> dict[tuple[int, int], date]:
    either = Q(pk__in=())
    for calendar in {calendar for calendar, _ordinal in wanted}:
        either |= Q(calendar=calendar, ordinal__in=[ordinal for owner, ordinal in wanted if owner == calendar])
    rows = CalendarDay.objects.filter(either, working=True).values_list("calendar", "ordinal", "day")
    return {(calendar, ordinal): day for calendar, ordinal, day in rows}


def _row(report: Report, clock: Clock | None, due_on: date | None) -> OwnRow:
    return OwnRow(
        code=report.code,
        number=report.number,
        title=report.title,
        status=Status(report.status),
        agency=report.agency.name if report.agency else "",
        received_at=report.received_at,
        zone=zone_of(report),
        waits=report.waits,  # type: ignore[attr-defined]
        clock=clock,
        due_on=due_on,
        ending=report.close_reason if report.status == Status.CLOSED else "",
    )
