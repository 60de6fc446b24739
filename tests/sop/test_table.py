"""The table as data: no dead end, no open report that nobody is timed for, and what must never be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

import pytest

from lapor.sop.table import (
    ANSWERS_FOR,
    ANYBODY,
    BELONGS_TO,
    CLOCK_ACTS,
    DESK_CLOCKS,
    LASTING,
    SIXTY_DAYS,
    STEPS,
    Pause,
    Step,
    To,
)
from lapor.sop.vocabulary import FINAL, OPEN, Action, Clock, Fact, Holder, Role, Status, Told

T = TypeVar("T")

BORN_LATE = {Clock.INTAKE, Clock.MANUAL_ENTRY, Clock.SOCIAL_ENTRY}  # looked at when a report comes into being
MEASURED = {Clock.DELIVERY, Clock.REPORTER_TOLD}  # the messages' own times
# These never run alone; leaving them out of the walk makes it smaller and its question about clocks stricter.
BESIDE = {
    Clock.PENDING_REMINDER, Clock.PENDING_REMINDER_2, Clock.SILENCE_REMINDER, Clock.CONSENT, Clock.ACCEPT,
    Clock.UNIT_RECEIVES,
}  # fmt: skip
WINDOWS = {Clock.REOPEN_WINDOW, Clock.APPEAL_WINDOW}  # they end by themselves

# --- A walk over everything that can happen -------------------------------------------------------


@dataclass(frozen=True)
class Stand:
    """A report as far as the table sees it: where it is, what was said, which clocks run (True) or stand still."""

    status: Status
    holder: Holder
    clocks: frozenset[tuple[Clock, bool]] = frozenset()
    facts: frozenset[Fact] = frozenset()
    back: tuple[Status, Holder] | None = None
    has_agency: bool = False

    @property
    def running(self) -> set[Clock]:
        """The clocks that run, or ran out and wait for their step."""
        return {clock for clock, runs in self.clocks if runs}


SETS = {
    Action.RELEASE_FOLLOW_UP: Fact.FOLLOWED_UP,
    Action.FOLLOW_UP: Fact.FOLLOWED_UP,
    Action.ANSWER: Fact.ANSWER_WAITING,
    Action.REQUEST_CLOSING: Fact.CLOSING_REQUESTED,
}
CLEARS = {
    Action.RELEASE: Fact.ANSWER_WAITING,
    Action.RELEASE_FOLLOW_UP: Fact.ANSWER_WAITING,
    Action.SEND_BACK_ANSWER: Fact.ANSWER_WAITING,
    Action.REDISPOSE: Fact.ANSWER_WAITING,
    Action.APPROVE_CLOSING: Fact.CLOSING_REQUESTED,
    Action.REFUSE_CLOSING: Fact.CLOSING_REQUESTED,
    Action.OBJECT: Fact.CLOSING_REQUESTED,
    Action.CONFIRM: Fact.CLOSING_REQUESTED,
    Action.WITHDRAW: Fact.CLOSING_REQUESTED,
}
FOLLOWED = {*SETS.values(), Fact.UNIT_ASSIGNED}  # the other facts may be either way


def take(step: Step, at: Stand) -> Stand:
    """Return where a report stands after a step, by the rules that the table's own words give."""
    cleared = {CLEARS[step.action]} if step.action in CLEARS else set()
    facts = at.facts - cleared | ({SETS[step.action]} if step.action in SETS else set())
    status, holder = _reached(step, at)
    has_agency = (at.has_agency or holder is Holder.AGENCY) and not (
        step.action is Action.RETURN and step.role is Role.AGENCY_ADMIN
    )
    unit = facts | {Fact.UNIT_ASSIGNED} if holder is Holder.UNIT else facts
    if step.action is Action.RESTORE or (step.action is Action.RETURN and step.role is Role.LIAISON):
        unit = unit - {Fact.UNIT_ASSIGNED}
    back = (at.status, at.holder) if status is Status.PENDING and at.status is not Status.PENDING else at.back
    clocks = frozenset(_clocks_after(step, at, holder, frozenset(unit)).items())
    return Stand(status, holder, clocks, frozenset(unit), back, has_agency)


