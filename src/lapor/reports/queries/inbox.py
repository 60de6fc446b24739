"""The pile of a desk, one page of rows at a time, sorted by what is due or newest first, narrowed by filters.

No page reads more as the table grows. Without filters a page is an index range. With filters it looks through at most
LOOKED reports in the order shown, and says so where there are more; words that stand in few reports are found in all.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.expressions import CombinedExpression, OrderBy

from lapor.agencies.models import Agency, Calendar
from lapor.kernel.actor import Actor
from lapor.reports.access import named, visible_to
from lapor.reports.models import Report
from lapor.reports.queries.filters import NOTHING, Filters, conditions, has_words, leading, says
from lapor.reports.queries.lateness import Days, Lateness, of_ordinal
from lapor.reports.queries.tabs import ENDED_TABS, Tab, TabView, in_tab, pile, shown, tabs
from lapor.sop.vocabulary import OPEN, Channel, Classification, Holder, Status

__all__ = [
    "PAGE",
    "Filters",
    "Page",
    "Row",
    "Tab",
    "TabView",
    "desk_calendar",
    "inbox",
    "number_of",
    "pile",
    "shown",
    "tabs",
]

PAGE = 25
LOOKED = 5_000  # reports that a filtered page looks through
LOOKED_BESIDE = 1_500  # the same where another table must be read for each one
LOOKED_FOR_WORDS = 3_000  # and where each one's words must be read
SEP = ":"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


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
    version: int
    classification: Classification | None
    tags: tuple[str, ...]
    rating: int | None
    returns: int


@dataclass(frozen=True)
class Page:
    """One page of rows; `older` is the cursor of the next page, empty on the last.

    `looked` is how many reports were looked through where there are more behind them that were not. `only_small_words`
    tells that what was typed has no word to look for.
    """

    rows: tuple[Row, ...]
    older: str
    looked: int | None = None
    only_small_words: bool = False


class Order(Enum):
    """How a list is sorted: the field that leads, and whether it falls. The id decides among equals."""

    DUE = "due_ordinal", False
    NEWEST = "pk", True
    RECEIVED = "received_at", True

    @property
    def field(self) -> str:
        """The field that leads."""
        return self.value[0]

    @property
    def by(self) -> tuple[str, ...]:
        """The order as the database is asked for it, along an index."""
        sign = "-" if self.value[1] else ""
        return (f"{sign}pk",) if self is Order.NEWEST else (f"{sign}{self.field}", f"{sign}pk")

    @property
    def without_index(self) -> tuple[OrderBy, ...]:
        """The same order, asked for so that no index gives it: the few hits of words are sorted instead."""
        nothing = {Order.RECEIVED: Value(timedelta(0))}.get(self, Value(0))
        leads = CombinedExpression(F(self.field), "+", nothing)
        first = leads.desc() if self.value[1] else leads.asc(nulls_last=True)
        return (first, F("pk").desc() if self.value[1] else F("pk").asc())


def inbox(
    actor: Actor, tab: Tab, *, now: datetime, after: str = "", newest: bool = False, filters: Filters = NOTHING
) -> Page:
    """Return one page of a tab, what is due first (or newest first); ended reports are always newest first.

    At most five queries, and one for each filter that names a category, a place, a unit or words.
    """
    order = _order(tab, newest, filters)
    reports = _after(in_tab(actor, tab), order, _read(after, order))
    days = Days(desk_calendar(actor), now)
    if filters.words and not has_words(filters.words):
        return Page((), "", only_small_words=True)
    found, older, looked = _narrowed(reports, order, filters, actor, days) if filters else _all(reports, order)
    return Page(_rows(found, days), older, looked)


def number_of(actor: Actor, typed: str) -> str | None:
    """Return the number of the report whose code or number was typed, if this actor may see it."""
    return visible_to(actor).filter(named(actor, typed)).values_list("number", flat=True).first()


Found = tuple[list[Report], str, int | None]


def _order(tab: Tab, newest: bool, filters: Filters) -> Order:
    if tab is Tab.ALL or (filters.has_days and (newest or tab in ENDED_TABS)):
        return Order.RECEIVED
    return Order.NEWEST if newest or tab in (*ENDED_TABS, Tab.SENT_BACK) else Order.DUE


def _all(reports: QuerySet[Report], order: Order) -> Found:
    found = _named(reports.order_by(*order.by))
    return found[:PAGE], _cursor(found[PAGE - 1], order) if len(found) > PAGE else "", None


def _narrowed(reports: QuerySet[Report], order: Order, filters: Filters, actor: Actor, days: Days) -> Found:
    wanted = conditions(filters, actor, days)
    if not filters.words:
        most = LOOKED_BESIDE if filters.reads_beside else LOOKED
        return _looked_through(reports.filter(leading(order.field, filters, days)), wanted, order, most)
    said, are_rare = says(filters.words, actor)
    if are_rare:
        return _by_words(reports.filter(wanted, said), order)
    return _looked_through(reports.filter(leading(order.field, filters, days)), wanted & said, order, LOOKED_FOR_WORDS)


def _by_words(hits: QuerySet[Report], order: Order) -> Found:
    """Return the first hits of rare words, found along the words' index and then sorted."""
    found = _named(hits.order_by(*order.without_index))
    return found[:PAGE], _cursor(found[PAGE - 1], order) if len(found) > PAGE else "", None


