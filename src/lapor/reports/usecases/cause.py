"""Many reports with one cause: join them, see to it once, tell everybody. A report hangs on a cause; it never moves.

Joining changes nothing else: status, holder, clocks, code and receipt stay the report's own, so that taking it out
restores everything by itself; both are steps in its history.
"""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lapor.agencies.blanks import check_filled
from lapor.agencies.models import Agency
from lapor.agencies.queries import calendars
from lapor.kernel.actor import CLOCK, Actor
from lapor.kernel.away import DATABASE_AWAY
from lapor.kernel.deeds import note_deed
from lapor.kernel.wake import wake
from lapor.reports import access, desks, profiles
from lapor.reports.drafts import clean_text
from lapor.reports.models import Cause, CauseReport, Report
from lapor.reports.queries.causes import seen_by
from lapor.reports.refusals import InvalidInput, NotFound, NotYourDesk, SpentHand
from lapor.reports.usecases._advance import Move, Turn, advance, permit
from lapor.reports.usecases._cause_count import count_again
from lapor.reports.usecases._say import audience_of, say
from lapor.sop.vocabulary import Action, ResponseKind, Role

TOLD_AT_ONCE = 50  # reports of one round
TRY_AGAIN = timedelta(hours=1)  # after a report could not be told

log = logging.getLogger(__name__)


@transaction.atomic(durable=True)
def join_cause(
    *,
    code: str,
    actor: Actor,
    now: datetime,
    cause: int | None = None,
    title: str = "",
    target: str = "",
    due_on: date | None = None,
    owner: str = "",
    version: int | None = None,
) -> Report:
    """Join a report to an open cause, or to a new one: its title, what is to be reached, by when, and whose it is.

    A new one with the title of an open one of the same desk is that one: many reports are joined with the same words.
    `owner` is the code of the desk that sees to it, the report's institution where empty. Raises InvalidInput (also for
    a secret report), NotFound, DeskNotReceiving.
    """
    report = access.lock_report(actor, code, version)
    if cause:
        return join(report, cause=cause, actor=actor, now=now)
    turn = _may_join(report, actor, now)
    return _hang(turn, _new(report, actor, now, title, target, due_on, owner))


def join(report: Report, *, cause: int, actor: Actor, now: datetime) -> Report:
    """Hang a locked report on an open cause, in the caller's transaction. Raises InvalidInput."""
    turn = _may_join(report, actor, now)
    return _hang(turn, _open_one(actor, report, cause))


def _may_join(report: Report, actor: Actor, now: datetime) -> Turn:
    turn = permit(report, Action.JOIN_CAUSE, actor=actor, now=now)
    if report.is_secret:
        raise InvalidInput(_("A secret report hangs on no shared cause: others read what it tells."), field="cause")
    if CauseReport.objects.filter(report=report, left_at=None).exists():
        raise InvalidInput(_("This report hangs on a cause already. Take it out there first."), field="cause")
    return turn


def _hang(turn: Turn, cause: Cause) -> Report:
    CauseReport.objects.create(cause=cause, report=turn.report, at=turn.now)
    count_again(cause.pk)
    return advance(turn, Move(facts={"cause": cause.pk, "due_on": cause.due_on.isoformat()}))


@transaction.atomic(durable=True)
def leave_cause(*, code: str, actor: Actor, now: datetime, version: int | None = None) -> Report:
    """Take a report out of its cause again; nothing of it was lost. Raises SpentHand where it hangs on none."""
    report = access.lock_report(actor, code, version)
    turn = permit(report, Action.LEAVE_CAUSE, actor=actor, now=now)
    hanging = CauseReport.objects.filter(report=report, left_at=None).first()
    if hanging is None:
        raise SpentHand
    CauseReport.objects.filter(pk=hanging.pk).update(left_at=now)
    count_again(hanging.cause_id)
    return advance(turn, Move(facts={"cause": hanging.cause_id}))


@transaction.atomic(durable=True)
def fix_cause(*, cause: int, how: str, actor: Actor, now: datetime) -> None:
    """Say that a cause is fixed, and how, in words that everybody reads; each reporter is told by `tell_fixed`.

    The desk that sees to it says so, or the institution's admin. Raises NotFound, NotYourDesk, SpentHand, InvalidInput,
    FieldLeftEmpty.
    """
    found = _not_yet_fixed(cause, actor)
    check_filled(how, field="how")
    found.fixed_at, found.fixed_by, found.fixed_how = now, actor.appointment, clean_text(how, field="how")
    found.save(update_fields=["fixed_at", "fixed_by", "fixed_how"])
    note_deed("cause_fixed", actor=actor, institution=found.agency_id, about=found.title, now=now)
    wake()


