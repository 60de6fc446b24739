"""Find public reports by words and filters, a page at a time by keyset; nothing here reads more as the table grows."""

from __future__ import annotations

import base64
import binascii
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from django.db import connection
from django.db.models import F, Func, Q, QuerySet, Value

from lapor.agencies.models import Agency, Category, Place
from lapor.agencies.queries.subjects import family, place_called
from lapor.reports.models import Report
from lapor.reports.models.listing import WordsField
from lapor.reports.queries.public import PAGE, PublicRow, listed, public, rows
from lapor.sop.vocabulary import OPEN, Status

LONGEST = 200  # characters of what is asked that count
MOST_WORDS = 12
LOOKED_THROUGH = 2_000  # of the newest reports one by one, before the index of words is asked
_SEPARATOR = "|"


class Sort(StrEnum):
    """Orders of the list."""

    NEWEST = "newest"
    SUPPORTED = "supported"
    WAITING = "waiting"


class Period(StrEnum):
    """How long ago a report came in, at most."""

    WEEK = "week"
    MONTH = "month"
    YEAR = "year"

    @property
    def days(self) -> int:
        """The length in days."""
        return {Period.WEEK: 7, Period.MONTH: 30, Period.YEAR: 365}[self]


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to: codes of institution, category and place (or a place's name), a status, a period."""

    agency: str = ""
    category: str = ""
    place: str = ""
    status: Status | None = None
    period: Period | None = None
    sort: Sort = Sort.NEWEST


@dataclass(frozen=True)
class Page:
    """One page of public reports. `older` is the cursor of the next, empty at the end.

    `place` names the place that was meant, where one was asked for; `unknown` are the filters that name nothing here;
    `only_small_words` tells that what was asked has no word to look for.
    """

    rows: tuple[PublicRow, ...]
    older: str = ""
    place: str = ""
    unknown: tuple[str, ...] = ()
    only_small_words: bool = False


@dataclass(frozen=True)
class _Meant:
    """The filters as rows of their tables; tags name them inside the words."""

    agency: Agency | None = None
    category: Category | None = None
    place: Place | None = None
    subjects: tuple[int, ...] = ()  # the category with its parts, and what was merged into them

    @property
    def tags(self) -> str:
        """The filters inside the words. A province has no tag of its own: any of its cities', or its own place's."""
        named = (("a", self.agency), ("p", self.place))
        alone = [f"'@{letter}{row.pk}'" for letter, row in named if row is not None and not self._is_province(row)]
        subjects = " | ".join(f"'@k{pk}'" for pk in self.subjects)
        return " & ".join([*alone, *([f"({subjects})"] if subjects else []), *self._cities()])

    def _cities(self) -> list[str]:
        if self.place is None or not self._is_province(self.place):
            return []
        below = [self.place.pk, *self.place.children.values_list("pk", flat=True)]
        return ["(" + " | ".join(f"'@p{city}'" for city in below) + ")"]

    @staticmethod
    def _is_province(row: Agency | Category | Place) -> bool:
        return isinstance(row, Place) and row.level == "province"

    @property
    def condition(self) -> Q:
        found = Q()
        if self.agency:
            found &= Q(listing__agency=self.agency.pk)
        if self.subjects:
            found &= Q(listing__category__in=self.subjects) if self.subjects[1:] else _one(self.subjects[0])
        if self.place:
            above = self.place.level in ("city", "province")
            found &= Q(**{f"listing__{self.place.level if above else 'place'}": self.place.pk})
        return found


def _one(category: int) -> Q:
    return Q(listing__category=category)


def search_public(words: str, filters: Filters, cursor: str = "", *, now: datetime, limit: int = PAGE) -> Page:
    """Return a page of the public reports that have every word asked for and pass every filter.

    One query for each filter that names something, up to four for words, one for a page without any. Whatever people
    type is read calmly: quotes hold words together, a minus leaves them out, anything that is no word is nothing.
    """
    meant, unknown = _meant(filters)
    place = place_name(meant.place)
    if unknown:
        return Page((), unknown=unknown, place=place)
    asked = plain_words(words)
    if asked and not _says_something(asked):
        return Page((), only_small_words=True, place=place)
    found = _after(_narrowed(meant, filters, now), filters.sort, cursor)
    reports = _found(found, asked, meant, filters.sort, limit + 1) if asked else list(found[: limit + 1])
    older = _cursor(reports[limit - 1], filters.sort) if len(reports) > limit else ""
    return Page(rows(reports[:limit]), older, place)


def similar_public(number: str, limit: int = 4) -> tuple[PublicRow, ...]:
    """Return the newest public reports that are about the same: any two words of the title, or category and place.

    Looked for only among the newest of the same institution that share a word. One query, none where nothing is known.
    """
    report = public().filter(number=number).select_related("listing").first()
    if report is None or not hasattr(report, "listing"):
        return ()
    title = plain_words(report.title).replace('"', " ").replace("-", " ")
    words = [word for word in title.split() if len(word) > 3][:8]
    pairs = [f"{first} {second}" for first, second in pairwise(words)] or words
    if not pairs:
        return ()
    tag = f"'@a{report.agency_id}'" if report.agency_id else ""
    query = Func(Value(" or ".join(pairs)), Value(tag), function="lapor_query", output_field=WordsField())
    found = listed().filter(listing__words__finds=query).exclude(pk=report.pk)
    return rows(found.order_by("-listing__received_at", "-listing__report")[:limit])


def plain_words(typed: str) -> str:
    """Return what was typed without control characters, cut to what a person means by a search."""
    visible = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in typed[: LONGEST * 4])
    return " ".join(visible.split()[:MOST_WORDS])[:LONGEST].strip()