def _looked_through(reports: QuerySet[Report], wanted: Q, order: Order, most: int) -> Found:
    """Return the first hits among the next `most` reports, and where to go on looking when there are more."""
    ordered = reports.order_by(*order.by)
    edge = list(ordered.values_list(order.field, "pk")[most - 1 : most + 1])
    is_all = len(edge) < 2
    inside = reports if is_all else reports.filter(_until(order, *edge[0]))
    found = _named(inside.filter(wanted).order_by(*order.by))
    if len(found) > PAGE:
        return found[:PAGE], _cursor(found[PAGE - 1], order), None
    return found, "" if is_all else _written(*edge[0]), None if is_all else most


def _named(ordered: QuerySet[Report]) -> list[Report]:
    """Return the first reports of an ordered list, and one more than a page has; two narrow queries.

    Ids first: the names of desks, category and place are joined to these few only.
    """
    ids = list(ordered.values_list("pk", flat=True)[: PAGE + 1])
    rows = Report.objects.select_related("desk", "unit", "category", "place").in_bulk(ids)
    return [rows[pk] for pk in ids if pk in rows]


def _after(reports: QuerySet[Report], order: Order, cursor: tuple[Any, int] | None) -> QuerySet[Report]:
    """Continue behind a cursor; reports that owe nothing by date come last, oldest first."""
    if cursor is None:
        return reports
    value, last = cursor
    match order:
        case Order.NEWEST:
            return reports.filter(pk__lt=last)
        case Order.RECEIVED:
            earlier = Q(received_at__lt=value) | Q(received_at=value, pk__lt=last)
            return reports.filter(earlier, received_at__lte=value)
    if value is None:
        return reports.filter(due_ordinal=None, pk__gt=last)
    return reports.filter(Q(due_ordinal__gt=value) | Q(due_ordinal=value, pk__gt=last) | Q(due_ordinal=None))


def _until(order: Order, value: Any, last: int) -> Q:
    """Return the condition that a report stands no further down than this one."""
    match order:
        case Order.NEWEST:
            return Q(pk__gte=last)
        case Order.RECEIVED:
            return Q(received_at__gte=value) & (Q(received_at__gt=value) | Q(pk__gte=last))
    if value is None:
        return Q(due_ordinal__isnull=False) | Q(pk__lte=last)
    return Q(due_ordinal__lte=value) & (Q(due_ordinal__lt=value) | Q(pk__lte=last))


def _cursor(report: Report, order: Order) -> str:
    return _written(getattr(report, order.field), report.pk)


def _written(value: Any, last: int) -> str:
    told = int(value.timestamp() * 1_000_000) if isinstance(value, datetime) else "" if value is None else value
    return base64.urlsafe_b64encode(f"{told}{SEP}{last}".encode()).decode().rstrip("=")


def _read(cursor: str, order: Order) -> tuple[Any, int] | None:
    """Return what a cursor says, None for an empty or broken one: a broken one starts at the top."""
    try:
        told, last = base64.urlsafe_b64decode(cursor[:80] + "=" * (-len(cursor[:80]) % 4)).decode().split(SEP)
        value = int(told) if told else None
        if order is Order.RECEIVED:
            return EPOCH + timedelta(microseconds=value or 0), _fits(int(last), 64)
        return (None if value is None else _fits(value, 32)), _fits(int(last), 64)
    except (ValueError, binascii.Error, OverflowError):
        return None


def _fits(number: int, bits: int) -> int:
    """Refuse what the database's whole numbers cannot hold. Raises OverflowError."""
    if abs(number) >= 2 ** (bits - 1):
        raise OverflowError
    return number


def desk_id(actor: Actor) -> int:
    """Return the desk of an actor that has one; an inbox is asked only for officers."""
    if actor.desk is None:
        raise ValueError("a reporter has no inbox")
    return actor.desk


def desk_calendar(actor: Actor) -> Calendar:
    """Return the calendar in which this desk reads its due days."""
    return Agency.objects.select_related("calendar").get(pk=desk_id(actor)).calendar


def _rows(reports: list[Report], days: Days) -> tuple[Row, ...]:
    days.learn(report.due_ordinal for report in reports)
    return tuple(_row(report, days) for report in reports)


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
        version=report.version,
        classification=Classification(report.classification) if report.classification else None,
        tags=tuple(report.tags),
        rating=report.rating,
        returns=report.unit_returns + report.agency_returns,
    )
