"""The institution that an SMS keyword names (S38, S73, C3)."""

from __future__ import annotations

from lapor.agencies.models import Keyword
from lapor.agencies.queries.tree import AgencyInfo, agency_infos


def institution_for(keyword: str) -> AgencyInfo | None:
    """Return the receiving institution of a keyword, whatever its case, spaces and dots; None if nobody has it."""
    word = "".join(c for c in keyword.upper() if c.isalnum())
    agency = Keyword.objects.filter(word=word, agency__is_receiving=True).values_list("agency", flat=True).first()
    return agency_infos([agency])[agency] if agency else None
