"""What the desk's forms offer: categories and places by the names people know."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from lapor.agencies.queries.subjects import category_groups, category_name, place_called
from lapor.agencies.queries.tags import tags_of
from lapor.agencies.queries.tree import AgencyInfo

MOST_TAGS = 20  # named in a hint


def categories(kept: str = "") -> list[Any]:
    """Return the categories in groups, in the reader's language, as a choice field takes them.

    `kept` is the code of one that is chosen already: it stays among them when it is no longer used.
    """
    english = (get_language() or "id").startswith("en")
    groups = [
        (
            group.name_en if english else group.name_id,
            [(code, name_en if english else name_id) for code, name_id, name_en in group.parts],
        )
        for group in category_groups()
    ]
    if not kept or any(code == kept for _group, parts in groups for code, _name in parts):
        return groups
    name = category_name(kept, english=english)
    return [*groups, (_("No longer used"), [(kept, name)])] if name else groups


def category_said(code: str) -> str:
    """Return a category as a filter names it, with a word where it is no longer used; up to two queries."""
    used = {known: str(name) for _group, parts in categories() for known, name in parts}
    if code in used:
        return used[code]
    name = category_name(code, english=(get_language() or "id").startswith("en"))
    return gettext("%(category)s (no longer used)") % {"category": name} if name else code


def kept_tags(desk: AgencyInfo) -> str:
    """Return the institution's own tags in use as a hint for a field, empty where it keeps none; one query."""
    words = [one.word for one in tags_of(desk.institution_id or desk.id) if one.is_active]
    return gettext("Your institution's tags: %(words)s.") % {"words": ", ".join(words[:MOST_TAGS])} if words else ""


def place_code(typed: str) -> str:
    """Return the code of the place a person typed, empty for an empty text; refuses one that cannot be told apart."""
    if not typed:
        return ""
    if code := place_called(typed):
        return code
    raise forms.ValidationError(_("We do not know this place, or there are several. Choose one from the list."))
