"""The engine permits exactly what the table says, for every status, holder, role, action and set of facts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from lapor.sop.engine import Situation, StepRefused, choices, find_step, permitted
from lapor.sop.table import STEPS, Step
from lapor.sop.vocabulary import Action, Fact, Holder, Role, Status

Place = tuple[Status, Holder, Role, Action]


def said(steps: tuple[Step, ...] = STEPS) -> dict[Place, Step]:
    """Return the table written out: one entry for each status, holder, role and action that a row speaks of."""
    return {
        (status, holder, step.role, step.action): step
        for step in steps
        for status, holder in product(step.status, step.held_by)
    }


WRITTEN_OUT = said()


def places() -> Iterator[Place]:
    """Yield the whole product, 7 x 8 x 11 x all actions."""
    yield from product(Status, Holder, Role, Action)


def test_a_step_that_no_row_speaks_of_is_refused_whatever_is_true() -> None:
    unspoken = [place for place in places() if place not in WRITTEN_OUT]

    for status, holder, role, action in unspoken:
        for facts in (frozenset[Fact](), frozenset(Fact)):
            with pytest.raises(StepRefused) as caught:
                find_step(Situation(status, holder, facts), role, action)
            assert (caught.value.missing, caught.value.against) == ((), ())

    assert len(WRITTEN_OUT) < len(unspoken) / 10  # most of all that is thinkable is refused


@pytest.mark.parametrize("action", Action)
def test_a_row_is_taken_exactly_when_its_facts_are_there_and_none_stands_against_it(action: Action) -> None:
    for (status, holder, role, spoken), step in WRITTEN_OUT.items():
        if spoken is not action:
            continue
        enough = Situation(status, holder, frozenset(step.needs))
        everything_else = Situation(status, holder, frozenset(Fact) - set(step.unless))
        for situation in (enough, everything_else):
            assert find_step(situation, role, action) is step
            assert action in permitted(situation, role)
        for fact in step.needs:
            _refused(Situation(status, holder, frozenset(step.needs) - {fact}), role, action, missing=fact)
        for fact in step.unless:
            _refused(Situation(status, holder, frozenset({*step.needs, fact})), role, action, against=fact)


def _refused(
    situation: Situation, role: Role, action: Action, *, missing: Fact | None = None, against: Fact | None = None
) -> None:
    with pytest.raises(StepRefused) as caught:
        find_step(situation, role, action)
    assert missing in (None, *caught.value.missing)
    assert against in (None, *caught.value.against)
    assert action not in permitted(situation, role)


@pytest.mark.parametrize("role", Role)
def test_what_is_offered_is_what_the_rows_of_the_place_say(role: Role) -> None:
    for status, holder in product(Status, Holder):
        offered = [choice.step for choice in choices(Situation(status, holder), role)]
        assert offered == [step for step in STEPS if WRITTEN_OUT.get((status, holder, role, step.action)) is step]


def test_a_choice_that_is_not_open_yet_says_what_is_missing() -> None:
    situation = Situation(Status.DISPOSED, Holder.UNIT, frozenset({Fact.ACCEPTED}))

    offered = {choice.step.action: choice for choice in choices(situation, Role.LIAISON)}

    assert offered[Action.RELEASE].missing == (Fact.ANSWER_WAITING,)
    assert offered[Action.ACCEPT].against == (Fact.ACCEPTED,)
    assert not offered[Action.ACCEPT].is_open
    assert offered[Action.RESPOND_FIRST].is_open


def test_before_a_report_exists_only_its_beginnings_are_permitted() -> None:
    nowhere = Situation(None, None)

    assert permitted(nowhere, Role.REPORTER) == (Action.SUBMIT,)
    assert permitted(nowhere, Role.LIAISON) == (Action.RECORD_OPEN, Action.RECORD_SETTLED)
    assert permitted(nowhere, Role.HEAD) == ()
    for role, action in product(Role, Action):
        begins = [step for step in STEPS if step.is_entry and (step.role, step.action) == (role, action)]
        if not begins:
            with pytest.raises(StepRefused):
                find_step(nowhere, role, action)


@pytest.mark.parametrize("status", Status)
def test_an_import_takes_the_row_of_the_status_it_tells(status: Status) -> None:
    step = find_step(Situation(None, None), Role.CLOCK, Action.IMPORT, becomes=status)

    assert step.becomes is status


def test_a_beginning_never_happens_to_a_report_that_exists() -> None:
    for status, holder in product(Status, Holder):
        for role in Role:
            begun = set(permitted(Situation(status, holder), role)) & {step.action for step in STEPS if step.is_entry}
            assert begun == set()
