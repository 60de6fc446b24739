"""The tabs of an inbox: which reports stand in each, for whom it is shown, and how many there are.

Statuses come from the maintained counts together with the changes that wait to be folded, in one statement: exact at
any size. The short lists (what waits for a word, what came back) are counted along an index of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count as CountOf
from django.db.models import Exists, OuterRef, Q, QuerySet

from lapor.agencies.models import Agency
from lapor.kernel.actor import Actor
from lapor.reports.access import visible_to
from lapor.reports.models import Disposition, Report
from lapor.reports.models.count import OPENLY
from lapor.reports.models.report import ANSWER_WAITS, ASKED_TO_CLOSE, CAME_BACK, IS_OPEN, WITH_HEAD
from lapor.sop.vocabulary import Action, Holder, Role, Status, Word

COUNTED_TO = 1_000  # what was ever sent back: beyond this the tab says "more than"


class Tab(Word):
    """The SOP's tabs of an inbox (S52, S54, S55, S58, S63), and one with everything."""

    UNVERIFIED = "unverified", "Belum Terverifikasi", "Not yet verified"
    DISPOSED = "disposed", "Belum Ditindaklanjuti", "Not yet followed up"
    IN_PROGRESS = "in_progress", "Sedang Diproses", "In progress"
    RELEASE = "release", "Menunggu Rilis", "Waiting for release"
    HEAD = "head", "Menunggu Pimpinan", "Waiting for the head"
    PENDING = "pending", "Tertunda", "Pending"
    RETURNED = "returned", "Bukan Kewenangan: Masuk", "Not our competence: came back"
    SENT_BACK = "sent_back", "Bukan Kewenangan: Keluar", "Not our competence: sent back"
    CLOSING = "closing", "Permintaan Penutupan", "Closing requests"
    ESCALATED = "escalated", "Eskalasi", "Escalated"
    CLOSED = "closed", "Selesai", "Closed"
    ARCHIVED = "archived", "Arsip", "Archived"
    ALL = "all", "Semua", "All"


@dataclass(frozen=True)
class TabView:
    """One tab as shown; `count` is exact, None where it is not counted; `is_more`: there are more than that."""

    tab: Tab
    count: int | None
    status: Status | None
    is_more: bool = False


OPEN_TABS = {
    Tab.UNVERIFIED: Status.UNVERIFIED,
    Tab.DISPOSED: Status.DISPOSED,
    Tab.IN_PROGRESS: Status.IN_PROGRESS,
    Tab.PENDING: Status.PENDING,
    Tab.ESCALATED: Status.ESCALATED,
}
ENDED_TABS = {Tab.CLOSED: Status.CLOSED, Tab.ARCHIVED: Status.ARCHIVED}
_OF_STATUS = {**OPEN_TABS, **ENDED_TABS}
_OF_UNITS_ONLY = (Tab.RELEASE, Tab.HEAD)
_OF_DESKS_ONLY = (Tab.RETURNED, Tab.SENT_BACK, Tab.CLOSING)  # oversight sends nothing back and decides no closing
_ADMIN = tuple(tab for tab in Tab if tab not in _OF_UNITS_ONLY)
_SHOWN = {
    Role.NATIONAL_ADMIN: tuple(tab for tab in _ADMIN if tab is not Tab.SENT_BACK),  # nothing lies above it
    Role.AGENCY_ADMIN: _ADMIN,
    Role.LIAISON: tuple(tab for tab in Tab if tab not in (Tab.UNVERIFIED, Tab.RETURNED, Tab.CLOSING)),
    Role.UNIT_OFFICER: (Tab.DISPOSED, Tab.IN_PROGRESS, Tab.ALL),
    Role.HEAD: (Tab.HEAD, Tab.DISPOSED, Tab.IN_PROGRESS, Tab.ESCALATED, Tab.CLOSED, Tab.ALL),
    Role.OMBUDSMAN: (Tab.ESCALATED, Tab.CLOSED, Tab.ARCHIVED, Tab.ALL),
}
_OVERSIGHT = tuple(tab for tab in _ADMIN if tab not in _OF_DESKS_ONLY)


def shown(role: Role) -> tuple[Tab, ...]:
    """Return the tabs of a role, in the SOP's order."""
    return _SHOWN.get(role, _OVERSIGHT)


def tabs(actor: Actor) -> tuple[TabView, ...]:
    """Return the tabs of this actor's desk with their counts. At most three queries, whatever the size of the table."""
    found = _counts(actor)
    return tuple(_view(tab, found) for tab in shown(actor.role))


def _view(tab: Tab, found: dict[Tab, int]) -> TabView:
    count = found.get(tab)
    is_more = tab is Tab.SENT_BACK and count is not None and count > COUNTED_TO
    return TabView(tab, COUNTED_TO if is_more else count, _OF_STATUS.get(tab), is_more)


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


