"""A deterministic simulation of the whole workflow on PostgreSQL, with a virtual clock and a seeded generator.

Actors of every desk, reporters who retry, the sweep, a calendar office, crashes before and after COMMIT, somebody who
acts between the sweep's look and its step, and jumps to the neighbourhood of an armed deadline: without the jumps a
simulation of random times misses the bugs that live at midnight.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.builders import World, draft
from tests.simulation import invariants
from tests.simulation.world import build, ways

from lapor.agencies.models import Agency, Calendar
from lapor.agencies.queries import calendars
from lapor.kernel.actor import Actor, reporter_with_code
from lapor.kernel.errors import Refusal
from lapor.ledger.models import Entry
from lapor.reports.models import Deadline, Disposition, OutgoingMessage, Report
from lapor.reports.queries.due import due_now
from lapor.reports.situation import situation_of
from lapor.reports.usecases import _advance, holidays, submit, sweep
from lapor.sop.engine import permitted
from lapor.sop.vocabulary import Action, Clock, Holder, Role

BEGIN = datetime(2026, 2, 27, 1, 0, tzinfo=UTC)  # a Friday, before Nyepi and Idul Fitri
AGENCIES = ("kota-uji", "lembaga-uji", "kota-timur", "")
COUNTED = (Report, Entry, Deadline, Disposition, OutgoingMessage)


QUIET = {Action.NOTE, Action.CLASSIFY, Action.EDIT_TEXT, Action.CHANGE_SECRECY}  # they move nothing
TURNS = {  # the turns of a report's way that bugs live behind; they are taken first where they are possible
    Action.RETURN, Action.REDISPOSE, Action.ASK, Action.FORWARD, Action.BRIEF, Action.SEND_BACK, Action.REQUEST_CLOSING,
    Action.APPROVE_CLOSING, Action.REFUSE_CLOSING, Action.ANSWER, Action.RELEASE, Action.SEND_BACK_ANSWER,
}  # fmt: skip
USUAL = {
    Role.NATIONAL_ADMIN: (Action.DISPOSE, Action.APPROVE_CLOSING),
    Role.AGENCY_ADMIN: (Action.DISPOSE, Action.REQUEST_CLOSING),
    Role.LIAISON: (Action.ACCEPT, Action.RESPOND_FIRST, Action.RELEASE_FOLLOW_UP, Action.FOLLOW_UP),
    Role.UNIT_OFFICER: (Action.ANSWER,),
    Role.HEAD: (Action.INSTRUCT,),
}
AWAITED = (Clock.SILENCE, Clock.PENDING)  # what the reporter ends by speaking
SPOKEN = (
    Action.REPLY, Action.OBJECT, Action.COMPLETE, Action.CONFIRM, Action.WITHDRAW, Action.RESTORE, Action.REOPEN,
    Action.ANSWER_CONSENT,
)  # fmt: skip


class Crash(BaseException):
    """The process dies here: nothing may catch it."""


class Life(RuleBasedStateMachine):
    """Random life; `invariants` judge it after each step."""

    world: World
    played = 0  # steps of all lives, for telling how fast a seeded bug was found

    @invariant()
    def count_the_steps(self) -> None:
        """Count."""
        type(self).played += 1

    @initialize()
    def begin(self) -> None:
        """Start with an empty installation inside a transaction that is thrown away at the end."""
        self.outer = transaction.atomic()
        self.outer._from_testcase = True  # type: ignore[attr-defined]  # use cases may be durable inside it
        self.outer.__enter__()
        self.world, self.now = build(), BEGIN
        self.keys: dict[str, str] = {}
        self.drafts: dict[str, Any] = {}
        self.originals: dict[str, str] = {}
        self.dates: dict[int, date] = {}
        self.late_holidays = self.judged = 0
        self.seen: invariants.Seen = set()
        self.stretches = 0
        for agency in AGENCIES[:3]:
            self.reporter_files(agency, "no")

    @rule(agency=st.sampled_from(AGENCIES), crash=st.sampled_from(["no", "no", "before commit", "before reply"]))
    def reporter_files(self, agency: str, crash: str) -> None:
        """A reporter files; whatever dies, the same key is tried again until a receipt comes back."""
        key = f"key-{len(self.keys)}"
        wanted = draft(agency=agency, text=f"Lubang nomor {len(self.keys)} di jalan depan pasar, dalam sekali.")
        if crash == "before commit":
            self._file(key, wanted, dies=True)
        if crash == "before reply":
            self._file(key, wanted)
        receipt = self._file(key, wanted)
        self._acknowledge(key, wanted, receipt)

    @precondition(lambda self: self.keys)
    @rule(data=st.data())
    def reporter_sends_again(self, data: st.DataObject) -> None:
        """A double click, a retry, a resend: the same receipt."""
        key = data.draw(st.sampled_from(sorted(self.keys)))
        assert self._file(key, self.drafts[key]).code == self.keys[key], "a retry got another receipt"

    @precondition(lambda self: self.keys)
    @rule(data=st.data(), crash=st.booleans())
    def somebody_does_what_is_permitted(self, data: st.DataObject, crash: bool) -> None:
        """One of those who may act does; a crash before COMMIT leaves nothing behind and it is done again."""
        report = self._report(data)
        actor = data.draw(st.sampled_from(self._at_desk(report)))
        allowed = [
            a for a in permitted(situation_of(report, actor, self.now), actor.role) if a in ways(actor, self.now, "")
        ]
        if not allowed:
            return
        action = data.draw(st.sampled_from(allowed))
        if crash:
            before = _rows()
            self._do(report, actor, action, dies=True)
            assert _rows() == before, "a step that crashed left something behind"
        self._do(report, actor, action)
        self._look_at(report)

    @rule(seed=st.integers(0, 2**32))
    def a_busy_stretch(self, seed: int) -> None:
        """Desks do their usual work, others surprise, reporters speak and time goes by: several acts in a row.

        Single random acts hardly ever bring a report as far as a follow-up; this is where most of life happens.
        """
        self.stretches += 1
        chance = random.Random(f"{seed} {self.stretches}")
        for _ in range(chance.randint(3, 10)):
            report = self._any_report(chance)
            act = chance.choices((self._usual, self._surprising, self._spoken, self._out_of_place), (6, 3, 2, 2))[0]
            act(report, chance)
            self._look_at(report)
            self.now += timedelta(minutes=chance.choice((5, 90, 600, 1500)))

    def _any_report(self, chance: random.Random) -> Report:
        code = self.keys[chance.choice(sorted(self.keys))]
        return Report.objects.select_related("agency__calendar", "unit", "desk").get(code=code)

    def _usual(self, report: Report, chance: random.Random) -> None:
        if report.holder == Holder.REPORTER:
            return
        for actor in self._at_desk(report):
            allowed = permitted(situation_of(report, actor, self.now), actor.role)
            if action := next((one for one in USUAL.get(actor.role, ()) if one in allowed), None):
                self._do(report, actor, action)
                return

    def _surprising(self, report: Report, chance: random.Random) -> None:
        known = ways(reporter_with_code(), self.now, "").keys() - QUIET
        possible = [
            (actor, action)
            for actor in self._at_desk(report)
            for action in permitted(situation_of(report, actor, self.now), actor.role)
            if action in known
        ]
        turns = [(actor, action) for actor, action in possible if action in TURNS]
        if possible:
            self._do(report, *chance.choice(turns or possible))

    def _out_of_place(self, report: Report, chance: random.Random) -> None:
        """Somebody of the right role at the wrong desk tries what the table would give the right one."""
        strangers = [a for a in self.world.actors.values() if not self._is_theirs(report, a)]
        actor = chance.choice(strangers)
        allowed = set(permitted(situation_of(report, actor, self.now), actor.role)) & ways(actor, self.now, "").keys()
        if allowed and self._do(report, actor, action := chance.choice(sorted(allowed))):
            raise AssertionError(f"{actor.role} could {action} from another desk")

    def _spoken(self, report: Report, chance: random.Random) -> None:
        self._do(report, reporter_with_code(), chance.choice(SPOKEN))

    @precondition(lambda self: self.keys)
    @rule(data=st.data())
    def anybody_tries_anything(self, data: st.DataObject) -> None:
        """Whoever it is tries whatever it is: it is permitted and at the right desk, or it leaves no trace."""
        report = self._report(data)
        actor = data.draw(st.sampled_from([*self.world.actors.values(), reporter_with_code()]))
        action = data.draw(st.sampled_from(sorted(ways(actor, self.now, ""))))
        may = action in permitted(situation_of(report, actor, self.now), actor.role) and self._is_theirs(report, actor)
        before = _rows()
        done = self._do(report, actor, action)
        assert may or not done, f"{actor.role} could {action} out of role or desk"
        assert done or _rows() == before, f"a refused {action} left something behind"
        self._look_at(report)

    @rule(hours=st.sampled_from([1, 5, 26, 24 * 4]))
    def time_passes(self, hours: int) -> None:
        """Time goes on."""
        self.now += timedelta(hours=hours)

    @precondition(lambda self: self.keys)
    @rule(data=st.data(), minutes=st.sampled_from([-1, 1, 30, 24 * 60]), sweeps=st.booleans())
    def time_jumps_to_a_deadline(self, data: st.DataObject, minutes: int, sweeps: bool) -> None:
        """Time jumps to the end of the local day of an armed clock, give or take; sometimes after an outage."""
        armed = list(Deadline.objects.filter(state="running", due_ordinal__gt=0).order_by("due_ordinal", "id")[:8])
        if armed:
            moment = _end_of(data.draw(st.sampled_from(armed))) + timedelta(minutes=minutes)
            self.now = max(self.now, moment)
        if sweeps:
            self.the_clock_sweeps(settle=True)

    @rule(settle=st.booleans())
    def the_clock_sweeps(self, settle: bool) -> None:
        """The sweep does what is due; a second one right after finds nothing."""
        sweep.sweep_all(now=self.now) if settle else sweep.sweep(now=self.now, limit=3)
        self.judged = invariants.judge_endings(self.judged)
        if settle:
            assert not due_now(self.now, 5), "something stayed due after the sweep"
            invariants.check_that_nothing_runs_past_its_end(self.now)

    @precondition(lambda self: self.keys)
    @rule(data=st.data())
    def somebody_acts_between_look_and_step(self, data: st.DataObject) -> None:
        """The sweep has looked; before it takes its step the reporter speaks. The step must look again.

        Time jumps to the end of a clock that waits for the reporter, where one does: there the two meet.
        """
        running = Deadline.objects.filter(state="running", due_ordinal__gt=0)
        if awaited := list(running.filter(clock__in=AWAITED).order_by("due_ordinal", "id")[:4]):
            self.now = max(self.now, _end_of(data.draw(st.sampled_from(awaited))) + timedelta(minutes=1))
        due = due_now(self.now, 20)
        if not due:
            return
        expected = {one.pk for one in awaited}
        item = data.draw(st.sampled_from([one for one in due if one.deadline in expected] or due))
        report = Report.objects.get(pk=item.report)
        for action in (Action.REPLY, Action.COMPLETE, Action.OBJECT):
            if self._do(report, reporter_with_code(), action):
                break
        sweep._one(item, self.now, sweep.SweepResult())
        self.judged = invariants.judge_endings(self.judged)
        self._look_at(report)

    @rule(zone=st.sampled_from(["wib", "wita", "wit"]), days=st.integers(-12, 25))
    def the_calendar_office_declares_a_holiday(self, zone: str, days: int) -> None:
        """A holiday is declared, for the future or too late."""
        calendar = Calendar.objects.get(code=zone)
        day = calendars.today(calendar, self.now) + timedelta(days=days)
        self._changes(holidays.declare_holiday, calendar=zone, day=day, why="Libur simulasi")

    @rule(data=st.data(), zone=st.sampled_from(["wib", "wita"]))
    def the_calendar_office_takes_a_holiday_back(self, data: st.DataObject, zone: str) -> None:
        """A holiday of these weeks is worked after all: whose term was promised beyond it keeps its date."""
        calendar = Calendar.objects.get(code=zone)
        today = calendars.today(calendar, self.now)
        near = calendar.days.filter(working=False, day__range=(today - timedelta(days=3), today + timedelta(days=25)))
        days = [day for day in near.order_by("day").values_list("day", flat=True) if day.weekday() < 5]
        if days:
            self._changes(holidays.revoke_holiday, calendar=zone, day=data.draw(st.sampled_from(days)))

    def _changes(self, change: Callable[..., int], **about: Any) -> None:
        try:
            change(**about, actor=self.world["admin-pusat"], now=self.now)
        except Refusal:
            return
        self.late_holidays += 1
        self._deadlines_never_moved_inward()

    def teardown(self) -> None:
        """Let the sweeps settle, judge everything, and throw the world away."""
        if not hasattr(self, "outer"):
            return
        try:
            sweep.sweep_all(now=self.now)
            invariants.judge_endings(self.judged)
            invariants.check_all(self.keys, self.originals, self.now, self.late_holidays)
        finally:
            transaction.set_rollback(True)
            self.outer.__exit__(None, None, None)

    def _file(self, key: str, wanted: Any, *, dies: bool = False) -> Any:
        with _dying(dies):
            return submit.submit_report(wanted, actor=reporter_with_code(), now=self.now, key=key)

    def _acknowledge(self, key: str, wanted: Any, receipt: Any) -> None:
        self.keys[key], self.drafts[key] = receipt.code, wanted
        self.originals[receipt.code] = wanted.text
        self._look_at(Report.objects.get(code=receipt.code))

    def _report(self, data: st.DataObject) -> Report:
        code = data.draw(st.sampled_from(sorted(self.keys.items())))[1]
        return Report.objects.select_related("agency__calendar", "unit", "desk").get(code=code)

    def _at_desk(self, report: Report) -> list[Actor]:
        return [a for a in [reporter_with_code(), *self.world.actors.values()] if self._is_theirs(report, a)]

    def _is_theirs(self, report: Report, actor: Actor) -> bool:
        """Say whose the report is, in the simulation's own words."""
        desk = {
            Role.REPORTER: actor.desk,
            Role.NATIONAL_ADMIN: actor.desk,
            Role.AGENCY_ADMIN: report.agency_id,
            Role.LIAISON: report.unit_id,
            Role.HEAD: report.unit_id,
            Role.UNIT_OFFICER: report.desk_id,
        }.get(actor.role)
        if actor.role is Role.OMBUDSMAN:
            return report.escalated_at is not None
        return actor.role is Role.REPORTER or (desk is not None and desk == actor.desk)

    def _do(self, report: Report, actor: Actor, action: Action, *, dies: bool = False) -> bool:
        """Take one step; tells whether it was done. Only named refusals and crashes are not errors."""
        usecase, words = ways(actor, self.now, self._receiver(actor, action))[action]
        try:
            with _dying(dies):
                usecase(code=report.code, actor=actor, now=self.now, **words)
        except Refusal:
            return False
        return not dies

    def _receiver(self, actor: Actor, action: Action) -> str:
        """Return a desk that can receive from this actor, another one each time."""
        kind = {Role.NATIONAL_ADMIN: "institution", Role.LIAISON: "subunit"}.get(actor.role, "unit")
        desks = Agency.objects.filter(kind=kind).order_by("code")
        if kind == "unit":
            desks = desks.filter(institution=actor.desk)
        if kind == "subunit":
            desks = desks.filter(parent=actor.desk)
        codes = list(desks.values_list("code", flat=True))
        turn = Entry.objects.count() + (action is Action.REDISPOSE)
        return codes[turn % len(codes)] if codes else "tidak-ada"

    def _look_at(self, report: Report) -> None:
        invariants.check(Report.objects.get(pk=report.pk), self.originals, self.now, self.seen)
        self._deadlines_never_moved_inward(report)

    def _deadlines_never_moved_inward(self, report: Report | None = None) -> None:
        running = Deadline.objects.filter(state="running", due_ordinal__gt=0)
        if report is not None:
            running = running.filter(report=report)
        rows = [(d.pk, d.clock, d.calendar_id, d.due_ordinal or 0) for d in running]
        for calendar in {row[2] for row in rows}:
            days = calendars.days_of(calendar, {row[3] for row in rows if row[2] == calendar})
            for pk, clock, _, ordinal in (row for row in rows if row[2] == calendar):
                assert days[ordinal] >= self.dates.get(pk, days[ordinal]), f"{clock} moved inward"
                self.dates[pk] = days[ordinal]


@contextmanager
def _dying(dies: bool) -> Iterator[None]:
    """Let the process die at the end of the step, before COMMIT, when asked."""
    if not dies:
        yield
        return
    try:
        with patch.object(_advance, "wake", side_effect=Crash):
            yield
    except Crash:
        return


def _rows() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in COUNTED)


def _end_of(deadline: Deadline) -> datetime:
    day = calendars.day_of(deadline.calendar_id, deadline.due_ordinal or 0)
    zone = ZoneInfo(Calendar.objects.get(pk=deadline.calendar_id).zone)
    return datetime.combine(day + timedelta(days=1), time(0), zone).astimezone(UTC)
