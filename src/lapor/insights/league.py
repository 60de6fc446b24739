"""Institutions side by side, with what a number needs to be understood: never a bare ranking.

Nothing here is sorted by a rate. Where few reports stand behind a rate, that is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lapor.agencies.models import Agency
from lapor.insights.monthly import Period, Reach
from lapor.insights.tally import Tally, total
from lapor.reports.models import MonthSheet

PAGE = 50
FEW = 30  # reports below which a rate says more about chance than about an institution
BY_NAME, BY_VOLUME = "name", "received"


@dataclass(frozen=True)
class Standing:
    """One institution's counts of a period."""

    code: str
    name: str
    counts: Tally

    @property
    def is_few(self) -> bool:
        """Tell whether too few reports came in to compare rates."""
        return self.counts["received"] < FEW


@dataclass(frozen=True)
class League:
    """One page of institutions, and all of them together; `pages` counts from 1."""

    rows: list[Standing]
    everybody: Tally
    institutions: int
    page: int
    pages: int


def league(seen: Reach, period: Period, *, by: str = BY_NAME, named: str = "", page: int = 1) -> League:
    """Return the institutions that received anything, by name or by volume; `named` is a part of their name.

    Two queries; no more rows are read than there are institutions.
    """
    sheets = MonthSheet.objects.filter(span=period.span, first=period.first, desk__kind=Agency.Kind.INSTITUTION)
    if not seen.with_secret:
        sheets = sheets.filter(is_secret=False)
    by_desk: dict[tuple[str, str], list[Mapping[str, int]]] = {}
    for code, name, totals in sheets.values_list("desk__code", "desk__name", "totals"):
        by_desk.setdefault((code, name), []).append(totals)
    everybody = [Standing(code, name, total(some)) for (code, name), some in by_desk.items()]
    rows = sorted(
        (one for one in everybody if named.casefold() in one.name.casefold()),
        key=lambda one: (-one.counts["received"] if by == BY_VOLUME else 0, one.name),
    )
    pages = max(1, -(-len(rows) // PAGE))
    page = min(max(1, page), pages)
    shown = rows[(page - 1) * PAGE : page * PAGE]
    return League(shown, total(one.counts for one in everybody), len(everybody), page, pages)
