"""How a complaint came by telephone or letter, as officers read it."""

from __future__ import annotations

from lapor.reports.models import Arrival, Report
from lapor.sop.vocabulary import Channel

BY_HAND = frozenset({Channel.HOTLINE, Channel.LETTER})


def arrival_of(report: Report) -> Arrival | None:
    """Return the call or letter behind a report that the caller may read; no query where it came another way."""
    return Arrival.objects.filter(report=report).first() if report.channel in BY_HAND else None
