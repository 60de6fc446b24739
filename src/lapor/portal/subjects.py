"""Places and categories in the reader's language, for the form."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language

from lapor.agencies.queries import subjects
from lapor.agencies.queries.subjects import CategoryGroup, place_called, places_like

__all__ = ["categories", "name_of", "names_of", "place_called", "places_like"]


def categories() -> list[Any]:
    """Return the choices of the category field: subjects with their parts."""
    english = (get_language() or "id").startswith("en")
    return [_group(one, english=english) for one in subjects.category_groups()]


def names_of(groups: list[Any]) -> dict[str, str]:
    """Return the name of each category by its code."""
    return {code: name for _, parts in groups for code, name in parts}


def name_of(code: str) -> str:
    """Return a category's name, also of one that is no longer used; empty for an unknown code. One query."""
    return subjects.category_name(code, english=(get_language() or "id").startswith("en"))


def _group(one: CategoryGroup, *, english: bool) -> tuple[str, list[tuple[str, str]]]:
    return one.name_en if english else one.name_id, [(code, en if english else id_) for code, id_, en in one.parts]
