"""Answers on their way to the reporter: drafts, half a minute to think again, answers for later (docs/adr/0013).

Pressing send writes nothing irrevocable: the step is tried out and taken back, and the answer waits as a row of its
own. When its time has come the worker takes the same step, as the same officer, in the transaction that ends the row:
killed in between, both are there or neither.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lapor.agencies.queries import roles
from lapor.agencies.refusals import NoRole
from lapor.identity.models import Account
from lapor.kernel.actor import CLOCK, Actor, officer
from lapor.kernel.away import DATABASE_AWAY
from lapor.kernel.errors import Refusal
from lapor.ledger.models import Entry
from lapor.reports import access
from lapor.reports import files as store
from lapor.reports.files import StoredFile
from lapor.reports.models import AnswerDraft, Report, Response
from lapor.reports.refusals import AlreadyLeft, InvalidInput, NothingWaits, OneIsWaiting, StalePage, YoursIsWaiting
from lapor.reports.usecases._advance import Move, advance, permit
from lapor.reports.usecases._sendable import QUIET, SENDABLE, take
from lapor.sop.vocabulary import Action

State = AnswerDraft.State

HOLD = timedelta(seconds=30)
FURTHEST = timedelta(days=14)  # a plan that is older than this has been overtaken by events
KEPT_FOR = timedelta(days=90)

log = logging.getLogger(__name__)


@transaction.atomic(durable=True)
def keep_draft(
    *,
    code: str,
    action: Action,
    fields: Mapping[str, Any],
    files: Iterable[StoredFile] | None = None,
    beside: Mapping[str, Any] | None = None,
    actor: Actor,
    now: datetime,
    version: int,
) -> AnswerDraft:
    """Keep what an officer has typed so far; an answer that waits to leave is not touched.

    `version` is the report as the officer saw it. With `files` these are the draft's from now on, without it keeps
    those it has; so with `beside`, what else the form held. Raises NotFound.
    """
    report = access.find_report(actor, code)
    access.locked(Report.objects.filter(pk=report.pk))  # two tabs of one officer make one draft
    row = _row(report, action, actor)
    if row.state == State.WAITING:
        return row
    row.fields, row.version, row.saved_at = _plain(fields), version, now
    if files is not None:
        row.files = [asdict(file) for file in files]
    if beside is not None:
        row.beside = dict(beside)
    _under(row, actor)
    row.save()
    return row


@transaction.atomic(durable=True)
def drop_draft(*, code: str, action: Action, actor: Actor) -> None:
    """Throw a draft away; its files are left to the sweep. Does nothing to an answer that waits to leave."""
    report = access.find_report(actor, code)
    for row in AnswerDraft.objects.filter(_mine(report, action, actor)).exclude(state=State.WAITING):
        _leave_files(row)
        row.delete()


@transaction.atomic(durable=True)
def send_answer(
    *,
    code: str,
    action: Action,
    fields: Mapping[str, Any],
    files: Iterable[StoredFile] = (),
    beside: Mapping[str, Any] | None = None,
    actor: Actor,
    now: datetime,
    version: int | None = None,
    later: datetime | None = None,
) -> AnswerDraft:
    """Let an answer leave in half a minute, or at `later`; until then it can be taken back.

    The step is tried out first, so that whatever would refuse it refuses now. An answer held for half a minute counts
    from `now`; one for later from when it leaves. `beside` is what else its form held, for when it is taken back.
    Raises what the step raises, OneIsWaiting, and InvalidInput for a time that has passed or lies more than FURTHEST
    away.
    """
    if later is not None and not now < later <= now + FURTHEST:
        raise InvalidInput(_("Choose a time from now on, at most two weeks ahead."), field="later")
    report = access.lock_report(actor, code, version)
    waiting = AnswerDraft.objects.filter(report=report, state=State.WAITING)
    if waiting.exists():
        raise YoursIsWaiting if waiting.filter(_mine(report, action, actor)).exists() else OneIsWaiting
    files = tuple(files)
    _try_out(report, action, fields, files, actor, now)
    row = _row(report, action, actor)
    row.fields, row.files, row.beside = _plain(fields), [asdict(file) for file in files], dict(beside or {})
    row.state, row.why, row.saved_at, row.version = State.WAITING, "", now, report.version
    row.send_at, row.counts_from = later or now + HOLD, None if later else now
    _under(row, actor)
    row.save()
    return row


@transaction.atomic(durable=True)
def take_back(*, code: str, action: Action, actor: Actor, now: datetime) -> AnswerDraft:
    """Take an answer back before it leaves; every word and file is a draft again.

    Raises NotFound, AlreadyLeft, NothingWaits.
    """
    report = access.find_report(actor, code)
    access.locked(Report.objects.filter(pk=report.pk))
    row = AnswerDraft.objects.filter(_mine(report, action, actor), state=State.WAITING).first()
    if row is None:
        raise AlreadyLeft if _has_answered(report, action, actor) else NothingWaits
    row.state, row.send_at, row.counts_from, row.saved_at = State.KEPT, None, None, now
    row.save()
    return row


def _has_answered(report: Report, action: Action, actor: Actor) -> bool:
    return Response.objects.filter(report=report, action=str(action), appointment=actor.appointment).exists()


def send_due(*, now: datetime, limit: int = 50) -> int:
    """Let the answers leave whose time has come; return how many left or were held back. None stops the others."""
    due = AnswerDraft.objects.filter(state=State.WAITING, send_at__lte=now).order_by("send_at", "id")
    return sum(_send_one(pk, now) for pk in list(due.values_list("pk", flat=True)[:limit]))


@transaction.atomic(durable=True)
def forget_drafts(*, now: datetime) -> int:
    """Delete drafts that nobody has touched for KEPT_FOR; returns how many."""
    old = AnswerDraft.objects.filter(saved_at__lte=now - KEPT_FOR).exclude(state=State.WAITING)
    for row in old:
        _leave_files(row)
    return old.delete()[0]


def _send_one(pk: int, now: datetime) -> int:
    try:
        return _leave(pk, now)
    except DATABASE_AWAY:
        raise  # the database is away or full: no answer is to blame, and the worker comes back
    except Refusal as refusal:
        return _hold_back(pk, type(refusal).__name__, now)
    except Exception as problem:  # whatever is wrong with this one, the next one must leave
        log.exception("answer %d held back", pk)
        return _hold_back(pk, type(problem).__name__, now)


@transaction.atomic(durable=True)
def _leave(pk: int, now: datetime) -> int:
    row = _due(pk, now)
    if row is None:
        return 0
    actor = _as_officer(row, now)
    at, version = _moment_and_version(row, now)
    number = row.report.number
    files = tuple(StoredFile(**file) for file in row.files)
    take(Action(row.action), row.fields, files, code=number, actor=actor, now=at, version=version)
    row.delete()
    return 1


def _due(pk: int, now: datetime) -> AnswerDraft | None:
    """Return the answer with its report locked, None where it was taken back or somebody has the report now."""
    report = AnswerDraft.objects.filter(pk=pk).values_list("report", flat=True).first()
    if report is None or access.locked(Report.objects.filter(pk=report), skip=True) is None:
        return None
    waiting = AnswerDraft.objects.select_related("report").filter(pk=pk, state=State.WAITING, send_at__lte=now)
    return waiting.first()


def _as_officer(row: AnswerDraft, now: datetime) -> Actor:
    """Return the officer in the role of the draft, by the same or the next decree, if it is in force. Raises NoRole."""
    account = Account.objects.filter(pk=row.account).first()
    if account is None:
        raise NoRole
    return roles.actor_renewed(account, row.appointment, now)


def _moment_and_version(row: AnswerDraft, now: datetime) -> tuple[datetime, int]:
    """Return when the step counts, and the version it answers to; raises StalePage if more than a note came between."""
    since = Entry.objects.filter(subject=row.report_id, seq__gt=row.version).order_by("seq")
    came_between = list(since.values_list("action", "at"))
    if any(Action(action) not in QUIET for action, _at in came_between):
        raise StalePage
    pressed = row.counts_from or now
    return max([pressed, *(at for _action, at in came_between)]), row.report.version


@transaction.atomic(durable=True)
def _hold_back(pk: int, why: str, now: datetime) -> int:
    """Keep the words with the reason, and tell the officer; without a role to read it, desk and institution."""
    row = _due(pk, now)
    if row is None:
        return 0
    row.state, row.why, row.send_at, row.counts_from = State.HELD_BACK, why[:40], None, None
    row.save()
    reads = _still_reads(row, now)
    desks = [desk for desk in dict.fromkeys((row.desk_id, row.report.agency_id)) if desk]
    told = Move(named_accounts=[row.account]) if reads else Move(named_desks=desks)
    turn = permit(row.report, Action.HOLD_BACK, actor=CLOCK, now=now)
    turn.facts["step"] = row.action
    advance(turn, told)
    return 1


def _still_reads(row: AnswerDraft, now: datetime) -> bool:
    account = Account.objects.filter(pk=row.account).first()
    actors = roles.actors_of(account, now) if account else ()
    return any(access.visible_to(actor).filter(pk=row.report_id).exists() for actor in actors)


@contextmanager
def tried_out(*, code: str, action: Action, fields: Mapping[str, Any], actor: Actor, now: datetime) -> Iterator[Report]:
    """Yield the report as it would be after the step; nothing of it remains. Raises what the step raises."""
    with transaction.atomic():
        savepoint = transaction.savepoint()
        try:
            yield take(action, fields, (), code=code, actor=actor, now=now, version=None)
        finally:
            transaction.savepoint_rollback(savepoint)


def _try_out(
    report: Report,
    action: Action,
    fields: Mapping[str, Any],
    files: tuple[StoredFile, ...],
    actor: Actor,
    now: datetime,
) -> None:
    """Take the step and take it back, so that everything that could refuse it is asked while the officer is here."""
    savepoint = transaction.savepoint()
    try:
        take(action, fields, files, code=report.number, actor=actor, now=now, version=report.version)
    finally:
        transaction.savepoint_rollback(savepoint)


def _row(report: Report, action: Action, actor: Actor) -> AnswerDraft:
    """Return the officer's draft for this step, a new one where there is none."""
    found = AnswerDraft.objects.select_for_update().filter(_mine(report, action, actor)).first()
    return found or AnswerDraft(report=report, account=_person(actor), action=str(_known(action)))


def _person(actor: Actor) -> int:
    """Return whose draft it is; raises ValueError for an actor without an account."""
    if actor.account is None:
        raise ValueError(f"{actor.role} keeps no drafts")
    return actor.account


def _known(action: Action) -> Action:
    if action not in SENDABLE:
        raise ValueError(f"{action} is no answer to the reporter")
    return action


def _mine(report: Report, action: Action, actor: Actor) -> Q:
    return Q(report=report, account=actor.account, action=str(action))


def _under(row: AnswerDraft, actor: Actor) -> None:
    """Note the role under which it is to leave: the one in use when it was last touched."""
    row.appointment, row.desk_id = officer(actor), actor.desk or 0


def _plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments as JSON keeps them: days as ISO text."""
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in fields.items()}


def _leave_files(row: AnswerDraft) -> None:
    """Let the sweep ask about these files again: no draft names them any more."""
    for file in row.files:
        store.mark_anew(file["sha256"])
