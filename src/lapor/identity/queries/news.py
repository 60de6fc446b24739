"""By which way reporters want news."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from lapor.identity.models import NewsChoice

ANY, NONE = "any", "none"


def ways_of_news(refs: Iterable[UUID | None]) -> dict[tuple[UUID, str], str]:
    """Return what these reporters chose, by reference and report code (empty: for all reports). One query."""
    rows = NewsChoice.objects.filter(reporter__ref__in=[ref for ref in refs if ref])
    return {(ref, code): way for ref, code, way in rows.values_list("reporter__ref", "report_code", "way")}


def way_of_news(chosen: dict[tuple[UUID, str], str], ref: UUID, report_code: str) -> str:
    """Return the way for one report: its own choice, else the one for all, else "any"."""
    return chosen.get((ref, report_code)) or chosen.get((ref, "")) or ANY
