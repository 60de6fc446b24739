"""The clock acts: whatever is due is done, in order, once, however many sweeps run (S33, S34, C8, C10, S21).

What is due comes from an index. Each case is one transaction: its row is locked, the clock is looked at again (the
reporter may have spoken meanwhile), then the step of the table is taken or the breach recorded. A case that fails is
set aside with its problem, and the sweep goes on.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from lapor.agencies.queries import calendars, roles
from lapor.kernel.actor import CLOCK
from lapor.kernel.away import DATABASE_AWAY
from lapor.reports import access, profiles
from lapor.reports.models import AnswerDraft, Breach, Deadline, Report
from lapor.reports.queries.due import Due, due_now
from lapor.reports.usecases._advance import Move, Turn, advance, permit
from lapor.sop.table import ANSWERS_FOR, CLOCK_ACTS
from lapor.sop.vocabulary import Action, ArchiveReason, Clock, CloseReason, Holder, Role

log = logging.getLogger(__name__)


@dataclass
class SweepResult:
    """What one sweep did. `left` tells that more was due than its limit."""

    acted: int = 0
    breached: int = 0
    passed: int = 0
    set_aside: int = 0
    left: bool = False


def sweep(*, now: datetime, limit: int = 500) -> SweepResult:
    """Do what is due at `now`, at most `limit` clocks; call again while `left`."""
    due = due_now(now, limit + 1)
    result = SweepResult(left=len(due) > limit)
    for item in due[:limit]:
        _one(item, now, result)
    return result


def sweep_all(*, now: datetime, limit: int = 500) -> SweepResult:
    """Sweep until nothing is due, for catching up after an outage and for the virtual clock."""
    total = SweepResult(left=True)
    while total.left:
        part = sweep(now=now, limit=limit)
        total.acted += part.acted
        total.breached += part.breached
        total.passed += part.passed
        total.set_aside += part.set_aside
        total.left = part.left and (part.acted + part.breached + part.set_aside) > 0
    return total


def _one(item: Due, now: datetime, result: SweepResult) -> None:
    try:
        with transaction.atomic(durable=True):
            outcome = _fire(item, now)
    except DATABASE_AWAY:
        raise  # the database is away or full: no case is to blame, and the clock comes back
    except Exception as problem:  # noqa: BLE001 - one broken case must not stop the clock for all others
        log.error("sweep: report %s set aside: %s", item.report, type(problem).__name__)
        Report.objects.filter(pk=item.report).update(set_aside_why=_why(problem))
        result.set_aside += 1
    else:
        setattr(result, outcome, getattr(result, outcome) + 1)


def _why(problem: Exception) -> str:
    """Say what was wrong; of what the database refuses only the first line, for the others quote the row."""
    return f"{type(problem).__name__}: {problem}".partition("\n")[0][:200]


def _fire(item: Due, now: datetime) -> str:
    """Act on one due clock if it is still due now that the report is locked; returns which counter to raise."""
    if access.locked(Report.objects.filter(pk=item.report), skip=True) is None:
        return "passed"  # an officer or another sweep has it; the next round sees it again
    report = Report.objects.select_related(*access.RELATED).get(pk=item.report)
    deadline = Deadline.objects.select_related("calendar", "desk").get(pk=item.deadline)
    if not _still_due(deadline, now) or _answered_in_time(deadline):
        return "passed"
    clock = Clock(deadline.clock)
    deadline.fired_at = now
    if clock in CLOCK_ACTS:
        _act(report, deadline, CLOCK_ACTS[clock], now)
        return "acted"
    _breach(report, deadline, clock, now)
    return "breached"


def _still_due(deadline: Deadline, now: datetime) -> bool:
    if deadline.state != Deadline.State.RUNNING:
        return False
    if deadline.due_at is not None:
        return deadline.due_at <= now
    today = calendars.ordinal(deadline.calendar_id, calendars.today(deadline.calendar, now))
    return deadline.due_ordinal is not None and deadline.due_ordinal < today


def _answered_in_time(deadline: Deadline) -> bool:
    """Tell whether an answer is on its way that was sent before this clock ended: half a minute can still undo it.

    If it is held back, the next round finds the clock as it was.
    """
    held = AnswerDraft.objects.filter(report=deadline.report_id, state=AnswerDraft.State.WAITING)
    pressed = held.filter(counts_from__isnull=False).values_list("counts_from", flat=True).first()
    return pressed is not None and not _still_due(deadline, pressed)


def _act(report: Report, deadline: Deadline, action: Action, now: datetime) -> None:
    """Let the clock take its step of the table; facts carry the day it was due, whatever day it is now."""
    turn = permit(report, action, actor=CLOCK, now=now)
    deadline.state = Deadline.State.FIRED
    deadline.save(update_fields=["state", "fired_at"])
    _END.get(action, _nothing)(turn)
    advance(turn, Move(facts={"due_on": _due_day(deadline).isoformat(), "epoch": deadline.epoch}))


def _lapse(turn: Turn) -> None:
    turn.report.close_reason, turn.report.ended_at = str(CloseReason.SILENCE), turn.now
    turn.facts["reason"] = turn.report.close_reason


def _lapse_pending(turn: Turn) -> None:
    turn.report.archive_reason, turn.report.ended_at = str(ArchiveReason.UNCLEAR), turn.now
    turn.facts["reason"] = turn.report.archive_reason


def _ask_consent(turn: Turn) -> None:
    turn.report.consent_asked_at = turn.now


def _escalate(turn: Turn) -> None:
    """Identity goes along only with the reporter's recorded consent, unless the profile says so (C8)."""
    turn.report.escalated_at = turn.now
    turn.report.answer_waiting = False
    automatic = profiles.of(turn.report).automatic_transfer
    turn.facts["identity_shared"] = automatic or bool(turn.report.consent_given)


