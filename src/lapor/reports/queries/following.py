"""Who follows: for the page behind a link in a letter, and for the letters themselves."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from lapor.reports.models import Follow, Support
from lapor.reports.people import known_as
from lapor.reports.queries.public import public


@dataclass(frozen=True)
class Following:
    """One follower of a report that is public now."""

    number: str
    title: str
    is_confirmed: bool


def following(ref: uuid.UUID) -> Following | None:
    """Return what a follower follows, None where the report is hidden or the follower gone. One query."""
    follow = Follow.objects.select_related("report").filter(ref=ref, report__in=public().values("pk")).first()
    return Following(follow.report.number, follow.report.title, follow.confirmed_at is not None) if follow else None


def supports(person: str, report: int) -> bool:
    """Tell whether this person supports this report. One query, none for somebody never seen."""
    return bool(person) and Support.objects.filter(report=report, supporter=known_as(person, report)).exists()
