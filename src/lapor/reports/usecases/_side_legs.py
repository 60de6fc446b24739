"""Legs beside the lead one: a co-handler's, and the right to read of a unit that was consulted."""

from __future__ import annotations

from lapor.agencies.models import Agency
from lapor.reports.models import Disposition
from lapor.reports.usecases._advance import Turn
from lapor.sop.vocabulary import Holder


def open_leg(turn: Turn, desk: Agency) -> Disposition:
    """Begin a leg of a co-handler; its sequence number is that of the step to come."""
    return Disposition.objects.create(
        report=turn.report,
        seq=turn.report.version + 1,
        is_lead=False,
        holder=str(Holder.UNIT),
        desk=desk,
        by_action=str(turn.step.action),
        started_at=turn.now,
    )


def open_reading(turn: Turn, desk: Agency) -> None:
    """Let a consulted unit read: a leg that began and ended at once."""
    leg = open_leg(turn, desk)
    leg.ended_at, leg.ended_by, leg.net_days = turn.now, str(turn.step.action), 0
    leg.save(update_fields=["ended_at", "ended_by", "net_days"])
