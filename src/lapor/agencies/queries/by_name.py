"""Places and categories by the names that people and exports give them."""

from __future__ import annotations

from collections.abc import Sequence

from lapor.agencies.models import Category, Place
from lapor.agencies.names import plain

LEVELS = ("province", "city", "district", "village")


def find_place(names: Sequence[str]) -> tuple[str, int]:
    """Return the code of the deepest place that the names lead to, and how many of them were understood.

    `names` are province, city, district, village, as far as known. A city named without its kind is the regency:
    "Bandung" is Kabupaten Bandung, as exports mean it. Code "" when not even the province is known. A query a level.
    """
    found: Place | None = None
    for depth, (level, name) in enumerate(zip(LEVELS, names, strict=False)):
        below = Place.objects.filter(level=level, parent=found)
        same = {plain(place.name): place for place in below} if name else {}
        match = same.get(plain(name)) or same.get(f"kabupaten {plain(name)}")
        if match is None:
            return (found.code if found else ""), depth
        found = match
    return (found.code if found else ""), len(names)


def province_of_city(name: str) -> str:
    """Return the name of the province in which a city or regency ("kota surabaya") lies, or ""."""
    for place in Place.objects.filter(level="city").select_related("parent"):
        if plain(place.name) == plain(name) and place.parent:
            return place.parent.name
    return ""


def category_codes() -> dict[str, str]:
    """Return the code of every category in use by its code and by its plain names in both languages."""
    codes: dict[str, str] = {}
    for category in Category.objects.filter(is_active=True):
        for name in (category.code, category.name_id, category.name_en):
            codes.setdefault(plain(name), category.code)
    return codes
