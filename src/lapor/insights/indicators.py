"""The indicators of a report's life: each with its name, how it is counted, and the sentence that says so.

All speak of the reports that came in during the period, as they stand when the sheet was made. Endings are never added
up into a success: silence is no consent (C19), and an acknowledgement is no follow-up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from lapor.insights.tally import GROSS, NET, clocks, days, mean, median

Counts = Mapping[str, int]

COUNT, SHARE, DAYS, STARS, TIMES = "count", "share", "days", "stars", "times"


@dataclass(frozen=True)
class Indicator:
    """One number. `kind` says how it is written: a count, a share (0 to 1), working days, stars, or times.

    `head` is a word or two for the head of a narrow column, where there is one.
    """

    key: str
    kind: str
    label: Any
    definition: Any
    of: Callable[[Counts], float | int | None]
    head: Any = ""


def _n(key: str) -> Callable[[Counts], int]:
    return lambda counts: counts.get(key, 0)


def share(part: int, whole: int) -> float | None:
    """Return a part of a whole, 0 to 1; None of nothing."""
    return part / whole if whole else None


def follow_up_rate(counts: Counts) -> float | None:
    """Return the part of the reports that wanted a follow-up and got a substantive one."""
    return share(counts.get("followed_up", 0), counts.get("received", 0) - counts.get("archived", 0))


def in_time_rate(counts: Counts) -> float | None:
    """Return the part of all steps with a limit that were done by it (S5)."""
    kept = clocks(counts)
    return share(sum(one.on_time for one in kept), sum(one.total for one in kept))


INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        "received", COUNT, _("Received"),
        _("Reports that came in during the period, whatever became of them."), _n("received"), _("Received"),
    ),
    Indicator(
        "open", COUNT, _("Still open"), _("Of these, how many are neither closed nor archived now."), _n("open"),
    ),
    Indicator(
        "followed_up", COUNT, _("Followed up"),
        _("Reports with at least one substantive follow-up: what was done, when and by whom. A first response or a "
          "thank-you does not count."), _n("followed_up"), _("Follow-up"),
    ),
    Indicator(
        "follow_up_rate", SHARE, _("Follow-up rate"),
        _("Followed up, out of all received that were not archived."), follow_up_rate, "%",
    ),
    Indicator(
        "in_time_rate", SHARE, _("Steps in time"),
        _("Of all steps with a limit that were done or are overdue: those done by their limit. The goal is all."),
        in_time_rate, _("In time"),
    ),
    Indicator(
        "late", COUNT, _("Reports with a breach"), _("Reports on which at least one limit was passed at any desk."),
        _n("late"),
    ),
    Indicator(
        "gross_mean", DAYS, _("Average working days to the follow-up, gross"),
        _("Working days from the arrival to the first substantive follow-up, on average."),
        lambda counts: mean(days(counts, GROSS)),
    ),
    Indicator(
        "gross_median", DAYS, _("Median working days to the follow-up, gross"),
        _("Half of the followed-up reports waited no longer than this."), lambda counts: median(days(counts, GROSS)),
    ),
    Indicator(
        "net_mean", DAYS, _("Average working days to the follow-up, net"),
        _("The same without the working days on which the reporter owed an answer to a question."),
        lambda counts: mean(days(counts, NET)),
    ),
    Indicator(
        "net_median", DAYS, _("Median working days to the follow-up, net"),
        _("The middle of the net working days."), lambda counts: median(days(counts, NET)), _("Days"),
    ),
    Indicator(
        "confirmed", COUNT, _("Confirmed by the reporter"),
        _("Closed because the reporter said that it was done."), _n("confirmed"), _("Confirmed"),
    ),
    Indicator(
        "silent", COUNT, _("Closed by silence"),
        _("Closed by the system because the reporter said nothing until the SOP's limit. No sign of satisfaction."),
        _n("silent"), _("Silent"),
    ),
    Indicator(
        "objected", COUNT, _("Objected"),
        _("Reports whose reporter said at least once that it was not done."), _n("objected"), _("Objected"),
    ),
    Indicator(
        "requested", COUNT, _("Closed on request"),
        _("Closed by Admin Pusat on the institution's request (S58)."), _n("requested"),
    ),
    Indicator(
        "settled", COUNT, _("Settled before recording"),
        _("Manual complaints that were settled when they were recorded (S68)."), _n("settled"),
    ),
    Indicator(
        "reopened", COUNT, _("Reopened"), _("Reports that were opened again after they had been closed."),
        _n("reopened"),
    ),
    Indicator(
        "archived", COUNT, _("Archived"),
        _("Unclear, a general suggestion, not about government, spam, hate, or withdrawn."), _n("archived"),
    ),
    Indicator(
        "escalated", COUNT, _("Passed to the Ombudsman"),
        _("Sixty working days went by without a substantive follow-up (S34)."), _n("escalated"),
    ),
    Indicator(
        "ombudsman", COUNT, _("Settled at the Ombudsman"), _("Closed with the Ombudsman's outcome."), _n("ombudsman"),
    ),
    Indicator(
        "returned", COUNT, _("Reports returned"),
        _("Reports that at least one desk sent back as not its competence."), _n("returned"), _("Back"),
    ),
    Indicator("returns", COUNT, _("Returns"), _("All such returns; one report may have several."), _n("returns")),
    Indicator(
        "hops", TIMES, _("Hand-overs per report"),
        _("How often a report was disposed, disposed again or returned, on average."),
        lambda counts: share(counts.get("hops", 0), counts.get("received", 0)),
    ),
    Indicator(
        "rating", STARS, _("Stars given"),
        _("Average of the stars (1 to 5) of the reporters who gave any; silence gives none."),
        lambda counts: share(counts.get("stars", 0), counts.get("rated", 0)),
    ),
    Indicator(
        "adequate", COUNT, _("Answers found adequate"),
        _("Follow-ups that Admin Instansi evaluated as adequate (S56)."), _n("adequate"),
    ),
    Indicator(
        "sent_back", COUNT, _("Answers sent back"),
        _("Follow-ups that Admin Instansi sent back to the unit as not adequate (S56)."), _n("sent_back"),
    ),
)  # fmt: skip

BY_KEY = {one.key: one for one in INDICATORS}
FIRST_SIGHT = ("received", "follow_up_rate", "in_time_rate", "net_median")  # what a head reads before anything else
PER_PART = (
    "received", "followed_up", "follow_up_rate", "in_time_rate", "net_median", "confirmed", "silent", "objected",
    "returned",
)  # fmt: skip

CLOCK_DEFINITION = _(
    "Per clock: of the steps that the SOP gives this limit and that were done or are overdue, how many were done by it."
)
