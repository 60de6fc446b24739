"""Where a report belongs: the unit that its category leads to (S8), the institution that an SMS keyword names."""

from __future__ import annotations

from lapor.agencies.models import Category, Keyword, Place, RoutingRule
from lapor.agencies.queries.tree import AgencyInfo, agency_infos


def unit_for(institution_id: int, category: str, place: str = "") -> AgencyInfo | None:
    """Return the receiving unit to which a category's code leads within an institution, None where no rule says so.

    A rule for the place or a place around it goes before one for anywhere; a rule for the category before one for the
    category above it. Four queries.
    """
    categories = _upwards(Category.objects.filter(code=category).values_list("pk", "parent_id").first())
    around = [place[:length] for length in (13, 8, 5, 2)]  # codes of places hold those around them: 52.71.03.1012
    places = list(dict(Place.objects.filter(code__in=around).order_by("-code").values_list("pk", "code")))
    rules = RoutingRule.objects.filter(institution=institution_id, category__in=categories, unit__is_receiving=True)
    found = {(rule.category_id, rule.place_id): rule.unit_id for rule in rules}
    for subject in categories:
        for where in (*places, None):
            if unit := found.get((subject, where)):
                return agency_infos([unit])[unit]
    return None


def institution_for(keyword: str) -> AgencyInfo | None:
    """Return the institution of an SMS keyword, however its case, spaces and dots (S38, S73, C3); None if unknown."""
    word = "".join(c for c in keyword.upper() if c.isalnum())
    agency = Keyword.objects.filter(word=word, agency__is_receiving=True).values_list("agency", flat=True).first()
    return agency_infos([agency])[agency] if agency else None


def _upwards(found: tuple[int, int | None] | None) -> list[int]:
    return [category for category in found or () if category]