def _reached(step: Step, at: Stand) -> tuple[Status, Holder]:
    intake = Holder.AGENCY if at.has_agency else Holder.NATIONAL
    holders = {
        To.SAME: at.holder,
        To.BACK: at.back[1] if at.back else intake,
        To.INTAKE: intake,
        To.RESPONSIBLE: Holder.UNIT if Fact.UNIT_ASSIGNED in at.facts else intake,
    }
    statuses = {To.SAME: at.status, To.BACK: at.back[0] if at.back else Status.UNVERIFIED}
    status = step.becomes if isinstance(step.becomes, Status) else statuses[step.becomes]
    holder = step.goes_to if isinstance(step.goes_to, Holder) else holders[step.goes_to]
    return status, holder


def _clocks_after(step: Step, at: Stand, holder: Holder, facts: frozenset[Fact]) -> dict[Clock, bool]:
    clocks = dict(at.clocks)
    fired = [clock for clock, action in CLOCK_ACTS.items() if action is step.action and clocks.get(clock)]
    for clock in (*step.meets, *fired[:1]):
        clocks.pop(clock, None)
    for clock in step.drops:
        if clock in LASTING and clock in clocks:
            clocks[clock] = False
        else:
            clocks.pop(clock, None)
    if step.pause is Pause.QUESTION:
        clocks |= {clock: False for clock in clocks if clock in (*DESK_CLOCKS, *SIXTY_DAYS)}
    if step.pause is Pause.RETURN:
        clocks |= {clock: False for clock in clocks if clock in DESK_CLOCKS}
    if step.pause is Pause.GO:
        clocks |= dict.fromkeys(clocks, True)
    for clock in step.starts:
        over = clock in SIXTY_DAYS and clock not in clocks and Fact.FOLLOWED_UP in facts
        if clock not in BESIDE and BELONGS_TO.get(clock, holder) is holder and not over:
            clocks[clock] = True
    return clocks


def may(step: Step, at: Stand) -> bool:
    """Tell whether a row of this status and holder can be taken, leaving open what the walk does not follow."""
    timed_by = {clock for clock, action in CLOCK_ACTS.items() if action is step.action} - BESIDE
    if timed_by and not timed_by & at.running:
        return False
    wanted, barred = (FOLLOWED.intersection(facts) for facts in (step.needs, step.unless))
    return wanted <= at.facts and not barred & at.facts


def walk() -> dict[Stand, list[tuple[Step, Stand]]]:
    """Return everything a report can come to from any beginning, with the steps that lead on."""
    rows = {
        (status, holder): [step for step in MOVING if status in step.status and holder in step.held_by]
        for status in Status
        for holder in Holder
    }
    waiting = list(beginnings())
    seen: dict[Stand, list[tuple[Step, Stand]]] = {}
    while waiting:
        at = waiting.pop()
        if at in seen:
            continue
        seen[at] = [(step, take(step, at)) for step in rows[at.status, at.holder] if may(step, at)]
        waiting.extend(reached for _, reached in seen[at])
    return seen


def beginnings() -> Iterator[Stand]:
    """Yield every way in which a report may begin, with and without an institution."""
    for step in STEPS:
        if step.is_entry:
            for has_agency in (True, False):
                new = Stand(Status.UNVERIFIED, Holder.NATIONAL, has_agency=has_agency)
                unit = {Fact.UNIT_ASSIGNED} if has_agency and step.becomes is not Status.UNVERIFIED else set()
                begun = take(step, replace(new, facts=frozenset(unit)))
                back = (Status.UNVERIFIED, Holder.AGENCY if has_agency else Holder.NATIONAL)
                yield replace(begun, back=back if begun.status is Status.PENDING else None)


QUIET = {Action.EXPLAIN_BREACH, Action.ACKNOWLEDGE_BREACH, Action.BREACH, Action.NOTE, Action.CONSULT}
MOVING = [step for step in STEPS if not step.is_entry and step.action not in QUIET]


@pytest.fixture(scope="module")
def world() -> dict[Stand, list[tuple[Step, Stand]]]:
    """Everything a report can come to."""
    return walk()


