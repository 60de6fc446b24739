"""The clocks of a report as shown, and why each date is that date: the same for reporter, officer and Ombudsman."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lapor.agencies.queries import calendars
from lapor.kernel.actor import Actor
from lapor.reports import access, profiles
from lapor.reports.models import Deadline, Report
from lapor.reports.queries.lateness import Days, Lateness, of_deadline
from lapor.reports.refusals import NotFound
from lapor.sop.calendar_change import PauseSpan
from lapor.sop.deadline import Explanation, explain, explain_minutes
from lapor.sop.profile import ClockLimit, Unit
from lapor.sop.vocabulary import Action, Classification, Clock, Role

MARGIN = timedelta(days=21)  # enough days behind a deadline to find the working day on which it lapses

# What a reporter is shown: the promises made to them, not the internal steps of the desks.
REPORTERS = frozenset(
    {
        Clock.VERIFY_NATIONAL,
        Clock.VERIFY_AGENCY,
        Clock.DISPOSE_AGENCY,
        Clock.FIRST_RESPONSE,
        Clock.SUBSTANTIVE,
        Clock.PENDING,
        Clock.SILENCE,
        Clock.ESCALATION,
        Clock.DECIDE_CLOSING,
    }
)
HIDDEN = frozenset({Clock.SILENCE_REMINDER, Clock.PENDING_REMINDER, Clock.PENDING_REMINDER_2, Clock.CONSENT})


@dataclass(frozen=True)
class ClockView:
    """One clock as shown: `due_on` is a local day, `due_at` the moment of a clock in minutes; None while it stands."""

    id: int
    clock: Clock
    state: str
    due_on: date | None
    due_at: datetime | None
    target_on: date | None
    lateness: Lateness | None
    started_at: datetime
    met_at: datetime | None
    fired_at: datetime | None
    remaining: int | None
    zone: str
    desk_id: int | None

    @property
    def is_live(self) -> bool:
        """Tell whether it runs, stands still or is overdue."""
        return self.state in (Deadline.State.RUNNING, Deadline.State.PAUSED, Deadline.State.OVERDUE)


def clocks_of(report: Report, actor: Actor, now: datetime) -> tuple[ClockView, ...]:
    """Return the clocks of a report that this actor is shown, live ones first. Three queries."""
    found = [d for d in Deadline.objects.filter(report=report).order_by("id") if _is_shown(d, actor)]
    ordinals = [o for d in found if d.state != Deadline.State.PAUSED for o in (d.due_ordinal, d.target_ordinal)]
    days = Days(profiles.calendar_of(report), now, ordinals)
    return tuple(sorted((_view(d, days) for d in found), key=lambda view: (not view.is_live, view.id)))


def explain_deadline(actor: Actor, code: str, deadline: int, now: datetime) -> Explanation:
    """Return why a clock of this report ends when it does. Raises NotFound for another report's or a hidden clock."""
    report = access.find_report(actor, code)
    found = Deadline.objects.select_related("calendar").filter(pk=deadline, report=report).first()
    if found is None or not _is_shown(found, actor):
        raise NotFound
    return _explained(found, report)


def explanations(report: Report, actor: Actor, only: Iterable[int] | None = None) -> dict[int, Explanation]:
    """Return the explanations of all live clocks of a report that this actor is shown, by the clock's id."""
    wanted = Deadline.objects.select_related("calendar").filter(report=report, state__in=_EXPLAINED)
    if only is not None:
        wanted = wanted.filter(pk__in=only)
    return {d.pk: _explained(d, report) for d in wanted if _is_shown(d, actor)}


_EXPLAINED = (Deadline.State.RUNNING, Deadline.State.PAUSED, Deadline.State.OVERDUE)


def _is_shown(deadline: Deadline, actor: Actor) -> bool:
    clock = Clock(deadline.clock)
    if actor.role is Role.REPORTER:
        return clock in REPORTERS and deadline.leg_id is None
    return clock not in HIDDEN


def _explained(deadline: Deadline, report: Report) -> Explanation:
    profile, clock = profiles.of(report), Clock(deadline.clock)
    limit = profile.limit(clock, Classification(report.classification) if report.classification else None)
    kept = ClockLimit(deadline.target, deadline.limit, Unit(deadline.unit), limit.source if limit else "")
    if deadline.unit != Unit.WORKDAYS:
        stretch = calendars.load(deadline.calendar_id, deadline.start_day, deadline.start_day + MARGIN * 2)
        return explain_minutes(
            clock=clock,
            event=Action(deadline.event),
            started_at=deadline.started_at,
            limit=kept,
            calendar=stretch,
            profile=profile,
            due_at=deadline.due_at,
        )
    due = deadline.due_ordinal if deadline.due_ordinal is not None else deadline.target_ordinal
    standing = deadline.state == Deadline.State.PAUSED
    last = calendars.day_of(deadline.calendar_id, due) if due is not None and not standing else deadline.start_day
    pauses = tuple(span_of(pause) for pause in deadline.pauses)
    last = max([last, *(pause.until or pause.since for pause in pauses)])
    return explain(
        clock=clock,
        event=Action(deadline.event),
        start_day=deadline.start_day,
        limit=kept,
        calendar=calendars.load(deadline.calendar_id, deadline.start_day, last + MARGIN),
        profile=profile,
        due_ordinal=None if standing else due,
        remaining=deadline.remaining if standing else None,
        pauses=pauses,
        promised_on=deadline.promised_on,
    )


def span_of(pause: dict[str, str | None]) -> PauseSpan:
    """Return a stored pause as the law reasons about it."""
    since, until = pause["from"] or "", pause["to"]
    return PauseSpan(date.fromisoformat(since), date.fromisoformat(until) if until else None, pause["why"] or "")


def _view(deadline: Deadline, days: Days) -> ClockView:
    standing = deadline.state == Deadline.State.PAUSED
    return ClockView(
        id=deadline.pk,
        clock=Clock(deadline.clock),
        state=deadline.state,
        due_on=None if standing else days.day(deadline.due_ordinal),
        due_at=deadline.due_at,
        target_on=None if standing else days.day(deadline.target_ordinal),
        lateness=of_deadline(deadline, days.ordinal, days.now),
        started_at=deadline.started_at,
        met_at=deadline.met_at,
        fired_at=deadline.fired_at,
        remaining=deadline.remaining,
        zone=days.calendar.zone,
        desk_id=deadline.desk_id,
    )