@transaction.atomic(durable=True)
def change_promise(*, cause: int, target: str, due_on: date | None, why: str, actor: Actor, now: datetime) -> None:
    """Promise something else, or another day, and say why; the first day promised stays for everybody to read.

    Raises NotFound, NotYourDesk, SpentHand, InvalidInput, FieldLeftEmpty.
    """
    found = _not_yet_fixed(cause, actor)
    for field, words in (("target", target), ("why", why)):
        check_filled(words, field=field)
    day = _day_to_come(due_on, calendars.today(found.owner.calendar, now))
    facts = {"was_due": found.due_on.isoformat(), "due": day.isoformat()}
    if day != found.due_on:
        found.first_due_on = found.first_due_on or found.due_on
    found.target, found.due_on, found.changed_why = _line(target, "target", 300), day, _line(why, "why", 300)
    found.save(update_fields=["target", "due_on", "first_due_on", "changed_why"])
    note_deed("cause_changed", actor=actor, institution=found.agency_id, about=found.title, now=now, **facts)


def _not_yet_fixed(cause: int, actor: Actor) -> Cause:
    found = Cause.objects.select_for_update().filter(pk__in=seen_by(actor).filter(pk=cause).values("pk")).first()
    if found is None:
        raise NotFound
    if actor.role not in (Role.NATIONAL_ADMIN, Role.AGENCY_ADMIN, Role.LIAISON):
        raise NotYourDesk
    if found.fixed_at is not None:
        raise SpentHand
    return found


def tell_fixed(*, now: datetime, limit: int = TOLD_AT_ONCE) -> int:
    """Tell the reporters of fixed causes, each in the transaction of their report; returns how many were told.

    Whatever was broken off goes on in the next round; a report that is just being changed is told then. One that
    cannot be told waits for TRY_AGAIN, and the others go on.
    """
    fixed = list(Cause.objects.filter(fixed_at__isnull=False, all_told_at=None).values_list("pk", flat=True))
    if not fixed:
        return 0
    waiting = CauseReport.objects.filter(cause__in=fixed, left_at=None, told_at=None)
    due = waiting.exclude(try_again_at__gt=now).order_by("cause", "pk")
    rows = list(due.values_list("pk", "report_id")[:limit])
    if not rows:
        Cause.objects.filter(pk__in=fixed).exclude(pk__in=waiting.values("cause")).update(all_told_at=now)
    return sum(_tell_or_wait(row, report, now) for row, report in rows)


def _tell_or_wait(row: int, report_id: int, now: datetime) -> bool:
    try:
        return _tell(row, report_id, now)
    except DATABASE_AWAY:
        raise
    except Exception as problem:  # noqa: BLE001 - one broken report must not keep the others from being told
        log.error("report %d is not told yet that its cause is fixed: %s", report_id, type(problem).__name__)
        CauseReport.objects.filter(pk=row).update(try_again_at=now + TRY_AGAIN)
        return False


@transaction.atomic(durable=True)
def _tell(row: int, report_id: int, now: datetime) -> bool:
    if access.locked(Report.objects.filter(pk=report_id), skip=True) is None:
        return False
    hanging = CauseReport.objects.select_related("cause").filter(pk=row, left_at=None, told_at=None).first()
    if hanging is None:
        return False
    report = Report.objects.select_related(*access.RELATED).get(pk=report_id)
    turn = permit(report, Action.CAUSE_FIXED, actor=CLOCK, now=now)
    CauseReport.objects.filter(pk=row).update(told_at=now)
    say(turn, ResponseKind.CAUSE, audience_of(report), hanging.cause.fixed_how)
    advance(turn, Move(facts={"cause": hanging.cause_id}))
    return True


def _open_one(actor: Actor, report: Report, cause: int) -> Cause:
    """Return the cause, its row locked: so that it is not said to be fixed while a report joins it."""
    found = seen_by(actor).filter(pk=cause, agency=report.agency_id, fixed_at=None).select_for_update().first()
    if found is None:
        raise InvalidInput(_("Choose an open cause of this institution."), field="cause")
    return found


def _new(
    report: Report, actor: Actor, now: datetime, title: str, target: str, due_on: date | None, owner: str
) -> Cause:
    told = {"title": _line(title, "title", 120), "target": _line(target, "target", 300)}
    day = _day_to_come(due_on, calendars.today(profiles.calendar_of(report), now))
    sees = _owner(report, owner)
    whose = {"agency": report.agency, "owner": sees}
    Agency.objects.select_for_update(no_key=True).get(pk=sees.pk)  # two at once: the later finds the first's
    twin = seen_by(actor).filter(**whose, title=told["title"], fixed_at=None).select_for_update().first()
    return twin or Cause.objects.create(**whose, **told, due_on=day, opened_at=now, opened_by=actor.appointment or 0)


def _day_to_come(day: date | None, today: date) -> date:
    if day is None or day <= today:
        raise InvalidInput(_("Choose a day to come, by which it is to be fixed."), field="due_on")
    return day


def _line(words: str, field: str, longest: int) -> str:
    return " ".join(clean_text(words, field=field, longest=longest).split())


def _owner(report: Report, code: str) -> Agency:
    if not code:
        return report.agency or desks.national()
    return desks.receiving(code, Agency.Kind.UNIT, within=report.agency_id)
