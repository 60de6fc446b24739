"""The monthly report of a desk, read from the folded sheets: never more than the actor may know of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lapor.agencies.models import Agency, Category, Place
from lapor.agencies.refusals import UnknownAgency
from lapor.insights.facts import NONE, after_month
from lapor.insights.folding import added
from lapor.insights.scope import OBSERVERS, NoFigures
from lapor.insights.tally import Tally, total
from lapor.kernel.actor import Actor
from lapor.reports.models import MonthSheet
from lapor.sop.vocabulary import Channel, Classification, Role

MONTH, YEAR = MonthSheet.Span.MONTH, MonthSheet.Span.YEAR
ANY_INSTITUTION = (Role.NATIONAL_ADMIN, Role.KSP, Role.PANRB)
READERS = (*ANY_INSTITUTION, Role.AGENCY_ADMIN, Role.INSPECTORATE, Role.LIAISON, Role.HEAD)
DIMENSIONS = ("unit", "category", "channel", "classification", "district")
SERIES = 12  # months


@dataclass(frozen=True)
class Period:
    """A calendar month or year; `first` is its first local day."""

    first: date
    span: str

    @property
    def is_year(self) -> bool:
        """Tell whether it is a year."""
        return self.span == YEAR

    @property
    def last(self) -> date:
        """The last local day."""
        after = date(self.first.year + 1, 1, 1) if self.is_year else after_month(self.first)
        return after - timedelta(days=1)

    @property
    def before(self) -> Period:
        """The period of the same length before it."""
        last = self.first - timedelta(days=1)
        return Period(date(last.year, 1, 1) if self.is_year else last.replace(day=1), self.span)

    @property
    def after(self) -> Period:
        """The period of the same length after it."""
        return Period(self.last + timedelta(days=1), self.span)

    @property
    def months(self) -> list[date]:
        """The months of a year, or a month with the eleven before it: what its chart shows."""
        last = self.last.replace(day=1)
        found = [last]
        while len(found) < SERIES:
            found.insert(0, (found[0] - timedelta(days=1)).replace(day=1))
        return found

    @property
    def code(self) -> str:
        """The period as it stands in an address: 2026-03, or 2026."""
        return f"{self.first:%Y}" if self.is_year else f"{self.first:%Y-%m}"


def period_of(typed: str, today: date) -> Period:
    """Return the period an address names ("2026-03", "2026"); the month before today's for anything else."""
    year, _dash, month = typed.partition("-")
    usual = Period((today.replace(day=1) - timedelta(days=1)).replace(day=1), MONTH)
    if not (year.isascii() and year.isdecimal() and 2000 <= int(year[:5]) <= today.year):
        return usual
    if not month:
        return Period(date(int(year), 1, 1), YEAR)
    if month.isascii() and month.isdecimal() and 1 <= int(month[:3]) <= 12:
        return Period(date(int(year), int(month), 1), MONTH)
    return usual


@dataclass(frozen=True)
class Part:
    """What one unit, category, channel, kind or district adds; `code` names it in lists, empty for "none"."""

    name: str
    counts: Tally
    code: str = ""


@dataclass(frozen=True)
class Monthly:
    """The whole report. `secret` of its reports are secret; `made_at` is None when nothing was ever folded."""

    name: str
    institution: str
    period: Period
    counts: Tally
    before: Tally
    series: list[tuple[date, Tally]]
    parts: dict[str, list[Part]]
    secret: int
    without_secret: bool
    made_at: datetime | None
    zone: str


@dataclass(frozen=True)
class Reach:
    """Whose sheet an actor opens: a desk, or None for all institutions; and whether secret reports count in it."""

    desk: Agency | None
    with_secret: bool


