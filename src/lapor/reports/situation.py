"""What is true of a report now: the facts that rows of the table ask for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from lapor.agencies.queries import calendars
from lapor.kernel.actor import Actor
from lapor.ledger.models import Entry
from lapor.reports import profiles
from lapor.reports.models import Disposition, Report
from lapor.sop.engine import Situation
from lapor.sop.vocabulary import Action, Clock, Fact, Holder, Role, Status

MOST_RETURNS = 2  # from the second return on the coordinator decides, and its word cannot bounce again


def situation_of(report: Report, actor: Actor, now: datetime) -> Situation:
    """Return the report's situation as the engine reads it. At most three queries, only where a fact needs them."""
    return Situation(Status(report.status), Holder(report.holder), frozenset(_facts(report, actor, now)))


def _facts(report: Report, actor: Actor, now: datetime) -> Iterator[Fact]:
    plain = {
        Fact.VERIFIED: report.verified_at,
        Fact.ACCEPTED: report.accepted_at,
        Fact.FIRST_RESPONDED: report.first_response_at,
        Fact.FOLLOWED_UP: report.followed_up_at,
        Fact.FOLLOW_UP_SPENT: report.followed_up_at and report.last_follow_up_on is None,
        Fact.ANSWER_WAITING: report.answer_waiting,
        Fact.UNIT_ASSIGNED: report.unit_id,
        Fact.CLOSING_REQUESTED: report.closing_requested_at,
        Fact.UNIT_RETURNS_SPENT: report.unit_returns >= MOST_RETURNS,
        Fact.AGENCY_RETURNS_SPENT: report.agency_returns >= MOST_RETURNS,
        Fact.RESTORED_BEFORE: report.restored,
        Fact.CONSENT_ASKED: report.consent_asked_at,
        Fact.BLOCKED_CONTENT: report.is_blocked,
        Fact.I_REQUESTED: report.closing_requested_by is not None and report.closing_requested_by == actor.account,
    }
    yield from (fact for fact, true in plain.items() if true)
    yield from _windows(report, now)
    if report.version == 1 and actor.appointment is not None and _entered_today(report, actor, now):
        yield Fact.JUST_ENTERED
    if actor.role is Role.LIAISON and _co_handles(report, actor):
        yield Fact.CO_HANDLER


def _co_handles(report: Report, actor: Actor) -> bool:
    """Tell whether this unit only helps: it contributes, while the lead unit answers (a lead helps nobody)."""
    if actor.desk == report.unit_id:
        return False
    legs = Disposition.objects.filter(report=report, desk_id=actor.desk, is_lead=False, ended_at__isnull=True)
    return legs.exists()


def _entered_today(report: Report, actor: Actor, now: datetime) -> bool:
    """Tell whether this very appointment recorded the complaint on the desk's own day of `now`; one query."""
    recorded = [str(Action.RECORD_OPEN), str(Action.RECORD_SETTLED)]
    entries = Entry.objects.filter(subject=report.pk, action__in=recorded, appointment=actor.appointment)
    at = entries.values_list("at", flat=True).first()
    calendar = profiles.calendar_of(report)
    return at is not None and calendars.today(calendar, at) == calendars.today(calendar, now)


def _windows(report: Report, now: datetime) -> Iterator[Fact]:
    """Yield the facts that depend on how many working days have passed since a day of this report."""
    followed = report.last_follow_up_on if report.status == Status.IN_PROGRESS else None
    if followed and _days_since(report, followed, now) > _length(report, Clock.SILENCE):
        yield Fact.CLOSING_LIMIT_PASSED
    if report.ended_at is None:
        return
    clock, fact = (
        (Clock.REOPEN_WINDOW, Fact.REOPEN_WINDOW_OPEN)
        if report.status == Status.CLOSED
        else (Clock.APPEAL_WINDOW, Fact.APPEAL_WINDOW_OPEN)
    )
    ended_on = calendars.today(profiles.calendar_of(report), report.ended_at)
    if _days_since(report, ended_on, now) <= _length(report, clock):
        yield fact


def _length(report: Report, clock: Clock) -> int:
    limit = profiles.of(report).limit(clock)
    return limit.limit or 0 if limit else 0


def _days_since(report: Report, day: date, now: datetime) -> int:
    """Return the working days after `day` up to today, in the report's calendar."""
    calendar = profiles.calendar_of(report)
    return calendars.ordinal(calendar.pk, calendars.today(calendar, now)) - calendars.ordinal(calendar.pk, day)
