"""How well suggestions agree with officers at every institution, for the Admin Pusat: counts, and nothing to switch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from lapor.agencies.models import Agency
from lapor.kernel.actor import Actor
from lapor.reports.models import SuggestionCount, SuggestionSwitch
from lapor.reports.queries.suggestions import FIELDS, MONTHS, Agreement, month_before
from lapor.sop.vocabulary import Role

PAGE = 50
LATELY = 3  # months, this one with them


@dataclass(frozen=True)
class HouseStanding:
    """One institution: whether its officers see this kind, its figures of twelve months, and of the last LATELY."""

    name: str
    is_shown: bool
    total: Agreement
    lately: Agreement


@dataclass(frozen=True)
class HousesPage:
    """One page of institutions, counted from 1; `has_more` tells whether another follows."""

    rows: Sequence[HouseStanding]
    page: int
    has_more: bool


def houses_compared(actor: Actor, kind: str, today: date, *, page: int = 1) -> HousesPage:
    """Return the institutions that compared suggestions of this kind within twelve months, by name: no ranking.

    Empty for anybody but the Admin Pusat. Three queries; only the counts of the PAGE institutions shown are summed.
    """
    if actor.role is not Role.NATIONAL_ADMIN:
        return HousesPage([], 1, has_more=False)
    counts = SuggestionCount.objects.filter(kind=kind, month__gte=month_before(today, MONTHS - 1))
    houses = Agency.objects.filter(Exists(counts.filter(agency=OuterRef("pk")))).order_by("name", "pk")
    first = (page - 1) * PAGE
    found = list(houses.values_list("pk", "name")[first : first + PAGE + 1])
    shown = dict(found[:PAGE])
    figures = _figures(counts.filter(agency__in=shown), today)
    switches = SuggestionSwitch.objects.filter(agency__in=shown, kind=kind, is_shown=True)
    seen = set(switches.values_list("agency", flat=True))
    rows = [HouseStanding(name, house in seen, *figures[house]) for house, name in shown.items()]
    return HousesPage(rows, page, len(found) > PAGE)


def _figures(counts: QuerySet[SuggestionCount], today: date) -> dict[int, tuple[Agreement, Agreement]]:
    """Return the figures of each institution: of all these counts, and of the last months of them."""
    lately = Q(month__gte=month_before(today, LATELY - 1))
    total = {f"all_{field}": Sum(field) for field in FIELDS}
    newest = {f"new_{field}": Sum(field, filter=lately, default=0) for field in FIELDS}
    rows = counts.order_by().values_list("agency").annotate(**total, **newest)
    return {house: (Agreement(*sums[: len(FIELDS)]), Agreement(*sums[len(FIELDS) :])) for house, *sums in rows}
