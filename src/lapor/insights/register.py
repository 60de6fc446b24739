"""The register of a period in figures: what came in, where it stands, how it ended, and how punctual the desks were.

Figures are plain counts under four keys, so that registers of separate databases can be added up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from lapor.ledger.models import Entry
from lapor.reports.models import Breach, Deadline, OutgoingMessage, Report
from lapor.sop.table import CLOCK_ACTS

# (section, code of the institution or "", first key, second key) to a count
Figures = Counter[tuple[str, str, str, str]]

_ASKS_NOBODY = [str(clock) for clock in CLOCK_ACTS]


def figures(since: datetime, until: datetime) -> Figures:
    """Return the figures of the reports that came in from `since` (included) to `until` (not included).

    Sections: received (channel), standing (status, channel), closed and archived (reason), escalated, breaches (clock),
    clocks (clock; on_time, late or running), steps (action), told (audience).
    """
    reports = Report.objects.filter(received_at__gte=since, received_at__lt=until)
    deadlines = Deadline.objects.filter(report__in=reports).exclude(clock__in=_ASKS_NOBODY)
    found: Figures = Counter()
    _add(found, "received", reports, "agency__code", "channel")
    _add(found, "standing", reports, "agency__code", "status", "channel")
    _add(found, "closed", reports.filter(status="closed"), "agency__code", "close_reason")
    _add(found, "archived", reports.filter(status="archived"), "agency__code", "archive_reason")
    _add(found, "escalated", reports.filter(escalated_at__isnull=False), "agency__code")
    _add(found, "breaches", Breach.objects.filter(report__in=reports), "agency__code", "clock")
    _add_clocks(found, deadlines)
    for section, rows, key in (
        ("steps", Entry.objects.filter(subject__in=reports.values("pk")), "action"),
        ("told", OutgoingMessage.objects.filter(report__in=reports, device=None), "told"),
    ):
        for value, n in rows.order_by().values_list(key).annotate(n=Count("pk")):
            found[section, "", value, ""] += n
    return found


def rate(figures: Figures, clock: str, institution: str | None = None) -> float | None:
    """Return the share of a clock's ended runs that ended in time (S5), None when none has ended."""
    on_time, late = (_of_clock(figures, clock, outcome, institution) for outcome in ("on_time", "late"))
    return on_time / (on_time + late) if on_time + late else None


def _of_clock(figures: Figures, clock: str, outcome: str, institution: str | None) -> int:
    return sum(
        n
        for (section, agency, *keys), n in figures.items()
        if section == "clocks" and keys == [clock, outcome] and institution in (None, agency)
    )


def _add(found: Figures, section: str, rows: QuerySet[Report] | QuerySet[Breach], *fields: str) -> None:
    for *keys, n in rows.order_by().values_list(*fields).annotate(n=Count("pk")):
        institution, first, second = _three(keys)
        found[section, institution, first, second] += n


def _three(keys: Iterable[str | None]) -> tuple[str, str, str]:
    institution, first, second = ([key or "" for key in keys] + ["", ""])[:3]
    return institution, first, second


def _add_clocks(found: Figures, deadlines: QuerySet[Deadline]) -> None:
    """Count each run of a clock: met without firing is on time, fired is late, live is running; dropped counts not."""
    outcomes = {
        "on_time": Q(state=Deadline.State.MET, fired_at=None),
        "late": Q(fired_at__isnull=False),
        "running": Q(state__in=[Deadline.State.RUNNING, Deadline.State.PAUSED]),
    }
    for outcome, condition in outcomes.items():
        rows = deadlines.filter(condition).order_by().values_list("report__agency__code", "clock")
        for agency, clock, n in rows.annotate(n=Count("pk")):
            found["clocks", agency or "", clock, outcome] += n