def _says_something(asked: str) -> bool:
    """Tell whether there is a word to look for; only leaving words out ("-banjir") would read the whole table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT querytree(lapor_query(%s, '')) NOT IN ('', 'T')", [asked])
        return bool(cursor.fetchone()[0])


def _meant(filters: Filters) -> tuple[_Meant, tuple[str, ...]]:
    agency = Agency.objects.filter(code=filters.agency).first() if filters.agency else None
    category = Category.objects.filter(code=filters.category).first() if filters.category else None
    place = find_place(filters.place) if filters.place else None
    asked = {"agency": filters.agency, "category": filters.category, "place": filters.place}
    found = {"agency": agency, "category": category, "place": place}
    subjects = tuple(family(category.code)) if category else ()
    return _Meant(agency, category, place, subjects), tuple(
        name for name, typed in asked.items() if typed and not found[name]
    )


def find_place(typed: str) -> Place | None:
    """Return the place of a code or name, from a province down to a district, never finer. At most three queries."""
    places = Place.objects.select_related("parent")
    place = places.filter(code=typed).first() or places.filter(code=place_called(typed) or "-").first()
    return place.parent if place and place.level == "village" else place


def place_name(place: Place | None) -> str:
    """Name a place so that the name leads back to it: two places may share the first half."""
    if place is None:
        return ""
    return f"{place.name}, {place.parent.name}" if place.parent else place.name


def _found(found: QuerySet[Report], asked: str, meant: _Meant, sort: Sort, limit: int) -> list[Report]:
    """Return the first reports of an ordered list that have the words.

    Nobody knows beforehand whether a word is frequent. So the newest are looked through one by one first, which finds
    every frequent word at once; what is rarer has few places, and the index of words gives them all, to be sorted.
    """
    query = Func(Value(asked), Value(meant.tags), function="lapor_query", output_field=WordsField())
    hits = found.filter(listing__words__finds=query).values_list("pk", flat=True)
    ids = _newest(found, hits, limit) if sort is Sort.NEWEST else []
    if len(ids) < limit:
        # No index has the first order: the words' own index is used. The others go along few rows.
        by_words = (F("listing__received_at") + Value(timedelta(0))).desc(), "-listing__report"
        ids = list((hits.order_by(*by_words) if sort is Sort.NEWEST else hits)[:limit])
    reports = {report.pk: report for report in listed().filter(pk__in=ids)}
    return [reports[one] for one in ids if one in reports]


def _newest(found: QuerySet[Report], hits: QuerySet[Report, int], limit: int) -> list[int]:
    """Return the first hits among the newest LOOKED_THROUGH of a list; two narrow queries."""
    edge = found.values_list("listing__received_at", flat=True)[LOOKED_THROUGH : LOOKED_THROUGH + 1].first()
    return list(hits.filter(listing__received_at__gte=edge)[:limit]) if edge else []


def _narrowed(meant: _Meant, filters: Filters, now: datetime) -> QuerySet[Report]:
    found = listed().filter(meant.condition)
    if filters.status:
        found = found.filter(listing__status=str(filters.status))
    if filters.period:
        found = found.filter(listing__received_at__gte=now - timedelta(days=filters.period.days))
    return found


def _after(found: QuerySet[Report], sort: Sort, typed: str) -> QuerySet[Report]:
    """Put a list in order and begin it behind a cursor; a broken cursor begins at the top."""
    cursor = _read(typed, sort)
    match sort:
        case Sort.SUPPORTED:
            found = found.filter(listing__supports__gt=0).order_by("-listing__supports", "-listing__report")
            return found.filter(_below("supports", *cursor)) if cursor else found
        case Sort.WAITING:
            open_ones = Q(listing__status__in=[str(status) for status in OPEN])
            found = found.filter(open_ones).order_by("listing__received_at", "listing__report")
            return found.filter(_above(*cursor)) if cursor else found
        case Sort.NEWEST:
            found = found.order_by("-listing__received_at", "-listing__report")
            return found.filter(_below("received_at", *cursor)) if cursor else found


def _below(field: str, value: object, last: int) -> Q:
    same = Q(**{f"listing__{field}": value, "listing__report__lt": last})
    return Q(**{f"listing__{field}__lte": value}) & (Q(**{f"listing__{field}__lt": value}) | same)


def _above(value: object, last: int) -> Q:
    same = Q(listing__received_at=value, listing__report__gt=last)
    return Q(listing__received_at__gte=value) & (Q(listing__received_at__gt=value) | same)


def _cursor(report: Report, sort: Sort) -> str:
    value = (
        report.listing.supports if sort is Sort.SUPPORTED else report.listing.received_at.astimezone(UTC).isoformat()
    )
    return base64.urlsafe_b64encode(f"{value}{_SEPARATOR}{report.pk}".encode()).decode().rstrip("=")


def _read(cursor: str, sort: Sort) -> tuple[object, int] | None:
    """Return what a cursor says, None for an empty or broken one."""
    try:
        value, last = base64.urlsafe_b64decode(cursor[:120] + "=" * (-len(cursor[:120]) % 4)).decode().split(_SEPARATOR)
        if not (last.isascii() and last.isdigit() and len(last) < 19):
            return None
        if sort is Sort.SUPPORTED:
            return (int(value), int(last)) if value.isascii() and value.isdigit() and len(value) < 10 else None
        moment = datetime.fromisoformat(value)
        return (moment, int(last)) if moment.tzinfo else None
    except (ValueError, binascii.Error):
        return None
