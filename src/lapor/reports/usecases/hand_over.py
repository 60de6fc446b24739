"""Hand over what one officer has in hand: who leaves to the successor, who is away to the deputy.

Reports need no handing over: the desk holds them. What is personal does: drafts, answers that wait to be sent, shared
ways of looking at the pile, mentions nobody read, claims. Each draft goes over in a transaction of its own, so that
a hand-over that is cut short is taken up again and does nothing twice. Nothing is sent in another person's name: an
answer that waited becomes a draft of the colleague, who reads it and sends it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from lapor.agencies.access import check_may_manage
from lapor.agencies.models import Absence, Agency
from lapor.agencies.queries import roles
from lapor.agencies.queries.calendars import today
from lapor.agencies.queries.takers import Giver, absences_over, giver_in, takers_of
from lapor.agencies.refusals import NoRole, UnknownAppointment
from lapor.agencies.usecases import appointments
from lapor.identity.models import Account
from lapor.kernel.actor import CLOCK, Actor, officer, person
from lapor.kernel.away import DATABASE_AWAY
from lapor.kernel.deeds import note_deed
from lapor.kernel.errors import Refusal
from lapor.reports import access
from lapor.reports.models import (
    AnswerDraft,
    Claim,
    HandOver,
    HandOverItem,
    HandOverLetter,
    OutgoingMessage,
    Report,
    SavedView,
)
from lapor.reports.queries.hand_over import MOST_MENTIONS, drafts_of, mentions_of, shared_views
from lapor.reports.usecases._advance import Move, advance, permit
from lapor.reports.usecases.views import LONGEST_NAME
from lapor.sop.vocabulary import Action

Kind = HandOverItem.Kind
State = AnswerDraft.State

HANDED_OVER = "HandedOver"  # why an answer that waited was held back
WRITES_ALREADY = "WritesAlready"  # why a draft stayed
log = logging.getLogger(__name__)
_looked: set[datetime] = set()  # of this process: the hour in which it last looked for absences that are over
LATEST = timedelta(days=30)  # a hand-over that could not happen for so long will not


class CannotTake(Refusal):
    """The person chosen may not act in this role at this desk."""

    status = 422
    sentence = _("Choose a colleague who may act in this role at this desk, or name a deputy first.")


def hand_over_seat(
    *, appointment: int, successor: int, decree: int | None = None, ended_on: date | None, actor: Actor, now: datetime
) -> int:
    """Let a successor take the seat and what its officer has in hand, on the successor's first day; return its number.

    Raises what `appointments.hand_over` raises; then nothing has changed.
    """
    with transaction.atomic(durable=True):
        giver = _giver(appointment, now)
        taken = appointments.hand_over(
            appointment=appointment, successor=successor, decree=decree, ended_on=ended_on, actor=actor, now=now
        )
        first = giver.today if giver.is_over or ended_on is None else ended_on
        row = _write_down(giver, taker=taken.pk, receiver=successor, due_on=first, actor=actor, now=now)
    pass_on(row.pk, now=now)
    return row.pk


def hand_over_work(*, appointment: int, receiver: int, actor: Actor, now: datetime) -> int:
    """Let a colleague or the deputy take what an officer has in hand; the seat stays. Return its number.

    A deputy gets it on the first day of the absence. Raises `UnknownAppointment`, `NotYours`, `CannotTake`.
    """
    with transaction.atomic(durable=True):
        giver = _giver(appointment, now)
        check_may_manage(actor, Agency.objects.get(pk=giver.desk))
        taker = next((one for one in takers_of(appointment, now) if one.account == receiver), None)
        if taker is None:
            raise CannotTake(field="receiver")
        row = _write_down(
            giver, taker=taker.appointment, receiver=receiver, due_on=taker.first_day, actor=actor, now=now
        )
        facts = {"to": taker.name, "on": taker.first_day.isoformat()}
        about = f"{giver.name} · {giver.desk_name}"
        note_deed("handed_over", actor=actor, institution=giver.institution, about=about, now=now, **facts)
    pass_on(row.pk, now=now)
    return row.pk


def pass_on_due(*, now: datetime, limit: int = 50) -> int:
    """Do the hand-overs whose day has come, those cut short too; return how many are done. Many clocks may call it."""
    day = now.date()
    due = HandOver.objects.filter(done_at=None, due_on__range=(day - LATEST, day + timedelta(days=1)))
    found = list(due.order_by("due_on", "pk").values_list("pk", flat=True)[:limit])
    return sum(_pass_on_calmly(pk, now) for pk in found)


def _pass_on_calmly(hand_over: int, now: datetime) -> bool:
    """Do one hand-over; whatever is wrong with it, the next one and the clocks behind it must go on."""
    try:
        return pass_on(hand_over, now=now)
    except DATABASE_AWAY:
        raise  # the database is away or full: no hand-over is to blame
    except Exception:
        log.exception("hand-over %d waits", hand_over)
        return False


def pass_on(hand_over: int, *, now: datetime) -> bool:
    """Hand over what is in hand, if the day has come and the colleague may act; tell whether it is done now."""
    row = HandOver.objects.select_related("desk__calendar").get(pk=hand_over)
    giver, taker = _giver_of(row, now), _taker(row, now)
    if row.done_at or giver is None or taker is None or row.due_on > today(row.desk.calendar, now):
        return False
    for draft in list(drafts_of(giver.actor).order_by("pk").values_list("pk", flat=True)):
        _pass_draft(draft, row, giver.actor, now)
    return _finish(row, giver, taker, now)


def give_back_due(*, now: datetime) -> int:
    """Give what deputies began in another one's seat back when the absence is over, once; return how many did.

    Looked for once an hour: a deputy's role in the seat has ended, so nothing of it could leave any more.
    """
    hour = now.replace(minute=0, second=0, microsecond=0)
    if hour in _looked:
        return 0
    begun = AnswerDraft.objects.filter(account=OuterRef("deputy"), appointment=OuterRef("appointment"))
    over = list(absences_over(now).filter(Exists(begun)).select_related("appointment"))
    given = sum(_give_back(absence, now) for absence in over)
    _looked.clear()
    _looked.add(hour)
    return given


def _give_back(absence: Absence, now: datetime) -> bool:
    """Hand over from the deputy to who is back; an absence is given back once, whatever had to stay."""
    seat = absence.appointment
    people = {"seat": seat.pk, "giver": absence.deputy_id, "taker": seat.pk, "receiver": seat.account_id}
    day = {"due_on": absence.last_day + timedelta(days=1), "desk_id": seat.agency_id}
    with transaction.atomic(durable=True):
        Agency.objects.select_for_update().get(pk=seat.agency_id)  # two clocks
        row, made = HandOver.objects.get_or_create(**people, **day, defaults={"at": now})
    return made and _pass_on_calmly(row.pk, now)


def _giver_of(row: HandOver, now: datetime) -> Giver | None:
    """Return who gives: the seat's own officer, or the deputy who sat in it."""
    giver = giver_in(row.seat, now)
    if giver is None or giver.actor.account == row.giver:
        return giver
    return replace(giver, actor=replace(giver.actor, account=row.giver), serves_desk=True)