def in_tab(actor: Actor, tab: Tab) -> QuerySet[Report]:
    """Return the reports of one tab, without order."""
    if tab is Tab.RETURNED:
        return _came_back(actor)
    if tab is Tab.SENT_BACK:
        newest = _sent_back(actor).order_by("-report").values("report")[: 5 * COUNTED_TO]
        return visible_to(actor).filter(pk__in=newest)
    reports = pile(actor)
    if tab in _SHORT:
        return reports.filter(_SHORT[tab])
    if tab in ENDED_TABS:
        return reports.filter(status=str(ENDED_TABS[tab]))
    if tab is Tab.ALL:
        return reports
    reports = reports.filter(status=str(OPEN_TABS[tab]))  # saying "open" too would make the planner expect too few
    if actor.role is Role.NATIONAL_ADMIN and tab is Tab.UNVERIFIED:
        return reports.filter(desk=actor.desk)
    return reports


_SHORT = {
    Tab.CLOSING: ASKED_TO_CLOSE,
    Tab.RELEASE: ANSWER_WAITS & Q(holder=str(Holder.UNIT)),
    Tab.HEAD: WITH_HEAD & Q(status=str(Status.IN_PROGRESS)),
}


def _came_back(actor: Actor) -> QuerySet[Report]:
    """Return what was returned to this desk and waits there (S55)."""
    by_whom = Q(agency_returns__gt=0) if actor.role is Role.NATIONAL_ADMIN else Q(unit_returns__gt=0)
    return Report.objects.filter(CAME_BACK, by_whom, desk=actor.desk)


def _sent_back(actor: Actor) -> QuerySet[Disposition]:
    """Return the times at which this desk said that a report is not its own (S30, S32)."""
    return Disposition.objects.filter(desk=actor.desk, ended_by=str(Action.RETURN), is_lead=True)


def _counts(actor: Actor) -> dict[Tab, int]:
    wanted = shown(actor.role)
    found = _of_statuses(actor)
    for tab in (Tab.RELEASE, Tab.HEAD, Tab.RETURNED, Tab.CLOSING):
        if tab in wanted:
            found[tab] = in_tab(actor, tab).count()
    if Tab.SENT_BACK in wanted:
        found[Tab.SENT_BACK] = _sent_back(actor).values("report").distinct()[: COUNTED_TO + 1].count()
    return found


def _of_statuses(actor: Actor) -> dict[Tab, int]:
    """Return how many reports of each status this actor's tabs hold, where that is known without counting them."""
    match actor.role:
        case Role.NATIONAL_ADMIN:
            own = {Tab.UNVERIFIED: in_tab(actor, Tab.UNVERIFIED).count()}
            return _kept(None) | own
        case Role.AGENCY_ADMIN | Role.LIAISON | Role.HEAD:
            return _kept(actor.desk)
        case Role.UNIT_OFFICER:
            return _live(actor)
        case Role.OMBUDSMAN:
            return {Tab.ESCALATED: _kept(None)[Tab.ESCALATED]}
        case Role.INSPECTORATE:
            institution = Agency.objects.values_list("institution", flat=True).filter(pk__in=[actor.desk]).first()
            return _kept(institution, OPENLY) if institution else {}
    return _kept(None, OPENLY)


def _kept(desk: int | None, prefix: str = "") -> dict[Tab, int]:
    """Read the maintained counts of a desk (None: of the whole installation) with the changes not folded yet."""
    keys = [f"{prefix}{status}" for status in Status]
    with connection.cursor() as cursor:
        cursor.execute(_READ.format("IS NULL" if desk is None else "= %(desk)s"), {"desk": desk, "keys": keys})
        found = dict(cursor.fetchall())
    return {tab: int(found.get(f"{prefix}{status}", 0)) for tab, status in _OF_STATUS.items()}


_READ = """
SELECT key, sum(n) FROM (
    SELECT key, n FROM reports_count WHERE desk_id {0} AND key = ANY(%(keys)s)
    UNION ALL SELECT key, delta FROM reports_countdelta WHERE desk_id {0} AND key = ANY(%(keys)s)) every_one
GROUP BY key
"""


def _live(actor: Actor) -> dict[Tab, int]:
    """Count what lies at a satuan kerja, which is never much."""
    rows = pile(actor).filter(IS_OPEN).order_by().values_list("status").annotate(n=CountOf("pk"))
    counted = dict(rows)
    return {tab: counted.get(str(status), 0) for tab, status in OPEN_TABS.items()}


def has_left(actor: Actor) -> Exists:
    """Return the condition that this desk once sent the report back, for filters."""
    return Exists(_sent_back(actor).filter(report=OuterRef("pk")))
