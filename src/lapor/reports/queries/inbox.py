"""The pile of a desk: the SOP's tabs with their counts, and one page of rows, sorted by what is due.

Every question is an index range: open reports by partial indexes, ended ones newest first, ended counts from the
maintained ones. Seven queries a page, whatever the size of the table.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count as CountOf
from django.db.models import Exists, OuterRef, Q, QuerySet

from lapor.agencies.models import Agency, Calendar
from lapor.kernel.actor import Actor
from lapor.reports.access import named, visible_to
from lapor.reports.models import Count, Disposition, Report
from lapor.reports.models.report import IS_OPEN
from lapor.reports.queries.lateness import Days, Lateness, of_ordinal
from lapor.sop.vocabulary import FINAL, OPEN, Action, Channel, Holder, Role, Status, Word

PAGE = 25
SEP = ":"


class Tab(Word):
    """The SOP's tabs of an inbox (S52, S54, S55, S58, S63)."""

    UNVERIFIED = "unverified", "Belum Terverifikasi", "Not yet verified"
    DISPOSED = "disposed", "Belum Ditindaklanjuti", "Not yet followed up"
    IN_PROGRESS = "in_progress", "Sedang Diproses", "In progress"
    HEAD = "head", "Menunggu Pimpinan", "Waiting for the head"
    PENDING = "pending", "Pending", "Pending"
    RETURNED = "returned", "Bukan Kewenangan", "Not our competence"
    CLOSING = "closing", "Request Closing", "Closing requests"
    ESCALATED = "escalated", "Eskalasi", "Escalated"
    CLOSED = "closed", "Selesai", "Closed"
    ARCHIVED = "archived", "Arsip", "Archive"


@dataclass(frozen=True)
class TabView:
    """One tab as shown; `count` is exact for open reports, and as of the last fold for ended ones."""

    tab: Tab
    count: int | None
    status: Status | None


@dataclass(frozen=True)
class Row:
    """One report in a list: what an officer needs to choose the next one."""

    id: int
    number: str
    title: str
    status: Status
    holder: Holder
    desk_name: str
    unit_name: str
    category: str
    place: str
    channel: Channel
    received_at: datetime
    due_on: date | None
    lateness: Lateness | None
    is_anonymous: bool
    is_secret: bool
    zone: str


@dataclass(frozen=True)
class Page:
    """One page of rows; `older` is the cursor of the next page, empty on the last."""

    rows: tuple[Row, ...]
    older: str


_OPEN_TABS = {
    Tab.UNVERIFIED: Status.UNVERIFIED,
    Tab.DISPOSED: Status.DISPOSED,
    Tab.IN_PROGRESS: Status.IN_PROGRESS,
    Tab.PENDING: Status.PENDING,
    Tab.ESCALATED: Status.ESCALATED,
}
_ENDED_TABS = {Tab.CLOSED: Status.CLOSED, Tab.ARCHIVED: Status.ARCHIVED}
_SHOWN = {
    Role.UNIT_OFFICER: (Tab.DISPOSED, Tab.IN_PROGRESS),
    Role.HEAD: (Tab.HEAD, Tab.DISPOSED, Tab.IN_PROGRESS, Tab.ESCALATED, Tab.CLOSED),
    Role.LIAISON: (Tab.DISPOSED, Tab.IN_PROGRESS, Tab.HEAD, Tab.PENDING, Tab.ESCALATED, Tab.CLOSED, Tab.ARCHIVED),
    Role.OMBUDSMAN: (Tab.ESCALATED, Tab.CLOSED, Tab.ARCHIVED),
}


def tabs(actor: Actor) -> tuple[TabView, ...]:
    """Return the tabs of this actor's desk with their counts, in the SOP's order. Three queries."""
    live = _live_counts(actor)
    ended = _ended_counts(actor)
    shown = _SHOWN.get(actor.role, tuple(tab for tab in Tab if tab is not Tab.HEAD))
    return tuple(TabView(tab, live.get(tab, ended.get(tab)), _status_of(tab)) for tab in shown)


