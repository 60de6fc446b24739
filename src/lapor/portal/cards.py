"""Public reports as the shared card draws them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from lapor.portal.tenant import Ways
from lapor.reports.queries.public import PublicRow
from lapor.sop.vocabulary import Status

CUT = " …"  # ends a title that was cut from a longer text


@dataclass(frozen=True)
class Card:
    """One report in a list that is read."""

    title: str
    text: str
    url: str
    status: Status
    agency_name: str
    category: str
    district: str
    received_at: datetime
    zone: str
    supports: int = 0
    ending: str = ""


def cards(rows: Iterable[PublicRow], ways: Ways | None = None) -> list[Card]:
    """Return the rows as cards; they lead where `ways` say, else to the common address."""
    ways = ways or Ways()
    return [
        Card(
            title=row.title,
            text=_rest(row.title, row.excerpt),
            url=ways.report(row.number),
            status=row.status,
            agency_name=row.unit or row.agency,
            category=row.category,
            district=row.place,
            received_at=row.received_on,
            zone=row.zone,
            supports=row.supports,
            ending=row.ending,
        )
        for row in rows
    ]


def _rest(title: str, text: str) -> str:
    """Return what the text says beyond a title that was taken from its beginning."""
    begun = title.removesuffix(CUT)
    if not text.startswith(begun):
        return text
    rest = text[len(begun) :].lstrip(" .!?")
    return f"… {rest}" if rest and title.endswith(CUT) else rest