def _giver(appointment: int, now: datetime) -> Giver:
    giver = giver_in(appointment, now)
    if giver is None:
        raise UnknownAppointment(field="appointment")
    return giver


def _write_down(giver: Giver, *, taker: int, receiver: int, due_on: date, actor: Actor, now: datetime) -> HandOver:
    return HandOver.objects.create(
        seat=officer(giver.actor),
        giver=person(giver.actor),
        taker=taker,
        receiver=receiver,
        desk_id=giver.desk,
        by=actor.account,
        due_on=due_on,
        at=now,
    )


def _taker(row: HandOver, now: datetime) -> Actor | None:
    """Return the colleague in the role, None while it is not in force."""
    account = Account.objects.filter(pk=row.receiver).first()
    try:
        return roles.actor_of(account, row.taker, now) if account else None
    except NoRole:
        return None


@transaction.atomic(durable=True)
def _pass_draft(pk: int, row: HandOver, giver: Actor, now: datetime) -> None:
    """Hand one answer over, its report locked; one that waited is held back, on record, until the colleague sends it.

    Where the colleague writes the same step already, theirs stays and so does this one: no words are mixed or lost.
    """
    report = AnswerDraft.objects.filter(pk=pk).values_list("report", flat=True).first()
    if report is None or access.locked(Report.objects.filter(pk=report)) is None:
        return
    draft = drafts_of(giver).select_related("report").filter(pk=pk).first()
    if draft is None:
        return
    planned = draft.send_at
    kind = Kind.ANSWER if draft.state == State.WAITING else Kind.DRAFT
    if AnswerDraft.objects.filter(report=report, account=row.receiver, action=draft.action).exists():
        _note(row, kind, draft.action, report, why_left=WRITES_ALREADY, send_at=planned)
        return
    draft.account, draft.appointment = row.receiver, row.taker
    if kind is Kind.ANSWER:
        draft.state, draft.why, draft.send_at, draft.counts_from = State.HELD_BACK, HANDED_OVER, None, None
        draft.saved_at = now
    draft.save()
    _note(row, kind, draft.action, report, send_at=planned)
    if kind is Kind.ANSWER:
        turn = permit(draft.report, Action.HOLD_BACK, actor=CLOCK, now=now)
        turn.facts["step"] = draft.action
        advance(turn, Move(named_accounts=[row.receiver]))


