"""The one place where a report changes its state.

In one transaction: find the row of the table, set status, holder and clocks, write the custody chain and the ledger,
promise the messages, count. Everything commits together or vanishes together; the wake-up at the end is only a hint.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lapor.agencies.models import Agency
from lapor.kernel.actor import Actor, step_key
from lapor.kernel.wake import wake
from lapor.ledger import book
from lapor.ledger.models import Entry
from lapor.reports import desks, profiles
from lapor.reports.clocks import Clocks
from lapor.reports.models import Claim, IdempotencyKey, Report
from lapor.reports.refusals import NotPermitted
from lapor.reports.situation import situation_of
from lapor.reports.usecases import _counts, _custody, _listing, _promises, _traces, _words
from lapor.reports.usecases._counts import Places
from lapor.reports.usecases._custody import Place
from lapor.sop.engine import Situation, StepRefused, find_step
from lapor.sop.table import Step, To
from lapor.sop.vocabulary import Action, Holder, Status


@dataclass
class Turn:
    """A permitted step that is being taken: the locked report, the row, who and when, and how it was before."""

    report: Report
    step: Step
    actor: Actor
    now: datetime
    was: Place | None = None
    came_from: int | None = None
    counted: Places = frozenset()
    listed: _listing.Facts | None = None
    inserted: dict[str, Any] | None = None
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass
class Move:
    """What a use case adds to a step: the desk reached, why, and who is named.

    `facts` hold codes, numbers and dates, never words that a person wrote.
    """

    to: Agency | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    named_desks: Iterable[int] = ()
    named_accounts: Iterable[int] = ()
    reason: str = ""
    named_body: str = ""


def permit(report: Report, action: Action, *, actor: Actor, now: datetime) -> Turn:
    """Return the turn to take `action` with a locked report. Raises NotPermitted with the facts in the way.

    Ask before changing a field of the report: the facts are read from it, and the counts remember how it was.
    """
    try:
        step = find_step(situation_of(report, actor, now), actor.role, action)
    except StepRefused as refused:
        raise NotPermitted(refused) from refused
    return Turn(
        report,
        step,
        actor,
        now,
        was=Place.of(report),
        came_from=report.agency_id,
        counted=_counts.places_of(report),
        listed=_listing.facts_of(report),
    )


def advance(turn: Turn, move: Move | None = None) -> Report:
    """Take the step: whatever the use case changed on the report is saved with it, in the caller's transaction.

    A message from a channel takes one step and no second one: its key is kept with the step or not at all.
    """
    if turn.actor.message is not None:
        IdempotencyKey.objects.create(
            key=step_key(turn.actor.message), fingerprint=b"", report=turn.report, at=turn.now
        )
    _reach(turn.report, turn.step, move or Move())
    return _write(turn, move or Move())


def enter(report: Report, action: Action, *, actor: Actor, now: datetime, move: Move | None = None) -> Turn:
    """Insert a new report where the row says; `report.status` chooses among an import's rows (empty: the only one).

    The caller writes what hangs on it, then hands the turn to `complete_entry`. Raises NotPermitted.
    """
    try:
        step = find_step(
            Situation(None, None), actor.role, action, becomes=Status(report.status) if report.status else None
        )
    except StepRefused as refused:
        raise NotPermitted(refused) from refused
    report.status = str(Status.UNVERIFIED)
    report.holder, report.desk = _intake(report)
    _reach(report, step, move or Move())
    report.save(force_insert=True)
    return Turn(report, step, actor, now, inserted=_columns_of(report))


def complete_entry(turn: Turn, move: Move | None = None) -> Report:
    """Start the clocks, custody, ledger and messages of a report that has just been inserted."""
    return _write(turn, move or Move())


def _write(turn: Turn, move: Move) -> Report:
    report, now = turn.report, turn.now
    clocks = Clocks(report, now)
    clocks.apply(turn.step, turn.step.action)
    promised = clocks.save()
    report.version += 1
    _custody.pass_on(turn.report, turn.was, turn.step, clocks, move.reason, move.named_body, now)
    entry = _record(turn, promised, {**turn.facts, **move.facts})
    named = (move.named_desks, move.named_accounts)
    _promises.make(report, turn.step, actor=turn.actor, entry=entry, was=turn.was, named=named, now=now)
    _save(turn)
    counted = _counts.places_of(report)
    _counts.change(turn.counted, counted)
    _words.keep(report, turn.counted, counted, reworded=entry.action == Action.EDIT_TEXT)
    _traces.keep(report, is_new=turn.was is None, came_from=turn.came_from, reworded=entry.action == Action.EDIT_TEXT)
    _let_readers_go(report, turn.was)
    _listing.keep(report, turn.listed, reworded=entry.action == Action.EDIT_TEXT)
    _listing.tell_followers(report, seq=entry.seq, action=entry.action, now=now)
    wake()
    return report


def _save(turn: Turn) -> None:
    """Write the report; of one that has just been inserted only what has changed since: it has sixty columns."""
    inserted = turn.inserted
    if inserted is None:
        turn.report.save()
        return
    changed = [name for name, value in _columns_of(turn.report).items() if inserted[name] != value]
    turn.report.save(update_fields=changed)


def _columns_of(report: Report) -> dict[str, Any]:
    return {column.attname: getattr(report, column.attname) for column in Report._meta.concrete_fields}


def _let_readers_go(report: Report, was: Place | None) -> None:
    """End the claims on a report that has moved on: whoever gets it now reads it afresh."""
    if was is not None and was != Place.of(report):
        Claim.objects.filter(report=report).delete()


def _reach(report: Report, step: Step, move: Move) -> None:
    """Set status, holder and desk as the row says, remembering where the report was before a question."""
    holder, desk = _holder_after(report, step, move)
    status = _status_after(report, step)
    if status == Status.PENDING and step.becomes is not To.SAME:
        report.back_status, report.back_holder, report.back_desk = report.status, report.holder, report.desk
    report.status, report.holder, report.desk = str(status), str(holder), desk


def _status_after(report: Report, step: Step) -> Status:
    if isinstance(step.becomes, Status):
        return step.becomes
    return Status(report.back_status if step.becomes is To.BACK else report.status)


def _holder_after(report: Report, step: Step, move: Move) -> tuple[Holder, Agency | None]:
    match step.goes_to:
        case To.SAME:
            return Holder(report.holder), report.desk
        case To.BACK:
            return Holder(report.back_holder), report.back_desk
        case To.INTAKE:
            return _intake(report)
        case To.RESPONSIBLE:
            return _responsible(report)
        case holder:
            return Holder(holder), _desk_for(report, Holder(holder), move)


def _intake(report: Report) -> tuple[Holder, Agency]:
    return (Holder.AGENCY, report.agency) if report.agency else (Holder.NATIONAL, profiles.coordinator_of(report))


def _responsible(report: Report) -> tuple[Holder, Agency]:
    if report.unit and report.unit.is_receiving:
        return Holder.UNIT, report.unit
    return _intake(report)  # it answers by itself, or its unit is no more


def _desk_for(report: Report, holder: Holder, move: Move) -> Agency | None:
    """Return the node at which this kind of holder has the report: the one named, else the report's own."""
    match holder:
        case Holder.NOBODY | Holder.REPORTER:
            return None
        case Holder.NATIONAL:
            return desks.national()
        case Holder.OMBUDSMAN:
            return desks.ombudsman()
        case Holder.AGENCY:
            return move.to or report.agency
        case Holder.UNIT | Holder.HEAD:
            return move.to or report.unit
        case Holder.UNIT_OFFICER:
            return move.to
    raise AssertionError(holder)


def _record(turn: Turn, promised: dict[str, str], facts: dict[str, Any]) -> Entry:
    report = turn.report
    told: dict[str, Any] = {**facts, "status": report.status, "holder": report.holder}
    told["desk"] = report.desk.code if report.desk else None
    if promised:
        told["promised"] = promised
    return book.append(
        subject=report.pk,
        rule=turn.step.rule,
        action=str(turn.step.action),
        role=str(turn.actor.role),
        appointment=turn.actor.appointment,
        desk=turn.actor.desk,
        at=turn.now,
        facts=told,
        begins=turn.inserted is not None,
    )