def test_the_walk_reaches_every_status_and_takes_every_row(world: dict[Stand, list[tuple[Step, Stand]]]) -> None:
    taken = {step for steps in world.values() for step, _ in steps}

    assert {at.status for at in world} == set(Status)
    assert [step for step in MOVING if step not in taken] == []


def test_no_open_report_is_ever_without_a_clock_that_runs(world: dict[Stand, list[tuple[Step, Stand]]]) -> None:
    untimed = {(at.status, at.holder) for at in world if at.status in OPEN and not at.running}

    assert untimed == {(Status.ESCALATED, Holder.OMBUDSMAN)}
    assert all(step.no_clock for step in STEPS if step.becomes is Status.ESCALATED)


def test_no_ended_report_is_timed(world: dict[Stand, list[tuple[Step, Stand]]]) -> None:
    assert not [at for at in world if at.status in FINAL and at.running]


def test_every_open_report_can_be_moved_by_the_desk_that_holds_it(
    world: dict[Stand, list[tuple[Step, Stand]]],
) -> None:
    stuck = set()
    for at, steps in world.items():
        by = {step.role for step, reached in steps if (reached.status, reached.holder) != (at.status, at.holder)}
        if at.status in OPEN and not by & OWNS[at.holder]:
            stuck.add((at.status, at.holder))

    assert stuck == set()


OWNS = {
    Holder.NATIONAL: {Role.NATIONAL_ADMIN},
    Holder.AGENCY: {Role.AGENCY_ADMIN},
    Holder.UNIT: {Role.LIAISON},
    Holder.UNIT_OFFICER: {Role.UNIT_OFFICER},
    Holder.HEAD: {Role.HEAD},
    Holder.REPORTER: {Role.REPORTER},
    Holder.OMBUDSMAN: {Role.OMBUDSMAN},
}


def test_every_open_report_can_come_to_an_end(world: dict[Stand, list[tuple[Step, Stand]]]) -> None:
    ending = {at for at in world if at.status in FINAL}
    before = -1
    while len(ending) > before:
        before = len(ending)
        ending |= {at for at, steps in world.items() if any(reached in ending for _, reached in steps)}

    assert set(world) == ending


def test_a_report_that_nobody_follows_up_is_left_to_the_clock_alone_and_still_goes_on(
    world: dict[Stand, list[tuple[Step, Stand]]],
) -> None:
    """From any open place without a follow-up the clock's own steps lead to the Ombudsman or into the archive."""
    goal = {at for at in world if at.status in (*FINAL, Status.ESCALATED)}
    before = -1
    while len(goal) > before:
        before = len(goal)
        goal |= {
            at
            for at, steps in world.items()
            if any(step.role is Role.CLOCK and reached in goal for step, reached in steps)
        }

    left = {(at.status, at.holder) for at in world if at not in goal and Fact.FOLLOWED_UP not in at.facts}
    assert left == set()


# --- What every row must keep --------------------------------------------------------------------


def test_final_is_final_except_for_restoring_and_reopening() -> None:
    leaving = {step.action for step in STEPS if set(step.status) & set(FINAL) and step.becomes not in (To.SAME, *FINAL)}

    assert leaving == {Action.RESTORE, Action.REOPEN}


def test_who_may_end_a_report_and_a_liaison_may_not() -> None:
    enders = {(step.role, step.action) for step in STEPS if step.becomes is Status.CLOSED and not step.is_entry}

    assert enders == {
        (Role.REPORTER, Action.CONFIRM),
        (Role.CLOCK, Action.LAPSE),
        (Role.NATIONAL_ADMIN, Action.APPROVE_CLOSING),
        (Role.OMBUDSMAN, Action.RECORD_OUTCOME),
    }


def test_silence_closes_only_after_a_follow_up() -> None:
    assert all(Fact.FOLLOWED_UP in step.needs for step in STEPS if step.action is Action.LAPSE)


def test_nobody_decides_the_closing_they_asked_for() -> None:
    deciding = [step for step in STEPS if step.action in (Action.APPROVE_CLOSING, Action.REFUSE_CLOSING)]

    assert deciding
    assert all(Fact.I_REQUESTED in step.unless for step in deciding)


