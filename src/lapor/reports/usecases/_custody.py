"""The custody chain: ends the leg of the holder that was and begins the leg of the one that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lapor.agencies.queries import calendars
from lapor.reports.clocks import Clocks
from lapor.reports.models import Disposition, Report
from lapor.sop.table import Step
from lapor.sop.vocabulary import Holder


@dataclass(frozen=True)
class Place:
    """Where a report was before a step."""

    holder: str
    desk_id: int | None

    @classmethod
    def of(cls, report: Report) -> Place:
        """Return where the report is."""
        return cls(report.holder, report.desk_id)


def pass_on(
    report: Report, was: Place | None, step: Step, clocks: Clocks, reason: str, named_body: str, now: datetime
) -> None:
    """Write the hand-over, if there is one: legs follow each other without gap, and net days count working days."""
    if was == Place.of(report):
        return
    last = Disposition.objects.filter(report=report, is_lead=True, ended_at=None).first() if was else None
    if last is not None:
        now = max(now, last.started_at)  # a server clock set back must not make a leg end before it began
        _end(last, step, clocks, now)
    if step.lets_co_handlers_go:
        side = Disposition.objects.filter(report=report, is_lead=False, ended_at=None)
        side.update(ended_at=now, ended_by=str(step.action))
    if report.holder == Holder.NOBODY:
        return
    Disposition.objects.create(
        report=report,
        seq=report.version,
        holder=report.holder,
        desk=report.desk,
        by_action=str(step.action),
        reason=reason,
        named_body=named_body,
        started_at=now,
    )


def _end(leg: Disposition, step: Step, clocks: Clocks, now: datetime) -> None:
    began = calendars.today(clocks.calendar, leg.started_at)
    leg.ended_at, leg.ended_by = now, str(step.action)
    today = max(clocks.today, began)
    leg.net_days = calendars.ordinal(clocks.calendar.pk, today) - calendars.ordinal(clocks.calendar.pk, began)
    leg.save(update_fields=["ended_at", "ended_by", "net_days"])
