"""What the desk's forms offer: categories and places by the names people know."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lapor.agencies.queries.subjects import category_groups, place_called


def categories() -> list[Any]:
    """Return the categories in groups, in the reader's language, as a choice field takes them."""
    english = (get_language() or "id").startswith("en")
    return [
        (
            group.name_en if english else group.name_id,
            [(code, name_en if english else name_id) for code, name_id, name_en in group.parts],
        )
        for group in category_groups()
    ]


def place_code(typed: str) -> str:
    """Return the code of the place a person typed, empty for an empty text; refuses one that cannot be told apart."""
    if not typed:
        return ""
    if code := place_called(typed):
        return code
    raise forms.ValidationError(_("We do not know this place, or there are several. Choose one from the list."))
