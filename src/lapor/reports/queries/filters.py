"""What an officer narrows the pile to. Each filter is a condition on reports that were already limited to the actor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from functools import reduce
from operator import or_
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Exists, Func, OuterRef, Q, Value

from lapor.agencies.models import Agency, Place
from lapor.agencies.queries.subjects import family
from lapor.agencies.queries.tags import words_meaning
from lapor.kernel.actor import Actor
from lapor.ledger.models import Entry
from lapor.reports.models import Disposition, Listing
from lapor.reports.models.listing import WordsField
from lapor.reports.queries.lateness import SOON_DAYS, Days
from lapor.reports.queries.search import plain_words
from lapor.sop.vocabulary import Role, Word

RARE = 5_000  # reports that a word may stand in and still be found in all of them at once


class Clock(Word):
    """How a report stands with what is due first."""

    LATE = "late", "Terlambat", "Late"
    TODAY = "today", "Jatuh tempo hari ini", "Due today"
    SOON = "soon", "Jatuh tempo segera", "Due soon"
    NONE = "none", "Tanpa tenggat berjalan", "Nothing due"


class YesNo(Word):
    """A property that a report has or has not."""

    YES = "yes", "Ya", "Yes"
    NO = "no", "Tidak", "No"


@dataclass(frozen=True)
class Filters:
    """What is asked for; empty fields ask nothing. Codes name category, place, unit; `officer` is an appointment.

    `first` and `last` are local days of the desk. `hops` and `supports` are least numbers. `unit` is the unit that
    answers, for the national desk the institution, for a unit its satuan kerja.
    """

    text: str = ""
    status: tuple[str, ...] = ()
    classification: str = ""
    category: str = ""
    tag: str = ""
    unit: str = ""
    officer: int | None = None
    channel: str = ""
    first: date | None = None
    last: date | None = None
    place: str = ""
    clock: str = ""
    anonymous: str = ""
    secret: str = ""
    hops: int | None = None
    supports: int | None = None
    rating: int | None = None
    returned: bool = False

    def __bool__(self) -> bool:
        """Tell whether anything is asked for."""
        return any(getattr(self, field.name) not in ("", (), None, False) for field in fields(self))

    @property
    def words(self) -> str:
        """The words to look for, without what no index knows."""
        return plain_words(self.text)

    @property
    def reads_beside(self) -> bool:
        """Tell whether tables beside the report must be read for each one that is looked at."""
        return bool(self.officer or self.hops or self.supports)

    @property
    def has_days(self) -> bool:
        """Tell whether a range of days is asked for."""
        return self.first is not None or self.last is not None


NOTHING = Filters()


def conditions(filters: Filters, actor: Actor, days: Days) -> Q:
    """Return every filter but the words as one condition; at most one query for each of category, place and unit."""
    found = Q()
    for part in _parts(filters, actor, days):
        found &= part
    return found


def leading(field: str, filters: Filters, days: Days) -> Q:
    """Return the filters on the field that leads the order: what is looked through begins and ends with them."""
    found = Q()
    if field == "due_ordinal" and filters.clock:
        found &= _due(filters.clock, days.ordinal)
    if field == "received_at":
        for part in received(filters, days.calendar.zone):
            found &= part
    return found


def _parts(asked: Filters, actor: Actor, days: Days) -> Iterator[Q]:
    plain = {"classification": asked.classification, "channel": asked.channel, "rating": asked.rating}
    yield from (Q(**{name: value}) for name, value in plain.items() if value)
    for name, value in (("is_anonymous", asked.anonymous), ("is_secret", asked.secret)):
        if value:
            yield Q(**{name: value == YesNo.YES})
    if asked.status:
        yield Q(status__in=asked.status)
    if asked.tag:
        yield reduce(or_, (Q(tags__contains=[word]) for word in words_meaning(actor, asked.tag)))
    if asked.returned:
        yield Q(unit_returns__gt=0) | Q(agency_returns__gt=0)
    if asked.clock:
        yield _due(asked.clock, days.ordinal)
    yield from _places(asked, actor)
    yield from _happened(asked, actor)
    yield from received(asked, days.calendar.zone)


def _places(asked: Filters, actor: Actor) -> Iterator[Q]:
    if asked.category:
        yield Q(category__in=family(asked.category))
    if asked.place:
        inside = Q(code=asked.place) | Q(parent__code=asked.place) | Q(parent__parent__code=asked.place)
        yield Q(place__in=list(Place.objects.filter(inside).values_list("pk", flat=True)))
    if asked.unit:
        column = {Role.NATIONAL_ADMIN: "agency", Role.LIAISON: "desk", Role.HEAD: "desk"}.get(actor.role, "unit")
        yield Q(**{f"{column}__in": list(Agency.objects.filter(code=asked.unit).values_list("pk", flat=True))})


def _happened(asked: Filters, actor: Actor) -> Iterator[Q]:
    """Yield what lies in tables beside the report: asked only for the rows that are looked through."""
    mine = OuterRef("pk")
    if asked.officer:
        acted = Entry.objects.filter(subject=mine, desk=actor.desk, appointment=asked.officer)
        yield Q(Exists(acted))
    if asked.hops:
        legs = Disposition.objects.filter(report=mine, is_lead=True).order_by("seq").values("pk")
        nth = legs[asked.hops : asked.hops + 1]  # the first leg is where the report came in
        yield Q(Exists(nth))
    if asked.supports:
        yield Q(Exists(Listing.objects.filter(report=mine, supports__gte=asked.supports)))


def _due(clock: str, today: int) -> Q:
    match clock:
        case Clock.LATE:
            return Q(due_ordinal__lt=today)
        case Clock.TODAY:
            return Q(due_ordinal=today)
        case Clock.SOON:
            return Q(due_ordinal__range=(today, today + SOON_DAYS))
    return Q(due_ordinal=None)


def received(asked: Filters, zone: str) -> Iterator[Q]:
    """Yield the range of days in which a report came in; `zone` names the desk's time zone."""
    midnight = time(tzinfo=ZoneInfo(zone))
    if asked.first:
        yield Q(received_at__gte=datetime.combine(asked.first, midnight))
    if asked.last:
        yield Q(received_at__lt=datetime.combine(date.fromordinal(asked.last.toordinal() + 1), midnight))


def says(words: str, actor: Actor) -> tuple[Q, bool]:
    """Return the condition that a report has all the words, and whether few enough have them to be found all at once.

    Stems as of the public search; tags keep an institution's and a unit's words apart. One query. What the planner
    expects, from the table's statistics, decides: counting would read what it should spare.
    """
    tags = {Role.AGENCY_ADMIN: f"'@a{actor.desk}'", Role.LIAISON: f"'@u{actor.desk}'", Role.HEAD: f"'@u{actor.desk}'"}
    tag = tags.get(actor.role, "")
    query = Func(Value(words), Value(tag), function="lapor_query", output_field=WordsField())
    with connection.cursor() as cursor:
        cursor.execute(
            "EXPLAIN (FORMAT JSON) SELECT 1 FROM reports_deskwords WHERE words @@ lapor_query(%s, %s)", [words, tag]
        )
        expected = cursor.fetchone()[0][0]["Plan"]["Plan Rows"]
    return Q(words__words__finds=query), expected <= RARE


def has_words(words: str) -> bool:
    """Tell whether there is a word to look for: not only small words, or words to leave out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT querytree(lapor_query(%s, '')) NOT IN ('', 'T')", [words])
        return bool(cursor.fetchone()[0])
