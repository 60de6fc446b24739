"""Limits that passed before the product could start a clock: intake, manual entry, social media (S37, S69, S75)."""

from __future__ import annotations

from datetime import datetime, timedelta

from lapor.agencies.queries import calendars
from lapor.kernel.actor import Actor
from lapor.reports import profiles
from lapor.reports.models import Breach
from lapor.reports.usecases._advance import Turn
from lapor.sop.vocabulary import Clock


def late_at_birth(turn: Turn, clock: Clock, *, since: datetime, by: Actor | None = None) -> None:
    """Record a breach when the report came into being more than the clock's limit (minutes) after `since`.

    `by` is the officer whose desk let it wait, where somebody else files it: the reporter, whose words they are.

    Before the entry is completed, so that the report counts as late from the beginning.
    """
    limit = profiles.of(turn.report).limit(clock)
    if limit is None or limit.limit is None:
        return
    planned = since + timedelta(minutes=limit.limit)
    if turn.now <= planned:
        return
    who = by or turn.actor
    turn.report.breaches_noticed += 1
    Breach.objects.create(
        report=turn.report,
        clock=str(clock),
        agency=turn.report.agency,
        desk_id=who.desk or turn.report.desk_id or turn.report.agency_id,
        appointment=who.appointment,
        planned_on=calendars.today(profiles.calendar_of(turn.report), planned),
        planned_at=planned,
        noticed_at=turn.now,
        actual_at=turn.now,
    )