def test_a_return_goes_one_desk_up_and_only_twice() -> None:
    ways = {(step.role, step.goes_to): step.unless for step in STEPS if step.action is Action.RETURN}

    assert set(ways) == {(Role.LIAISON, Holder.AGENCY), (Role.AGENCY_ADMIN, Holder.NATIONAL)}
    assert Fact.UNIT_RETURNS_SPENT in ways[Role.LIAISON, Holder.AGENCY]
    assert Fact.AGENCY_RETURNS_SPENT in ways[Role.AGENCY_ADMIN, Holder.NATIONAL]


def test_a_co_handler_answers_for_nobody_else() -> None:
    alone = {Action.CONTRIBUTE, Action.NOTE, Action.CONSULT, Action.EXPLAIN_BREACH}
    rows = [step for step in STEPS if step.role is Role.LIAISON and not step.is_entry and step.action not in alone]

    assert [step for step in rows if Fact.CO_HANDLER not in step.unless] == []


def test_every_step_into_an_open_state_starts_a_clock_or_says_why_none() -> None:
    entering = [step for step in STEPS if step.becomes in OPEN or step.becomes is To.BACK]

    assert [step for step in entering if not step.starts and not step.no_clock] == []


def test_oversight_has_no_hand_in_any_step() -> None:
    watching = {Role.KSP, Role.PANRB, Role.INSPECTORATE}

    assert not [step for step in STEPS if step.role in watching]


def test_no_care_for_a_report_restarts_or_stops_a_clock() -> None:
    """Editing, notes, links and secrecy are no progress (never: a deadline that an edit or a comment restarts)."""
    care = {
        Action.EDIT_TEXT, Action.CLASSIFY, Action.CHANGE_SECRECY, Action.NOTE, Action.CONSULT, Action.LINK,
        Action.UNLINK, Action.JOIN_CAUSE, Action.LEAVE_CAUSE, Action.EXPLAIN_BREACH, Action.ACKNOWLEDGE_BREACH,
        Action.ADD_HANDLER, Action.CONTRIBUTE,
    }  # fmt: skip
    for step in STEPS:
        if step.action in care:
            assert (step.becomes, step.goes_to) == (To.SAME, To.SAME)
            assert (step.starts, step.meets, step.drops, step.pause) == ((), (), (), None)


def test_no_two_rows_speak_of_one_situation() -> None:
    """One situation, one row: else what a step does would hang on the order of the table."""
    spoken = Counter(
        (step.role, step.action, status, holder)
        for step in STEPS
        if not step.is_entry
        for status in step.status
        for holder in step.held_by
    )

    assert [key for key, times in spoken.items() if times > 1] == []


def test_the_ended_are_held_by_nobody_and_the_open_by_somebody() -> None:
    for step in STEPS:
        if isinstance(step.becomes, Status) and isinstance(step.goes_to, Holder):
            assert (step.becomes in FINAL) == (step.goes_to is Holder.NOBODY)
        if step.held_by not in ((), ANYBODY):
            assert (Holder.NOBODY in step.held_by) == (set(step.status) <= set(FINAL))


def test_every_word_of_the_vocabulary_is_used() -> None:
    no_step = {Action.CLAIM}  # whose report it is changes, not where it stands
    assert {step.action for step in STEPS} == set(Action) - no_step
    assert _used(step.needs + step.unless for step in STEPS) == set(Fact)
    assert _used(step.tells for step in STEPS) == set(Told)


def test_every_clock_is_started_by_a_step_or_watched_elsewhere() -> None:
    assert _used(step.starts for step in STEPS) == set(Clock) - BORN_LATE - MEASURED - WINDOWS


def test_every_clock_that_can_be_late_has_somebody_who_answers_for_it() -> None:
    started = _used(step.starts for step in STEPS)

    assert started <= set(ANSWERS_FOR) | set(CLOCK_ACTS)


def test_every_rule_that_a_row_names_exists() -> None:
    names = {name for step in STEPS for name in step.rule.split()}
    numbered = {f"S{n}" for n in range(1, 85)} | {f"C{n}" for n in range(1, 25)}

    assert names - numbered == {"A1", "practice", "law"}


def _used(groups: Iterable[Iterable[T]]) -> set[T]:
    return {one for group in groups for one in group}