def _note(row: HandOver, kind: str, what: str, report: int | None = None, **more: object) -> None:
    """Write down what became of one thing; taken up again, it is written once."""
    HandOverItem.objects.get_or_create(hand_over=row, kind=kind, what=what[:60], report_id=report, defaults=more)


@transaction.atomic(durable=True)
def _finish(row: HandOver, giver: Giver, taker: Actor, now: datetime) -> bool:
    """Hand over what belongs to the desk's day, let claims go, and owe the colleague a letter; all once."""
    if not HandOver.objects.select_for_update().filter(pk=row.pk, done_at=None).exists():
        return False
    if not giver.serves_desk:
        _pass_views(row, giver.actor)
    _pass_mentions(row, giver, taker, now)
    Claim.objects.filter(desk=row.desk_id, account=row.giver).delete()
    HandOver.objects.filter(pk=row.pk).update(done_at=now)
    HandOverLetter.objects.create(hand_over=row, next_try_at=now, created_at=now)
    return True


def _pass_views(row: HandOver, giver: Actor) -> None:
    """Give the shared views to the colleague, under another name where they keep one of that name."""
    taken = set(SavedView.objects.filter(desk=row.desk_id, account=row.receiver).values_list("name", flat=True))
    for view in shared_views(giver):
        view.name = next(name for name in _names(view.name) if name not in taken)
        taken.add(view.name)
        view.account = row.receiver
        view.save(update_fields=["account", "name"])
        _note(row, Kind.VIEW, view.name)


def _names(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name[: LONGEST_NAME - 5]} ({n})" for n in count(2))


def _pass_mentions(row: HandOver, giver: Giver, taker: Actor, now: datetime) -> None:
    """Tell the colleague what was told to the officer by name and nobody read; who leaves reads it no more."""
    for told in list(mentions_of(giver.actor, taker)[:MOST_MENTIONS]):
        copy = OutgoingMessage(
            report_id=told.report_id, seq=told.seq, action=told.action, told=told.told, role=told.role,
            account=row.receiver, facts=told.facts, next_try_at=now, created_at=now,
        )  # fmt: skip
        OutgoingMessage.objects.bulk_create([copy], ignore_conflicts=True)
        _note(row, Kind.MENTION, told.action, told.report_id)
        if not giver.serves_desk:
            OutgoingMessage.objects.filter(pk=told.pk).update(read_at=now)
