"""Which unit a report probably belongs to (S8): the institution's rule for its category and place."""

from __future__ import annotations

from collections.abc import Iterator
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
    around = [level.pk for level in upward(place)]
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


def upward(place: Place | None) -> Iterator[Place]:
    """Yield a place and those it lies in, the narrowest first; a query for each level above."""
    while place is not None:
        yield place
        place = place.parent


def _rank(place: int | None, around: list[int]) -> int:
    return len(around) if place is None else around.index(place)
