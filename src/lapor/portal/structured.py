"""What a public page says, once more for machines: schema.org in JSON-LD, made only of what the page itself shows."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import get_language

from lapor.agencies.queries.tree import AgencyInfo
from lapor.reports.queries.public import PublicReport, PublicRow
from lapor.reports.queries.score import Score
from lapor.sop.plain import status_said

_AT = "https://schema.org"


def of_report(found: PublicReport, address: str, *, comments: int) -> dict[str, Any]:
    """Return a public report as a posting: what was said, on which day, about what and where; never by whom."""
    row = found.row
    said = {
        "@context": _AT, "@type": "DiscussionForumPosting", "@id": address, "url": address, "identifier": row.number,
        "headline": row.title, "text": found.text, "inLanguage": "id", "datePublished": _day(row),
        "creativeWorkStatus": status_said(row.status, row.ending, get_language() or "id"),
        "about": {"@type": "Thing", "name": row.category} if row.category else None,
        "contentLocation": {"@type": "Place", "name": row.place} if row.place else None,
        "mentions": [
            {"@type": "GovernmentOrganization", "name": name} for name in dict.fromkeys((row.agency, row.unit)) if name
        ],
        "interactionStatistic": [_times("LikeAction", row.supports), _times("CommentAction", comments)],
    }  # fmt: skip
    return {name: value for name, value in said.items() if value}


def of_institution(at: AgencyInfo, numbers: Score, address: str) -> dict[str, Any]:
    """Return a score card as a dataset about its institution; each ending stands for itself."""
    counted = {
        "received": numbers.received, "in_time": numbers.in_time, "open": numbers.open,
        "unverified": numbers.unverified, "confirmed": numbers.confirmed,
        "silent": numbers.silent, "requested": numbers.requested,
        "objected": numbers.objected, "archived": numbers.archived, "escalated": numbers.escalated,
        "median_working_days": numbers.median_days,
    }  # fmt: skip
    return {
        "@context": _AT,
        "@type": "Dataset",
        "@id": address,
        "url": address,
        "name": f"LAPOR! {at.name}",
        "isAccessibleForFree": True,
        "about": {"@type": "GovernmentOrganization", "name": at.name},
        "variableMeasured": [
            {"@type": "PropertyValue", "name": name, "value": n} for name, n in counted.items() if n is not None
        ],
    }


def _day(row: PublicRow) -> str:
    return row.received_on.astimezone(ZoneInfo(row.zone)).date().isoformat()


def _times(action: str, n: int) -> dict[str, Any]:
    interaction = {"@type": f"{_AT}/{action}"}
    return {"@type": "InteractionCounter", "interactionType": interaction, "userInteractionCount": n}
