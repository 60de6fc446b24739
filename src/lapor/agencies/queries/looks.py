"""How institutions look, for the pages at their own addresses."""

from __future__ import annotations

from dataclasses import dataclass

from lapor.agencies.models import Look


@dataclass(frozen=True)
class LookInfo:
    """Colour (empty for the house's own), motto, and the mark of the crest (empty where there is none)."""

    colour: str = ""
    motto: str = ""
    crest_mark: str = ""


def look_of(institution_id: int) -> LookInfo:
    """Return how an institution looks. One query, which leaves the picture where it is."""
    found = Look.objects.filter(pk=institution_id).values("colour", "motto", "crest_mark").first()
    return LookInfo(**found) if found else LookInfo()


def crest(mark: str) -> bytes | None:
    """Return the PNG with this mark; None when no institution shows it any more."""
    found = Look.objects.exclude(crest_mark="").filter(crest_mark=mark).values_list("crest", flat=True).first()
    return bytes(found) if found else None
