"""What an institution's admin keeps in order: units, keywords and rules; and a try of the rules."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from lapor.agencies.models import Agency, Category, Keyword, Place, RoutingRule, Template
from lapor.agencies.queries.routing import Suggestion, suggested_unit


@dataclass(frozen=True)
class UnitRow:
    """A unit or satuan kerja; `depth` is 0 for what stands directly below the institution."""

    code: str
    name: str
    short_name: str
    depth: int
    is_receiving: bool


@dataclass(frozen=True)
class RuleRow:
    """One rule in words."""

    id: int
    category: str
    place: str
    unit: str
    is_receiving: bool


def unit_tree(institution_id: int) -> list[UnitRow]:
    """Return an institution's units, each with those below it, those that were let go too; one query."""
    rows = list(Agency.objects.filter(institution=institution_id).exclude(pk=institution_id).order_by("name", "pk"))
    below: dict[int | None, list[Agency]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)
    return _walk(below, institution_id, 0)


def _walk(below: dict[int | None, list[Agency]], parent: int, depth: int) -> list[UnitRow]:
    found: list[UnitRow] = []
    for row in below.get(parent, []):
        found.append(UnitRow(row.code, row.name, row.short_name, depth, row.is_receiving))
        found += _walk(below, row.pk, depth + 1)
    return found


def keywords_of(institution_id: int) -> list[tuple[int, str]]:
    """Return an institution's keywords as (id, word); one query."""
    return list(Keyword.objects.filter(agency=institution_id).order_by("word").values_list("pk", "word"))


def rules_of(institution_id: int) -> list[RuleRow]:
    """Return an institution's rules by category; one query."""
    rows = RoutingRule.objects.filter(institution=institution_id).select_related("category", "place", "unit")
    return [
        RuleRow(row.pk, row.category.name, row.place.name if row.place else "", row.unit.name, row.unit.is_receiving)
        for row in rows.order_by("category__name_id", "place__name", "pk")
    ]


def try_rules(institution_id: int, category: str, place: str) -> Suggestion | None:
    """Return where a report of this category and place (codes) would be suggested to go, by the very rules in force."""
    subject = Category.objects.filter(code=category).first()
    where = Place.objects.filter(code=place).first() if place else None
    return suggested_unit(institution_id, subject, where)


@dataclass(frozen=True)
class CategoryRow:
    """One category of the tree; `above` is the code of its subject, `becomes` the name of what it was merged into."""

    code: str
    name_id: str
    name_en: str
    above: str
    is_active: bool
    becomes: str


def category_tree() -> list[CategoryRow]:
    """Return every category, each subject before its parts, those no longer used too; one query."""
    rows = list(Category.objects.select_related("parent", "merged_into").order_by("pk"))
    tops = [row for row in rows if row.parent_id is None]
    parts: dict[int, list[Category]] = {}
    for row in rows:
        if row.parent_id:
            parts.setdefault(row.parent_id, []).append(row)
    return [_category_row(one) for top in tops for one in (top, *parts.get(top.pk, ()))]


def _category_row(row: Category) -> CategoryRow:
    return CategoryRow(
        code=row.code,
        name_id=row.name_id,
        name_en=row.name_en,
        above=row.parent.code if row.parent else "",
        is_active=row.is_active,
        becomes=row.merged_into.name if row.merged_into else "",
    )


@dataclass(frozen=True)
class Following:
    """What goes over when a category is merged; `doubled` are rules for which the other has one already."""

    rules: int
    doubled: tuple[str, ...]
    texts: int


def following(code: str, into: str) -> Following:
    """Return what merging one category (code) into another would move; nothing is changed. Three queries."""
    rules = RoutingRule.objects.filter(category__code=code).select_related("institution", "place")
    taken = set(RoutingRule.objects.filter(category__code=into).values_list("institution_id", "place_id"))
    rows = list(rules.order_by("institution__name", "pk"))
    doubled = [row for row in rows if (row.institution_id, row.place_id) in taken]
    named = (" · ".join(filter(None, (row.institution.name, row.place.name if row.place else ""))) for row in doubled)
    texts = Template.objects.filter(category__code=code).count()
    return Following(len(rows) - len(doubled), tuple(named), texts)


def subjects() -> list[tuple[str, str]]:
    """Return the categories in use as (code, name), those that stand above others among them; one query."""
    rows = Category.objects.filter(Q(is_active=True)).select_related("parent").order_by("pk")
    return [(row.code, f"{row.parent.name} › {row.name}" if row.parent else row.name) for row in rows]
