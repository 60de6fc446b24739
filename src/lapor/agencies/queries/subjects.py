"""Where and what reports are about, as forms offer it and as people type it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q
from django.db.models.functions import Coalesce, Upper

from lapor.agencies.models import Category, Place
from lapor.agencies.queries.points import Point, point_of

SHORTEST_NAME = 2  # letters, until places are looked for
# The words people put before a place's name; the list offers names without them.
_KINDS = r"kelurahan|kel|desa|kecamatan|kec|kota|kabupaten|kab|provinsi|prov"
_BEFORE_NAME = re.compile(rf"^({_KINDS})\b\.?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class CategoryGroup:
    """A subject with its parts, in both languages: (code, Indonesian, English)."""

    name_id: str
    name_en: str
    parts: tuple[tuple[str, str, str], ...]


def category_groups() -> list[CategoryGroup]:
    """Return the active categories by subject, as the tree orders them; one query."""
    rows = (
        Category.objects.filter(is_active=True)
        .order_by("pk")
        .values_list("pk", "parent_id", "code", "name_id", "name_en")
    )
    groups: dict[int, CategoryGroup] = {}
    parts: dict[int, list[tuple[str, str, str]]] = {}
    for pk, parent, code, name_id, name_en in rows:
        if parent is None:
            groups[pk] = CategoryGroup(name_id, name_en, ())
        parts.setdefault(parent or pk, []).append((code, name_id, name_en))
    return [CategoryGroup(one.name_id, one.name_en, tuple(parts[pk])) for pk, one in groups.items()]


def current_code(code: str) -> str:
    """Return the code of the category that this one was merged into, else the code itself; one query."""
    row = Category.objects.filter(code=code).values_list("code", "merged_into__code").first()
    return (row[1] or row[0]) if row else code


def current_codes() -> dict[str, str]:
    """Return today's code of every category that was merged into another, by its own; one query."""
    merged = Category.objects.filter(merged_into__isnull=False)
    return dict(merged.values_list("code", "merged_into__code"))


def category_name(code: str, *, english: bool) -> str:
    """Return a category's name, also of one that is no longer used; empty for an unknown code. One query."""
    column = "name_en" if english else "name_id"
    return Category.objects.filter(code=code).values_list(column, flat=True).first() or ""


def family(code: str) -> list[int]:
    """Return a category with its parts and whatever was merged into any of them, as ids; one query.

    Reports filed under a merged category are found under the one it was merged into, whichever of the two is named.
    """
    root = Category.objects.filter(code=code).annotate(root=Coalesce("merged_into", "pk")).values("root")
    ways = ("pk", "parent", "merged_into", "merged_into__parent", "parent__merged_into")
    found = Category.objects.filter(reduce(or_, (Q(**{f"{way}__in": root}) for way in ways)))
    return list(found.order_by("pk").values_list("pk", flat=True))


def provinces() -> list[str]:
    """Return the names of the provinces, in order; one query."""
    return list(Place.objects.filter(level="province").order_by("name").values_list("name", flat=True))


PLACES = 8  # offered at once


@dataclass(frozen=True)
class PlaceFound:
    """A place as it is offered: "Bintaro, Ampenan, Kota Mataram", and roughly where it lies."""

    label: str
    point: Point | None


def places_like(typed: str) -> list[PlaceFound]:
    """Return up to eight places whose name begins as typed, the larger first.

    The word for its kind may stand before the name. One query, answered from an index.
    """
    name = _BEFORE_NAME.sub("", typed.partition(",")[0].strip())
    names = {found for found in (typed.strip(), name) if len(found) >= SHORTEST_NAME}
    if not names:
        return []
    wanted = reduce(or_, (Q(name__istartswith=found) for found in names))
    found = Place.objects.filter(wanted).exclude(level="province").order_by("level", "name", "pk")
    rows = found.values_list("code", "name", "parent__name", "parent__level", "parent__parent__name")
    return [PlaceFound(_label(*names), point_of(code)) for code, *names in rows[:PLACES]]


def _label(name: str, above: str | None, level: str | None, top: str | None) -> str:
    """Return a place with what it lies in, up to its city."""
    around = [above, top if level == "district" else None]
    return ", ".join([name, *(one for one in around if one)])


MOST_NAMES = 150  # looked up at once: more, and the database would rather read the whole table


def places_named(names: Iterable[str]) -> list[str]:
    """Return the names of the places that are called so, in any letters, with and without the word for their kind.

    The first MOST_NAMES different ones are looked up. One query, answered from an index.
    """
    loud = list(dict.fromkeys(name.upper() for name in names))[:MOST_NAMES]
    found = Place.objects.annotate(loud=Upper("name")).filter(loud__in=loud).values_list("name", flat=True).distinct()
    return [*found, *(_BEFORE_NAME.sub("", name) for name in found)]


def place_called(typed: str) -> str:
    """Return the code of the one place that was meant, or an empty text where none or several could be.

    The name as typed goes first, then without the word for its kind: "Kel. Ampenan Utara". At most two queries.
    """
    parts = [part.strip() for part in typed.split(",")]
    for names in (parts, [_BEFORE_NAME.sub("", part) for part in parts]):
        codes = _codes_of(names)
        if codes:
            return codes[0] if len(codes) == 1 else ""
    return ""


def _codes_of(names: list[str]) -> list[str]:
    """Return the codes of up to two places with this name, and the names of what they lie in where those were typed."""
    found = Place.objects.filter(name__iexact=names[0])
    for above, name in zip(("parent", "parent__parent"), names[1:], strict=False):
        same = {f"{above}__name__iexact": name}, {f"{above}__name__iexact": _BEFORE_NAME.sub("", name)}
        found = found.filter(Q(**same[0]) | Q(**same[1]))
    return list(found.values_list("code", flat=True)[:2])
