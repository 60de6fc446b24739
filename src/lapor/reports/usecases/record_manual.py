"""Record a complaint that came by counter, letter or telephone, open or already settled (S68, S69, S75)."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lapor.agencies.models import Agency
from lapor.agencies.queries import calendars
from lapor.kernel.actor import Actor
from lapor.reports import profiles
from lapor.reports.drafts import Draft, Receipt
from lapor.reports.models import Arrival
from lapor.reports.queries.receipt import receipt_of
from lapor.reports.refusals import InvalidInput
from lapor.reports.usecases import _birth, submit
from lapor.reports.usecases._advance import Turn, complete_entry, enter
from lapor.reports.usecases._follow_up import tell_follow_up
from lapor.reports.usecases._say import Files, attach
from lapor.sop.vocabulary import Action, Channel, Clock, CloseReason, Role


@dataclass(frozen=True)
class Settled:
    """How a complaint was settled before it was recorded: its original dates and what was done."""

    received_at: datetime
    answer: str
    done_on: date
    done_by: str
    files: Files = ()


@dataclass(frozen=True)
class Arrived:
    """The call or the letter behind an entry; `minutes` is how long the call took, `said` what the caller was told."""

    called_at: datetime | None = None
    minutes: int | None = None
    said: str = ""
    wants_call: bool = False
    letter_on: date | None = None
    letter_number: str = ""


def record_manual(
    draft: Draft,
    *,
    actor: Actor,
    now: datetime,
    key: str,
    started_at: datetime,
    settled: Settled | None = None,
    seen_at: datetime | None = None,
    arrived: Arrived | None = None,
) -> Receipt:
    """Keep what an officer typed for a reporter, at the officer's own desk, and return the receipt for the counter.

    `started_at` is when the officer opened the form: more than 15 minutes is a breach (S69). `seen_at` is when a
    social-media message was seen: more than an hour is a breach (S75). `arrived` is kept with a report that came by
    telephone or letter. Same `key`, same receipt. Raises InvalidInput.
    """
    home = _home(actor)
    draft = submit.checked(replace(draft, agency=home.institution.code if home.institution else ""))
    if repeated := submit.repeat_of(key, draft):
        return repeated
    if settled:
        _check_order(settled, home, now)
    try:
        with transaction.atomic(durable=True):
            turn = _enter(draft, home, settled, actor, now)
            _keep_arrival(turn, arrived)
            _time_it(turn, started_at, seen_at)
            complete_entry(turn)
            submit.keep_key(turn.report, draft, key, now)
            submit.number(turn)
    except IntegrityError:
        if repeated := submit.repeat_of(key, draft):
            return repeated
        raise
    return receipt_of(turn.report)


def _enter(draft: Draft, home: Agency, settled: Settled | None, actor: Actor, now: datetime) -> Turn:
    report = submit.new_report(draft, actor=actor, now=now)
    if actor.role is Role.LIAISON:
        report.unit = home
    turn = enter(report, Action.RECORD_SETTLED if settled else Action.RECORD_OPEN, actor=actor, now=now)
    submit.write_texts(report, draft)
    attach(turn, draft.files, None)
    if settled:
        _settle(turn, settled)
    return turn


def _keep_arrival(turn: Turn, arrived: Arrived | None) -> None:
    """Keep what belongs to the way it came, and nothing of the other way."""
    report = turn.report
    if arrived is None or report.channel not in (Channel.HOTLINE, Channel.LETTER):
        return
    if report.channel == Channel.HOTLINE:
        kept = replace(arrived, called_at=arrived.called_at or turn.now, letter_on=None, letter_number="")
    else:
        kept = Arrived(letter_on=arrived.letter_on, letter_number=arrived.letter_number)
    if kept.called_at and kept.called_at > turn.now:
        raise InvalidInput(_("This moment has not come yet."), field="called_at")
    Arrival.objects.create(report=report, **asdict(kept))


def _check_order(settled: Settled, home: Agency, now: datetime) -> None:
    if settled.received_at > now:
        raise InvalidInput(_("A complaint cannot come in on a day to come."), field="received_at")
    if settled.done_on < calendars.today(home.calendar, settled.received_at):
        raise InvalidInput(_("A complaint cannot be settled before it came in."), field="done_on")


def _settle(turn: Turn, settled: Settled) -> None:
    """Keep the original dates: received then, followed up then, closed now."""
    report = turn.report
    tell_follow_up(turn, settled.answer, done_on=settled.done_on, done_by=settled.done_by, files=settled.files)
    report.received_at = settled.received_at
    report.close_reason, report.ended_at = str(CloseReason.SETTLED), turn.now
    received_on = calendars.today(profiles.calendar_of(report), settled.received_at)
    turn.facts.update(received_on=received_on.isoformat(), reason=report.close_reason)


def _time_it(turn: Turn, started_at: datetime, seen_at: datetime | None) -> None:
    _birth.late_at_birth(turn, Clock.MANUAL_ENTRY, since=started_at)
    if seen_at is not None:
        _birth.late_at_birth(turn, Clock.SOCIAL_ENTRY, since=seen_at)


def _home(actor: Actor) -> Agency:
    """Return the desk of the officer who types; the report belongs to its institution."""
    if actor.desk is None:
        raise InvalidInput(_("Only an officer can record a manual complaint."))
    return Agency.objects.select_related("institution", "calendar").get(pk=actor.desk)