def inbox(actor: Actor, tab: Tab, *, now: datetime, after: str = "", newest: bool = False) -> Page:
    """Return one page of a tab, what is due first (or newest first); ended reports are always newest first."""
    by_due = not newest and tab not in _ENDED_TABS
    reports = _in_tab(actor, tab)
    reports = _after_due(reports, after) if by_due else _after_id(reports, after)
    found = list(reports.select_related("desk", "unit", "category", "place", "agency")[: PAGE + 1])
    older = _cursor(found[PAGE - 1], by_due) if len(found) > PAGE else ""
    return Page(_rows(found[:PAGE], actor, now), older)


def number_of(actor: Actor, typed: str) -> str | None:
    """Return the number of the report whose code or number was typed, if this actor may see it."""
    return visible_to(actor).filter(named(actor, typed)).values_list("number", flat=True).first()


def _status_of(tab: Tab) -> Status | None:
    return _OPEN_TABS.get(tab) or _ENDED_TABS.get(tab)


def pile(actor: Actor) -> QuerySet[Report]:
    """Return the reports of this actor's own desk: what it coordinates, handles or holds, not all it may read."""
    own: dict[Role, Callable[[], Q]] = {
        Role.NATIONAL_ADMIN: lambda: Q(),
        Role.AGENCY_ADMIN: lambda: Q(agency=actor.desk),
        Role.LIAISON: lambda: Q(unit=actor.desk),
        Role.HEAD: lambda: Q(unit=actor.desk),
        Role.UNIT_OFFICER: lambda: Q(desk=actor.desk),
    }
    condition = own.get(actor.role)
    return Report.objects.filter(condition()) if condition else visible_to(actor)


def _in_tab(actor: Actor, tab: Tab) -> QuerySet[Report]:
    reports = pile(actor)
    if tab is Tab.RETURNED:
        return _returned(actor)
    if tab is Tab.CLOSING:
        return reports.filter(IS_OPEN, status=str(Status.IN_PROGRESS), closing_requested_at__isnull=False)
    if tab is Tab.HEAD:
        return reports.filter(IS_OPEN, status=str(Status.IN_PROGRESS), holder=str(Holder.HEAD))
    if tab in _ENDED_TABS:
        return reports.filter(status=str(_ENDED_TABS[tab]))
    reports = reports.filter(IS_OPEN, status=str(_OPEN_TABS[tab]))
    if actor.role is Role.NATIONAL_ADMIN and tab is Tab.UNVERIFIED:
        return reports.filter(desk=actor.desk)
    return reports


def _returned(actor: Actor) -> QuerySet[Report]:
    """Return what came back to this desk and waits, or what it sent back (S55: the tab "Bukan Kewenangan")."""
    if actor.role is Role.NATIONAL_ADMIN:
        return Report.objects.filter(IS_OPEN, status=str(Status.UNVERIFIED), desk=actor.desk, agency_returns__gt=0)
    sent = Disposition.objects.filter(report=OuterRef("pk"), desk=actor.desk, ended_by=str(Action.RETURN))
    return visible_to(actor).filter(Exists(sent))


def _live_counts(actor: Actor) -> dict[Tab, int]:
    """Count open reports in one pass over a partial index; for the nation only what lies at its own desk."""
    if actor.role is Role.NATIONAL_ADMIN:
        return _national_counts(actor)
    closing, head = Q(closing_requested_at__isnull=False), Q(holder=str(Holder.HEAD))
    rows = pile(actor).filter(IS_OPEN).values("status").order_by()
    counted = {
        row["status"]: row for row in rows.annotate(n=CountOf("id"), c=CountOf("id", closing), h=CountOf("id", head))
    }
    found = {tab: counted[status]["n"] if status in counted else 0 for tab, status in _OPEN_TABS.items()}
    busy = counted.get(str(Status.IN_PROGRESS), {})
    return {**found, Tab.CLOSING: busy.get("c", 0), Tab.HEAD: busy.get("h", 0)}


