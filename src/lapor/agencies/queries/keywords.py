"""The institution that an SMS keyword names (S38, S73, C3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lapor.agencies.models import Keyword
from lapor.agencies.queries.tree import AgencyInfo, agency_infos


def institution_for(keyword: str) -> AgencyInfo | None:
    """Return the receiving institution of a keyword, whatever its case, spaces and dots; None if nobody has it."""
    word = "".join(c for c in keyword.upper() if c.isalnum())
    agency = Keyword.objects.filter(word=word, agency__is_receiving=True).values_list("agency", flat=True).first()
    return agency_infos([agency])[agency] if agency else None


@dataclass(frozen=True)
class Found:
    """A keyword that somebody wrote, and the code of the receiving institution it names."""

    word: str
    agency: str


def longest_keyword(words: Iterable[str]) -> Found | None:
    """Return the longest of these that is a keyword (upper case, without spaces and dots); None for none. One query."""
    rows = Keyword.objects.filter(word__in=list(words), agency__is_receiving=True).values_list("word", "agency__code")
    found = max(rows, key=lambda row: len(row[0]), default=None)
    return Found(*found) if found else None
