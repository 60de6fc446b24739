"""The live clocks of one report during one step: met, dropped, paused, resumed and started in memory, then saved."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from lapor.agencies.models import Calendar
from lapor.agencies.queries import calendars
from lapor.reports import profiles
from lapor.reports.models import Breach, Deadline, Disposition, Report
from lapor.sop.profile import ClockLimit, Unit
from lapor.sop.service_time import add_service_minutes
from lapor.sop.table import BELONGS_TO, CLOCK_ACTS, DESK_CLOCKS, LASTING, SIXTY_DAYS, Pause, Step
from lapor.sop.vocabulary import Action, Clock

LIVE = (Deadline.State.RUNNING, Deadline.State.PAUSED, Deadline.State.OVERDUE)
QUESTION, RETURN, ENDED = "question", "return", "ended"


class Clocks:
    """Decides in memory, writes at the end: one query to load, at most five to save."""

    def __init__(self, report: Report, now: datetime) -> None:
        self.report, self.now = report, now
        self.calendar: Calendar = profiles.calendar_of(report)
        self.today = calendars.today(self.calendar, now)
        rows = Deadline.objects.filter(report=report).select_related("calendar").order_by("epoch")
        known = list(rows) if report.version else []
        self.all = [deadline for deadline in known if deadline.leg_id is None]
        self.co_handlers = [deadline for deadline in known if deadline.leg_id and deadline.state in LIVE]
        self.fresh: list[Deadline] = []
        self.touched: dict[int, Deadline] = {}
        self._ordinals: dict[tuple[int, date], int] = {}

    def apply(self, step: Step, action: Action) -> None:
        """Do to the clocks what the row says, in the order: met, dropped, paused or resumed, started."""
        for clock in step.meets:
            self.meet(clock)
        for clock in step.drops:
            self.drop(clock)
        if step.lets_co_handlers_go:
            self._end(self.co_handlers)
        if step.pause is Pause.QUESTION:
            self._pause_all((*DESK_CLOCKS, *SIXTY_DAYS), QUESTION)
        if step.pause is Pause.RETURN:
            self._pause_all(DESK_CLOCKS, RETURN)
        if step.pause is Pause.GO:
            self._resume_from(QUESTION)
        for clock in step.starts:
            self.start(clock, action)

    def live(self, clock: Clock) -> Deadline | None:
        """Return the clock of this name that runs, stands still or is overdue."""
        return next((d for d in (*self.all, *self.fresh) if d.clock == clock and d.state in LIVE), None)

    def meet(self, clock: Clock) -> None:
        """Stop a clock because what it waited for was done; a clock that was late stays a breach."""
        if deadline := self.live(clock):
            deadline.state, deadline.met_at = Deadline.State.MET, self.now
            self._touch(deadline)

    def drop(self, clock: Clock) -> None:
        """Stop a clock that lost its sense; the lasting ones only stand still, with what they had left."""
        deadline = self.live(clock)
        if deadline is None or clock in (Clock.MANUAL_ENTRY, Clock.SOCIAL_ENTRY):
            return
        if clock in LASTING and deadline.state != Deadline.State.OVERDUE:
            self._pause(deadline, ENDED)
            deadline.paused_why = ENDED  # also where it stood still already: no answer to a question lets it go on
            self._touch(deadline)
        else:
            self._end([deadline])

    def start(self, clock: Clock, event: Action) -> None:
        """Start a clock, or let the one that is there go on: time never restarts."""
        if BELONGS_TO.get(clock, self.report.holder) != self.report.holder:
            return
        if deadline := self.live(clock):
            self._go_on(deadline)
            return
        limit = profiles.of(self.report).limit(clock, self.report.classification or None)
        if limit is None or (clock in SIXTY_DAYS and self._sixty_days_are_over(clock)):
            return
        self.fresh.append(self._armed(clock, limit, event))

    def reset_substantive(self) -> None:
        """Give the running substantive clock the limit of a new classification, counted from its own start."""
        deadline = self.live(Clock.SUBSTANTIVE)
        limit = profiles.of(self.report).limit(Clock.SUBSTANTIVE, self.report.classification or None)
        if deadline is None or limit is None or limit.limit is None or deadline.limit is None:
            return
        moved = limit.limit - deadline.limit
        deadline.limit, deadline.target = limit.limit, limit.target
        if deadline.state == Deadline.State.RUNNING and deadline.due_ordinal is not None:
            deadline.due_ordinal += moved
        elif deadline.state == Deadline.State.PAUSED and deadline.remaining is not None:
            deadline.remaining += moved
        self._touch(deadline)

    def save(self) -> dict[str, str]:
        """Write what changed and return the promised day of every clock that was started, for the ledger."""
        if self.touched:
            for deadline in self.touched.values():  # few: to build one statement for all costs more than to send them
                deadline.save(update_fields=_WRITTEN)
            done = [d.pk for d in self.touched.values() if d.fired_at and d.met_at]
            if done:
                Breach.objects.filter(deadline__in=done, actual_at=None).update(actual_at=self.now)
        self._promise()
        Deadline.objects.bulk_create(self.fresh)
        self.report.due_ordinal = self.earliest()
        return {d.clock: d.promised_on.isoformat() for d in self.fresh if d.promised_on}

    def earliest(self) -> int | None:
        """Return the first ordinal on which a clock of an officer ends or ended undone: what sorts the pile."""
        running = [d for d in (*self.all, *self.fresh) if d.due_ordinal is not None and _asks_an_officer(d)]
        return min((d.due_ordinal for d in running if d.due_ordinal is not None), default=None)

    def _armed(self, clock: Clock, limit: ClockLimit, event: Action) -> Deadline:
        deadline = Deadline(
            report=self.report,
            clock=clock,
            epoch=1 + max((d.epoch for d in self.all if d.clock == clock), default=0),
            calendar=self.calendar,
            desk_id=self.owner(clock),
            event=event,
            started_at=self.now,
            start_day=self.today,
            target=limit.target,
            limit=limit.limit,
            unit=limit.unit,
        )
        if limit.unit == Unit.WORKDAYS:
            begin = self._ordinal_of(self.calendar.pk, self.today)
            deadline.target_ordinal = None if limit.target is None else begin + limit.target
            deadline.due_ordinal = None if limit.limit is None else begin + limit.limit
        else:
            deadline.target_at = self._minutes_on(limit.target, limit.unit)
            deadline.due_at = self._minutes_on(limit.limit, limit.unit)
        return deadline

    def owner(self, clock: Clock) -> int | None:
        """Return the desk that owes this clock: the holder's, or the responsible one while the reporter holds."""
        return self.report.desk_id or self.report.unit_id or self.report.agency_id

    def _minutes_on(self, minutes: int | None, unit: Unit) -> datetime | None:
        if minutes is None:
            return None
        if unit == Unit.SERVICE_MINUTES:
            week = calendars.load(self.calendar.pk, self.today, self.today + timedelta(days=30))
            return add_service_minutes(week, self.now, minutes)
        return self.now + timedelta(minutes=minutes)

    def _sixty_days_are_over(self, clock: Clock) -> bool:
        if self.report.followed_up_at is not None:
            return True
        asked = self.report.consent_asked_at is not None or profiles.of(self.report).automatic_transfer
        return clock == Clock.CONSENT and asked

    def _pause_all(self, clocks: tuple[Clock, ...], why: str) -> None:
        live = [deadline for clock in clocks if (deadline := self.live(clock))]
        for deadline in (*live, *self.co_handlers):
            self._pause(deadline, why)

    def _pause(self, deadline: Deadline, why: str) -> None:
        """Let a running clock stand still; until it goes on, its numbers are the working days (or seconds) left."""
        if deadline.state != Deadline.State.RUNNING:
            return
        if deadline.due_ordinal is not None:
            deadline.remaining = deadline.due_ordinal - self._ordinal(deadline)
        elif deadline.due_at is not None:
            deadline.remaining = int((deadline.due_at - self.now).total_seconds())
        if deadline.target_ordinal is not None:
            deadline.target_ordinal -= self._ordinal(deadline)
        deadline.due_ordinal = deadline.due_at = None
        deadline.state, deadline.paused_why = Deadline.State.PAUSED, why
        deadline.pauses = [*deadline.pauses, {"from": self._day(deadline).isoformat(), "to": None, "why": why}]
        self._touch(deadline)

    def _resume_from(self, why: str) -> None:
        for deadline in (*self.all, *self.co_handlers):
            if deadline.state == Deadline.State.PAUSED and deadline.paused_why == why:
                self._resume(deadline)

    def _resume(self, deadline: Deadline) -> None:
        if deadline.remaining is not None and deadline.unit == Unit.WORKDAYS:
            deadline.due_ordinal = deadline.remaining + self._ordinal(deadline)
        elif deadline.remaining is not None:
            deadline.due_at = self.now + timedelta(seconds=deadline.remaining)
        if deadline.target_ordinal is not None:
            deadline.target_ordinal += self._ordinal(deadline)
        deadline.pauses = [*deadline.pauses[:-1], {**deadline.pauses[-1], "to": self._day(deadline).isoformat()}]
        deadline.state, deadline.paused_why, deadline.remaining = Deadline.State.RUNNING, "", None
        self._touch(deadline)

    def _go_on(self, deadline: Deadline) -> None:
        deadline.desk_id = self.owner(Clock(deadline.clock))
        if deadline.state == Deadline.State.PAUSED:
            self._resume(deadline)
        self._touch(deadline)

    def _end(self, deadlines: Iterable[Deadline]) -> None:
        for deadline in deadlines:
            deadline.state, deadline.met_at = Deadline.State.DROPPED, self.now
            self._touch(deadline)

    def _touch(self, deadline: Deadline) -> None:
        if deadline.pk:
            self.touched[deadline.pk] = deadline

    def _day(self, deadline: Deadline) -> date:
        """Return today in the deadline's own calendar (a clock keeps the calendar it began with)."""
        if deadline.calendar_id == self.calendar.pk:
            return self.today
        return calendars.today(deadline.calendar, self.now)

    def _ordinal(self, deadline: Deadline) -> int:
        return self._ordinal_of(deadline.calendar_id, self._day(deadline))

    def _ordinal_of(self, calendar: int, day: date) -> int:
        if (calendar, day) not in self._ordinals:
            self._ordinals[calendar, day] = calendars.ordinal(calendar, day)
        return self._ordinals[calendar, day]

    def _promise(self) -> None:
        """Write beside each new clock the date it is promised for: later holidays move the date, never the promise."""
        ordinals = {d.due_ordinal for d in self.fresh if d.due_ordinal is not None}
        days = calendars.days_of(self.calendar.pk, ordinals) if ordinals else {}
        for deadline in self.fresh:
            if deadline.due_ordinal is not None:
                deadline.promised_on = days[deadline.due_ordinal]


_WRITTEN = [
    "state",
    "desk",
    "target",
    "limit",
    "target_ordinal",
    "due_ordinal",
    "due_at",
    "remaining",
    "paused_why",
    "pauses",
    "met_at",
    "fired_at",
]


def _asks_an_officer(deadline: Deadline) -> bool:
    owed = deadline.state in (Deadline.State.RUNNING, Deadline.State.OVERDUE)  # what is late is owed first of all
    return owed and Clock(deadline.clock) not in CLOCK_ACTS


def start_for_co_handler(leg: Disposition, report: Report, now: datetime) -> None:
    """Start a co-handler's own clock on its own leg (practice; the leg answers in the time a unit officer has)."""
    clocks = Clocks(report, now)
    limit = profiles.of(report).limit(Clock.UNIT_ANSWERS)
    if limit is None:
        return
    deadline = clocks._armed(Clock.UNIT_ANSWERS, limit, Action.ADD_HANDLER)
    deadline.leg, deadline.desk_id, deadline.epoch = leg, leg.desk_id, leg.seq
    clocks.fresh = [deadline]
    clocks._promise()
    deadline.save(force_insert=True)