def _national_counts(actor: Actor) -> dict[Tab, int]:
    """Count what waits at the national desk; the open reports of all institutions come from the maintained counts."""
    kept = dict(Count.objects.filter(desk=None).values_list("key", "n"))
    found = {tab: kept.get(str(status), 0) for tab, status in _OPEN_TABS.items()}
    for tab in (Tab.UNVERIFIED, Tab.CLOSING):
        found[tab] = _in_tab(actor, tab).count()
    return found


def _ended_counts(actor: Actor) -> dict[Tab, int]:
    """Read the maintained counts of this desk; roles that see across desks read the installation's."""
    if actor.role not in (Role.AGENCY_ADMIN, Role.LIAISON, Role.HEAD, Role.NATIONAL_ADMIN):
        return {}
    desk = None if actor.role is Role.NATIONAL_ADMIN else actor.desk
    counts = dict(Count.objects.filter(desk=desk, key__in=[str(s) for s in FINAL]).values_list("key", "n"))
    return {tab: counts.get(str(status), 0) for tab, status in _ENDED_TABS.items()}


def _after_due(reports: QuerySet[Report], after: str) -> QuerySet[Report]:
    """Continue behind a cursor in the order of what is due; reports that owe nothing come last, oldest first."""
    reports = reports.order_by("due_ordinal", "id")
    if cursor := _read(after):
        due, last = cursor
        if due is None:
            return reports.filter(due_ordinal=None, id__gt=last)
        return reports.filter(Q(due_ordinal__gt=due) | Q(due_ordinal=due, id__gt=last) | Q(due_ordinal=None))
    return reports


def _after_id(reports: QuerySet[Report], after: str) -> QuerySet[Report]:
    reports = reports.order_by("-id")
    cursor = _read(after)
    return reports.filter(id__lt=cursor[1]) if cursor else reports


def _cursor(report: Report, by_due: bool) -> str:
    due = report.due_ordinal if by_due and report.due_ordinal is not None else ""
    return base64.urlsafe_b64encode(f"{due}{SEP}{report.pk}".encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[int | None, int] | None:
    """Return what a cursor says, None for an empty or broken one: a broken one starts at the top."""
    try:
        due, last = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().split(SEP)
        return (int(due) if due else None), int(last)
    except (ValueError, binascii.Error):
        return None


def _rows(reports: list[Report], actor: Actor, now: datetime) -> tuple[Row, ...]:
    if not reports:
        return ()
    days = Days(desk_calendar(actor), now, (r.due_ordinal for r in reports))
    return tuple(_row(report, days) for report in reports)


def desk_id(actor: Actor) -> int:
    """Return the desk of an actor that has one; an inbox is asked only for officers."""
    if actor.desk is None:
        raise ValueError("a reporter has no inbox")
    return actor.desk


def desk_calendar(actor: Actor) -> Calendar:
    """Return the calendar in which this desk reads its due days."""
    return Agency.objects.select_related("calendar").get(pk=desk_id(actor)).calendar


def _row(report: Report, days: Days) -> Row:
    return Row(
        id=report.pk,
        number=report.number,
        title=report.title,
        status=Status(report.status),
        holder=Holder(report.holder),
        desk_name=(report.desk.short_name or report.desk.name) if report.desk else "",
        unit_name=(report.unit.short_name or report.unit.name) if report.unit else "",
        category=report.category.name if report.category else "",
        place=report.place.name if report.place else "",
        channel=Channel(report.channel),
        received_at=report.received_at,
        due_on=days.day(report.due_ordinal),
        lateness=of_ordinal(report.due_ordinal, days.ordinal) if report.status in OPEN else None,
        is_anonymous=report.is_anonymous,
        is_secret=report.is_secret,
        zone=days.calendar.zone,
    )
