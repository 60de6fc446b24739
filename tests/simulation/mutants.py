"""Seeded bugs, to test the simulation itself: each one must be found, or the simulation is worth nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

from lapor.agencies.models import Calendar
from lapor.agencies.queries import calendars
from lapor.reports import access, clocks
from lapor.reports.clocks import Clocks
from lapor.reports.models import Deadline, Report
from lapor.reports.queries import due
from lapor.reports.usecases import _advance, _custody, holidays, submit, sweep
from lapor.sop import engine
from lapor.sop.table import DESK_CLOCKS, SILENT, SIXTY_DAYS, Pause, Step
from lapor.sop.vocabulary import Action, Clock

Mutant = Callable[[], AbstractContextManager[Any]]


def no_idempotency() -> AbstractContextManager[Any]:
    """Keys are not kept: a retry makes a second report."""
    stack = ExitStack()
    stack.enter_context(patch.object(submit, "repeat_of", return_value=None))
    stack.enter_context(patch.object(submit, "keep_key"))
    return stack


@contextmanager
def half_a_step() -> Iterator[None]:
    """The report is changed and its history is written in another transaction, which may never come."""
    from tests.simulation.machine import Crash

    take = _advance.advance

    def torn(turn: Any, move: Any = None) -> Any:
        try:
            return take(turn, move)
        except Crash:
            Report.objects.filter(pk=turn.report.pk).update(status=turn.report.status, version=turn.report.version)
            return turn.report

    with _everywhere("advance", torn):
        yield


@contextmanager
def utc_instead_of_local_days() -> Iterator[None]:
    """Today is asked of the server's clock."""

    def today(calendar: Calendar, now: datetime) -> Any:
        return now.astimezone(UTC).date()

    with patch.object(calendars, "today", today):
        yield


def revoked_holiday_moves_clocks_inward() -> AbstractContextManager[Any]:
    """Nothing keeps the promise when a holiday is taken back."""
    return patch.object(holidays, "_move", return_value=False)


def reply_does_not_stop_the_silence() -> AbstractContextManager[Any]:
    """The reporter replies and the silence goes on."""
    return _table(lambda step: replace(step, drops=()) if step.action in (Action.REPLY, Action.OBJECT) else step)


def acknowledgement_starts_the_silence() -> AbstractContextManager[Any]:
    """A first response counts as a follow-up (C22)."""

    def change(step: Step) -> Step:
        return replace(step, starts=(*step.starts, *SILENT)) if step.action is Action.RESPOND_FIRST else step

    return _table(change)


@contextmanager
def only_what_is_due_today() -> Iterator[None]:
    """After an outage, what fell due meanwhile is never looked at: `=` where `<` belongs."""
    take = due._take

    def today_only(found: Any, limit: int) -> Any:
        newest = found.order_by("-due_ordinal").values_list("due_ordinal", flat=True).first()
        return take(found.filter(due_ordinal=newest) if newest is not None else found, limit)

    with patch.object(due, "_take", today_only):
        yield


def no_second_look_under_the_lock() -> AbstractContextManager[Any]:
    """The sweep trusts what it saw before it had the row."""
    return patch.object(sweep, "_still_due", return_value=True)


@contextmanager
def epoch_stays() -> Iterator[None]:
    """A clock that runs a second time is taken for the first."""
    arm = Clocks._armed

    def same_epoch(self: Clocks, clock: Clock, limit: Any, event: Action) -> Deadline:
        deadline = arm(self, clock, limit, event)
        deadline.epoch = 1
        return deadline

    with patch.object(Clocks, "_armed", same_epoch):
        yield


def ping_pong_stops_the_sixty_days() -> AbstractContextManager[Any]:
    """A return lets the report's own sixty days stand still too."""
    return patch.object(clocks, "DESK_CLOCKS", (*DESK_CLOCKS, *SIXTY_DAYS))


def question_stops_no_clock() -> AbstractContextManager[Any]:
    """The desks' clocks run on while the reporter owes an answer, and then get their days twice."""
    return _table(lambda step: replace(step, pause=None) if step.pause is Pause.GO else step)


def any_desk_may_act() -> AbstractContextManager[Any]:
    """Whoever may read may act."""
    return patch.object(access, "may_act", return_value=True)


def custody_is_not_passed_on() -> AbstractContextManager[Any]:
    """A hand-over ends no leg of custody."""
    return patch.object(_custody, "_end")


def ended_reports_keep_their_clocks() -> AbstractContextManager[Any]:
    """Closing by the reporter's word leaves the clocks running."""
    return _table(lambda step: replace(step, drops=()) if step.action in (Action.CONFIRM, Action.WITHDRAW) else step)


def _table(change: Callable[[Step], Step]) -> AbstractContextManager[Any]:
    """Play under a changed law."""
    rows = {key: tuple(change(step) for step in steps) for key, steps in engine._ROWS.items()}
    return patch.object(engine, "_ROWS", rows)


@contextmanager
def _everywhere(name: str, replacement: Any) -> Iterator[None]:
    """Replace a function in every use case that has imported it."""
    import sys

    with ExitStack() as stack:
        for module in list(sys.modules.values()):
            if module.__name__.startswith("lapor.reports.usecases.") and hasattr(module, name):
                stack.enter_context(patch.object(module, name, replacement))
        yield


MUTANTS: tuple[Mutant, ...] = (
    no_idempotency,
    half_a_step,
    utc_instead_of_local_days,
    revoked_holiday_moves_clocks_inward,
    reply_does_not_stop_the_silence,
    acknowledgement_starts_the_silence,
    only_what_is_due_today,
    no_second_look_under_the_lock,
    epoch_stays,
    ping_pong_stops_the_sixty_days,
    question_stops_no_clock,
    any_desk_may_act,
    custody_is_not_passed_on,
    ended_reports_keep_their_clocks,
)
