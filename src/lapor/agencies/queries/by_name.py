"""Places and categories by the names that people and exports give them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F, Q

from lapor.agencies.models import Category, Place
from lapor.agencies.names import plain


class PlaceNames:
    """The places known, by name; read once, in one query."""

    def __init__(self) -> None:
        self._below: dict[tuple[int | None, str], Place] = {}
        self._provinces: dict[str, str] = {}
        places = {place.pk: place for place in Place.objects.all()}
        for place in places.values():
            self._below[place.parent_id, plain(place.name)] = place
            if place.level == "city" and place.parent_id:
                self._provinces[plain(place.name)] = places[place.parent_id].name

    def find(self, names: Sequence[str]) -> tuple[str, int]:
        """Return the code of the deepest place that the names lead to, and how many of them were understood.

        `names` are province, city, district, village, as far as known. A city named without its kind is the regency:
        "Bandung" is Kabupaten Bandung, as exports mean it. The code is "" when not even the province is known.
        """
        found: Place | None = None
        for depth, name in enumerate(names):
            above = found.pk if found else None
            match = self._below.get((above, plain(name))) or self._below.get((above, f"kabupaten {plain(name)}"))
            if match is None:
                return (found.code if found else ""), depth
            found = match
        return (found.code if found else ""), len(names)

    def province_of(self, city: str) -> str:
        """Return the name of the province in which a city or regency ("kota surabaya") lies, or ""."""
        return self._provinces.get(plain(city), "")


def category_codes() -> dict[str, str]:
    """Return the code of every category in use by its code and by its plain names in both languages.

    The names of one that was merged lead to the one it was merged into.
    """
    codes: dict[str, str] = {}
    known = Category.objects.filter(Q(is_active=True) | Q(merged_into__is_active=True)).select_related("merged_into")
    for category in known.order_by(F("merged_into").asc(nulls_first=True), "pk"):
        for name in (category.code, category.name_id, category.name_en):
            codes.setdefault(plain(name), (category.merged_into or category).code)
    return codes
