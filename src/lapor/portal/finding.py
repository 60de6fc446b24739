"""What a public list was asked for: read from the address, whatever stands there, and written back into it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lapor.reports.queries.search import LONGEST, Filters, Period, Sort, plain_words
from lapor.sop.plain import status_said
from lapor.sop.vocabulary import Status

SORTS = {Sort.NEWEST: _("Newest"), Sort.SUPPORTED: _("Most supported"), Sort.WAITING: _("Waiting longest")}
PERIODS = {Period.WEEK: _("Last 7 days"), Period.MONTH: _("Last 30 days"), Period.YEAR: _("Last 12 months")}
LONGEST_CODE = 80


@dataclass(frozen=True)
class Chip:
    """One filter in force: what it says, and the address without it."""

    text: str
    without: str


@dataclass(frozen=True)
class Wanted:
    """Words and filters; `own` is the institution of the address itself, which is no filter to take away."""

    words: str
    filters: Filters
    own: str = ""

    @classmethod
    def of(cls, asked: Any, own: str = "") -> Wanted:
        """Read a query string; what is not one of the filters is no filter."""
        filters = Filters(
            agency=own or _plain(asked.get("agency", "")),
            category=_plain(asked.get("category", "")),
            place=_plain(asked.get("place", "")),
            status=_among(Status, asked.get("status", "")),
            period=_among(Period, asked.get("period", "")),
            sort=_among(Sort, asked.get("sort", "")) or Sort.NEWEST,
        )
        return cls(plain_words(asked.get("q", "")), filters, own)

    def led_on(self, category: str) -> Wanted:
        """Return the same for another category: the one that a merged one became."""
        return self._but(category=category)

    def query(self) -> str:
        """Return the query string that asks for the same again, without the cursor."""
        given = self.filters
        said = {
            "q": self.words, "agency": "" if self.own else given.agency, "category": given.category,
            "place": given.place, "status": given.status, "period": given.period,
            "sort": "" if given.sort is Sort.NEWEST else given.sort,
        }  # fmt: skip
        return urlencode({name: str(value) for name, value in said.items() if value})

    def place_query(self) -> str:
        """Return the query string that asks the map for the same institution and place."""
        said = {"agency": "" if self.own else self.filters.agency, "place": self.filters.place}
        return urlencode({name: value for name, value in said.items() if value})

    def chips(self, names: dict[str, str]) -> list[Chip]:
        """Return the filters in force; `names` are those of institution and category by code."""
        given = self.filters
        language = get_language() or "id"
        parts: list[tuple[str, Wanted]] = []
        if self.words:
            parts.append((f"“{self.words}”", replace(self, words="")))
        if given.agency and not self.own:
            parts.append((names.get(given.agency, given.agency), self._but(agency="")))
        if given.category:
            parts.append((names.get(given.category, given.category), self._but(category="")))
        if given.place:
            parts.append((names.get("place") or given.place, self._but(place="")))
        if given.status:
            parts.append((status_said(given.status, language=language), self._but(status=None)))
        if given.period:
            parts.append((str(PERIODS[given.period]), self._but(period=None)))
        return [Chip(text, f"?{without.query()}") for text, without in parts]

    def _but(self, **changed: Any) -> Wanted:
        return replace(self, filters=replace(self.filters, **changed))


def _plain(typed: str) -> str:
    return plain_words(typed)[: min(LONGEST_CODE, LONGEST)]


def _among(kind: Any, typed: str) -> Any:
    return kind(typed) if typed in set(kind) else None
