"""What was done before with reports like this one: where they went, and what was answered. Public ones only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from lapor.reports.models import Listing, Response
from lapor.reports.queries.public import PublicRow, listed, rows
from lapor.sop.vocabulary import Audience, CloseReason, ResponseKind, Status

LOOKED_AT = 1_000  # newest public reports of the institution
COUNTED = 100  # of the category among them
ANSWERS = (str(ResponseKind.FOLLOW_UP), str(ResponseKind.FIRST_RESPONSE))


@dataclass(frozen=True)
class Went:
    """Where one earlier report went: the unit's code, and its district's id where it has one."""

    unit: str
    place: int | None


@dataclass(frozen=True)
class Answered:
    """The newest public answer to a report."""

    kind: ResponseKind
    text: str
    at: datetime


def disposed_like(agency: int, category: int) -> list[Went]:
    """Return the units of the institution's newest public reports of this category, at most COUNTED.

    Those of a unit that was merged count for the one that took its work over.
    Looks at the newest LOOKED_AT only, so its cost does not grow with the table. One query.
    """
    newest = Listing.objects.filter(agency=agency).order_by("-received_at", "-report").values("report")[:LOOKED_AT]
    about = Q(category=category) | Q(category__merged_into=category)
    today = Q(report__unit__is_receiving=True) | Q(report__unit__merged_into__is_receiving=True)
    went = Listing.objects.filter(about, today, report__in=newest).order_by("-received_at", "-report")
    found = went.values_list("report__unit__merged_into__code", "report__unit__code", "place")[:COUNTED]
    return [Went(heir or unit, place) for heir, unit, place in found]


def confirmed_public(reports: Iterable[int]) -> tuple[PublicRow, ...]:
    """Return those of these reports (ids) that are public and that their reporters confirmed as done. One query."""
    done = {"status": str(Status.CLOSED), "close_reason": str(CloseReason.CONFIRMED)}
    return rows(listed().filter(pk__in=list(reports), **done))


def answers_to(reports: Iterable[int]) -> dict[int, Answered]:
    """Return the newest public answer to each of these reports (ids); a follow-up before an acknowledgement.

    One query. The reports must be public: who asks has found them by `queries.public`.
    """
    given = Response.objects.filter(report__in=list(reports), kind__in=ANSWERS, audience=str(Audience.PUBLIC))
    best = sorted(given, key=lambda row: (row.kind == ANSWERS[0], row.at, row.pk))
    return {row.report_id: Answered(ResponseKind(row.kind), row.text, row.at) for row in best}