def reach(actor: Actor, agency: str = "") -> Reach:
    """Return whose report this actor opens: its own, or an institution named by its code where the role sees all.

    Raises NoFigures for roles that have none, UnknownAgency for an institution that is not theirs. One query.
    """
    if actor.role not in READERS:
        raise NoFigures
    with_secret = actor.role not in OBSERVERS
    desks = Agency.objects.select_related("calendar")
    if actor.role in ANY_INSTITUTION:
        if not agency:
            return Reach(None, with_secret)
        found = desks.filter(code=agency, kind__in=(Agency.Kind.INSTITUTION, Agency.Kind.NATIONAL)).first()
    else:
        own = desks.filter(pk__in=[actor.desk])
        if actor.role is Role.INSPECTORATE:  # it may sit at a unit, and watches the whole institution
            own = desks.filter(pk__in=Agency.objects.filter(pk__in=[actor.desk]).values("institution"))
        found = own.filter(code=agency).first() if agency else own.first()
    if found is None:
        raise UnknownAgency(field="agency")
    return Reach(found, with_secret)


def monthly(seen: Reach, period: Period, *, openly: bool = False) -> Monthly:
    """Return the report of a period; with openly=True without secret reports, to be handed on. Six queries."""
    sheets = _sheets(seen, openly=openly)
    own = list(sheets.filter(span=period.span, first=period.first))
    counts, parts = added(own)
    before = total(sheets.filter(span=period.span, first=period.before.first).values_list("totals", flat=True))
    return Monthly(
        name=seen.desk.name if seen.desk else _("All institutions"),
        institution=seen.desk.code if seen.desk else "",
        period=period,
        counts=counts,
        before=before,
        series=_series(sheets, period),
        parts=_named(parts),
        secret=sum(sheet.totals.get("received", 0) for sheet in own if sheet.is_secret),
        without_secret=openly or not seen.with_secret,
        made_at=max((sheet.made_at for sheet in own), default=None),
        zone=seen.desk.calendar.zone if seen.desk else "Asia/Jakarta",
    )


def _sheets(seen: Reach, *, openly: bool) -> QuerySet[MonthSheet]:
    sheets = MonthSheet.objects.filter(desk=seen.desk)
    return sheets if seen.with_secret and not openly else sheets.filter(is_secret=False)


def _series(sheets: QuerySet[MonthSheet], period: Period) -> list[tuple[date, Tally]]:
    rows = list(sheets.filter(span=MONTH, first__in=period.months).values_list("first", "totals"))
    return [(month, total(totals for first, totals in rows if first == month)) for month in period.months]


def _named(parts: dict[str, dict[str, Tally]]) -> dict[str, list[Part]]:
    """Return the parts with their names, the most received first, what has none at the end."""
    names = {
        "unit": _names(Agency, parts.get("unit", ()), "name"),
        "category": _names(Category, parts.get("category", ()), "name_en" if _english() else "name_id"),
        "district": _names(Place, parts.get("district", ()), "name"),
        "channel": {word.value: (word.label(_language()), word.value) for word in Channel},
        "classification": {word.value: (word.label(_language()), word.value) for word in Classification},
    }
    found = {}
    for dimension in DIMENSIONS:
        rows = [_part(dimension, names, key, counts) for key, counts in parts.get(dimension, {}).items()]
        found[dimension] = sorted(rows, key=lambda part: (not part.code, -part.counts["received"], part.name))
    return found


def _part(dimension: str, names: dict[str, dict[str, tuple[str, str]]], key: str, counts: Tally) -> Part:
    none = {"unit": _("With no unit"), "category": _("No category"), "classification": _("Not classified")}
    name, code = names[dimension].get(key, (none.get(dimension, _("Unknown")), ""))
    return Part(name, counts, code)


def _names(
    table: type[Agency] | type[Category] | type[Place], keys: Iterable[str], column: str
) -> dict[str, tuple[str, str]]:
    ids = [int(key) for key in keys if key != NONE]
    if not ids:
        return {}
    rows = table._default_manager.filter(Q(pk__in=ids)).values_list("pk", column, "code")
    return {str(pk): (name, code) for pk, name, code in rows}


def _language() -> str:
    return get_language() or "id"


def _english() -> bool:
    return _language().startswith("en")
