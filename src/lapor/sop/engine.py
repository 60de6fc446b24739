"""What may happen now: the table, asked with a situation. Pure; the one reader of `lapor.sop.table`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from lapor.sop.table import STEPS, Step
from lapor.sop.vocabulary import Action, Fact, Holder, Role, Status


@dataclass(frozen=True)
class Situation:
    """Where a report stands: its status (None before it exists), its holder, and the facts that rows ask for."""

    status: Status | None
    holder: Holder | None
    facts: frozenset[Fact] = field(default_factory=frozenset)


class StepRefused(Exception):
    """The SOP does not permit this step now. `missing` and `against` are the facts that stand in its way."""

    def __init__(
        self,
        role: Role,
        action: Action,
        situation: Situation,
        missing: Iterable[Fact] = (),
        against: Iterable[Fact] = (),
    ) -> None:
        self.role, self.action, self.situation = role, action, situation
        self.missing, self.against = tuple(missing), tuple(against)
        super().__init__(f"{role} may not {action} a report that is {situation.status} with {situation.holder}")


def _index() -> dict[tuple[Role, Action], tuple[Step, ...]]:
    rows: dict[tuple[Role, Action], list[Step]] = defaultdict(list)
    for step in STEPS:
        rows[step.role, step.action].append(step)
    return {key: tuple(steps) for key, steps in rows.items()}


_ROWS = _index()


def takes(role: Role, action: Action) -> bool:
    """Tell whether the table knows this step of this role at all, in whatever state of the report."""
    return (role, action) in _ROWS


def fits(step: Step, situation: Situation) -> bool:
    """Tell whether the row speaks of this status and holder, whatever else it needs."""
    if situation.status is None or step.is_entry:
        return step.is_entry and situation.status is None
    return situation.status in step.status and situation.holder in step.held_by


def obstacles(step: Step, situation: Situation) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
    """Return the facts that are missing and the facts that stand against this row."""
    missing = tuple(fact for fact in step.needs if fact not in situation.facts)
    against = tuple(fact for fact in step.unless if fact in situation.facts)
    return missing, against


def find_step(situation: Situation, role: Role, action: Action, becomes: Status | None = None) -> Step:
    """Return the row that permits `action` to `role` now (`becomes` chooses among the rows of an import).

    Raises StepRefused, with the facts in the way when a row exists but cannot be taken yet.
    """
    refused: tuple[tuple[Fact, ...], tuple[Fact, ...]] = ((), ())
    for step in _ROWS.get((role, action), ()):
        if fits(step, situation) and becomes in (None, step.becomes):
            refused = obstacles(step, situation)
            if refused == ((), ()):
                return step
    raise StepRefused(role, action, situation, *refused)


@dataclass(frozen=True)
class Choice:
    """One button: the step, and why it cannot be pressed yet (both empty when it can)."""

    step: Step
    missing: tuple[Fact, ...] = ()
    against: tuple[Fact, ...] = ()

    @property
    def is_open(self) -> bool:
        """Tell whether the step is permitted now."""
        return not (self.missing or self.against)


def choices(situation: Situation, role: Role) -> tuple[Choice, ...]:
    """Return, in the table's order, every step this role could take in this status, open ones and not yet open ones."""
    return tuple(
        Choice(step, *obstacles(step, situation)) for step in STEPS if step.role is role and fits(step, situation)
    )


def awaited(situation: Situation, role: Role) -> tuple[Choice, ...]:
    """Return, in the table's order, the steps this role takes in this status as soon as another holder has the report.

    Left out is what another row lets it do or lists already, and what a fact stands against. `missing` is what the step
    needs besides.
    """
    here = {choice.step.action for choice in choices(situation, role)}
    rows = (step for step in STEPS if step.role is role and situation.status in step.status)
    found = [Choice(step, *obstacles(step, situation)) for step in rows if step.action not in here]
    return tuple(choice for choice in found if not choice.against)


def permitted(situation: Situation, role: Role) -> tuple[Action, ...]:
    """Return the actions open to this role now; faces, API, docs and tests all read this."""
    return tuple(choice.step.action for choice in choices(situation, role) if choice.is_open)
