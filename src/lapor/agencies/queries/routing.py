"""Which unit a report probably belongs to (S8): the institution's rule for its category and place."""

from __future__ import annotations

from dataclasses import dataclass

from lapor.agencies.models import Category, Place, RoutingRule


@dataclass(frozen=True)
class Suggestion:
    """A unit, and why: the category and, where the rule is that narrow, the place."""

    code: str
    name: str
    category_id: str
    category_en: str
    place: str


def suggested_unit(institution: int, category: Category | None, place: Place | None) -> Suggestion | None:
    """Return the receiving unit of the narrowest rule that fits, or None. A place costs a query for each level above.

    A rule for a place holds for what lies in it, a rule for a subject for its parts.
    """
    if category is None:
        return None
    category = category.merged_into or category
    subjects = [category.pk, category.parent_id]
    rules = RoutingRule.objects.filter(institution=institution, category__in=subjects, unit__is_receiving=True)
    around = _around(place)
    fitting = [rule for rule in rules.select_related("unit", "category", "place") if rule.place_id in (None, *around)]
    if not fitting:
        return None
    best = min(fitting, key=lambda rule: (_rank(rule.place_id, around), subjects.index(rule.category_id)))
    return Suggestion(
        code=best.unit.code,
        name=best.unit.name,
        category_id=best.category.name_id,
        category_en=best.category.name_en,
        place=best.place.name if best.place else "",
    )


def _around(place: Place | None) -> list[int]:
    """Return a place and those it lies in, narrowest first."""
    found: list[int] = []
    while place is not None:
        found.append(place.pk)
        place = place.parent
    return found


def _rank(place: int | None, around: list[int]) -> int:
    return len(around) if place is None else around.index(place)
