"""The honest numbers of one institution or of all: maintained counts, each by itself, never added up into a success."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lapor.agencies.models import Agency
from lapor.reports.models import Count, Report
from lapor.reports.models.count import DAYS, LATE, OBJECTED, OPENLY
from lapor.reports.models.report import IS_OPEN
from lapor.reports.refusals import NotFound
from lapor.sop.vocabulary import OPEN, CloseReason, Status


@dataclass(frozen=True)
class Score:
    """Counts of reports without the secret ones, as of the worker's last round.

    Each ending stands for itself (C19): silence is no success. `in_time` had no limit passed at any desk, `objected`
    had its reporter say at least once that it was not done. `oldest_unverified` is when the oldest report came in that
    nobody has read. Of the `answered` ones half had their first follow-up within `median_days` working days, whatever
    they waited for meanwhile (gross); None while there is none.
    """

    received: int
    in_time: int
    open: int
    unverified: int
    confirmed: int
    silent: int
    requested: int
    objected: int
    archived: int
    escalated: int
    oldest_unverified: datetime | None
    answered: int = 0
    median_days: int | None = None


def score() -> Score:
    """Return the numbers of the whole installation. Two queries."""
    return _score(None)


def score_card(agency: str) -> Score:
    """Return an institution's numbers by its code. Raises NotFound. Three queries."""
    desk = Agency.objects.filter(code=agency, kind=Agency.Kind.INSTITUTION).first()
    if desk is None:
        raise NotFound
    return _score(desk)


def _score(desk: Agency | None) -> Score:
    rows = Count.objects.filter(desk=desk, key__startswith=OPENLY).values_list("key", "n")
    counts = {key.removeprefix(OPENLY): max(0, n) for key, n in rows}
    received = sum(counts.get(str(status), 0) for status in Status)
    days = {int(key.removeprefix(DAYS)): n for key, n in counts.items() if key.startswith(DAYS) and n}
    return Score(
        received=received,
        in_time=received - counts.get(LATE, 0),
        open=sum(counts.get(str(status), 0) for status in OPEN),
        unverified=counts.get(str(Status.UNVERIFIED), 0),
        confirmed=counts.get(str(CloseReason.CONFIRMED), 0),
        silent=counts.get(str(CloseReason.SILENCE), 0),
        requested=counts.get(str(CloseReason.REQUEST), 0),
        objected=counts.get(OBJECTED, 0),
        archived=counts.get(str(Status.ARCHIVED), 0),
        escalated=counts.get(str(Status.ESCALATED), 0),
        oldest_unverified=_oldest_unread(desk),
        answered=sum(days.values()),
        median_days=_median(days),
    )


def _median(days: dict[int, int]) -> int | None:
    """Return the smallest number of days within which at least half of them lie; `days` is how many had each."""
    half, seen = sum(days.values()) / 2, 0
    for day in sorted(days):
        seen += days[day]
        if seen >= half:
            return day
    return None


def _oldest_unread(desk: Agency | None) -> datetime | None:
    unread = Report.objects.filter(IS_OPEN, status=str(Status.UNVERIFIED), is_secret=False)
    if desk:
        unread = unread.filter(agency=desk)
    return unread.order_by("id").values_list("received_at", flat=True).first()
