"""Where and what reports are about, as forms offer it and as people type it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import Q

from lapor.agencies.models import Category, Place

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


def place_labels() -> list[str]:
    """Return every place below a province as people choose it: "Cakranegara Barat, Cakranegara"; one query."""
    rows = Place.objects.exclude(level="province").order_by("level", "name")
    return [f"{name}, {above}" for name, above in rows.values_list("name", "parent__name")]


def place_called(typed: str) -> str:
    """Return the code of the one place that was meant, or an empty text where none or several could be; one query."""
    name, *above = (part.strip() for part in typed.split(","))
    found = Place.objects.filter(_is_called("name", name))
    if above:
        found = found.filter(_is_called("parent__name", above[0]))
    codes = list(found.values_list("code", flat=True)[:2])
    return codes[0] if len(codes) == 1 else ""


def _is_called(field: str, typed: str) -> Q:
    """Match a name as typed, or without the word for its kind before it ("Kel. Ampenan Utara")."""
    return Q(**{f"{field}__iexact": typed}) | Q(**{f"{field}__iexact": _BEFORE_NAME.sub("", typed)})
