"""The honest numbers of one institution: maintained counts, and how many steps of late were in time; never added up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lapor.agencies.models import Agency
from lapor.reports.models import Count, Report
from lapor.reports.models.count import OPENLY
from lapor.reports.models.report import IS_OPEN
from lapor.reports.refusals import NotFound
from lapor.sop.vocabulary import OPEN, CloseReason, Status


@dataclass(frozen=True)
class ScoreCard:
    """Counts of one institution's reports without the secret ones, as of the worker's last round.

    Each ending stands for itself (C19): silence is no success. `oldest_unverified` is when the oldest report came in
    that nobody has read.
    """

    received: int
    open: int
    unverified: int
    confirmed: int
    silent: int
    requested: int
    archived: int
    escalated: int
    oldest_unverified: datetime | None


def score_card(agency: str) -> ScoreCard:
    """Return an institution's numbers by its code. Raises NotFound. Three queries."""
    desk = Agency.objects.filter(code=agency, kind=Agency.Kind.INSTITUTION).first()
    if desk is None:
        raise NotFound
    rows = Count.objects.filter(desk=desk, key__startswith=OPENLY).values_list("key", "n")
    counts = {key.removeprefix(OPENLY): max(0, n) for key, n in rows}
    unread = Report.objects.filter(IS_OPEN, agency=desk, status=str(Status.UNVERIFIED), is_secret=False)
    oldest = unread.order_by("id").values_list("received_at", flat=True).first()
    return ScoreCard(
        received=sum(counts.get(str(status), 0) for status in Status),
        open=sum(counts.get(str(status), 0) for status in OPEN),
        unverified=counts.get(str(Status.UNVERIFIED), 0),
        confirmed=counts.get(str(CloseReason.CONFIRMED), 0),
        silent=counts.get(str(CloseReason.SILENCE), 0),
        requested=counts.get(str(CloseReason.REQUEST), 0),
        archived=counts.get(str(Status.ARCHIVED), 0),
        escalated=counts.get(str(Status.ESCALATED), 0),
        oldest_unverified=oldest,
    )