def _nothing(turn: Turn) -> None:
    """A reminder changes nothing; telling is all it does."""


_END = {
    Action.LAPSE: _lapse,
    Action.LAPSE_PENDING: _lapse_pending,
    Action.ASK_CONSENT: _ask_consent,
    Action.ESCALATE: _escalate,
}


def _breach(report: Report, deadline: Deadline, clock: Clock, now: datetime) -> None:
    """Enter a passed limit into the breach register (S21); the clock stays live, as overdue, until the step is done."""
    turn = permit(report, Action.BREACH, actor=CLOCK, now=now)
    deadline.state = Deadline.State.OVERDUE
    deadline.save(update_fields=["state", "fired_at"])
    planned = _due_day(deadline)
    entry = Breach.objects.create(
        report=report,
        deadline=deadline,
        clock=str(clock),
        agency=report.agency,
        desk=deadline.desk,
        appointment=_responsible(report, deadline, clock, now),
        planned_on=planned,
        planned_at=deadline.due_at,
        noticed_at=now,
    )
    report.breaches_noticed += 1
    facts = {"clock": str(clock), "due_on": planned.isoformat(), "breach": entry.pk}
    late = (deadline.desk_id,) if deadline.desk_id else ()
    advance(turn, Move(facts=facts, named_desks=late))


def _responsible(report: Report, deadline: Deadline, clock: Clock, now: datetime) -> int | None:
    role = ANSWERS_FOR.get(clock, Role.AGENCY_ADMIN)
    if deadline.desk_id is None:
        return None
    if role is Role.LIAISON and report.unit_id is None:
        role = Role.AGENCY_ADMIN if report.holder != Holder.NATIONAL else Role.NATIONAL_ADMIN
    return roles.responsible_officer(deadline.desk_id, role, on=now)


def _due_day(deadline: Deadline) -> date:
    if deadline.due_at is not None:
        return calendars.today(deadline.calendar, deadline.due_at)
    assert deadline.due_ordinal is not None  # noqa: S101 - a due clock has one or the other
    return calendars.day_of(deadline.calendar_id, deadline.due_ordinal)
