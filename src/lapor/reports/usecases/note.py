"""Officers among themselves: notes with mentions, and consulting another unit (S25)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from lapor.agencies.models import Agency
from lapor.agencies.queries import roles
from lapor.identity.models import Account
from lapor.kernel.actor import Actor
from lapor.reports import access, desks
from lapor.reports.models import Arrival, Report
from lapor.reports.usecases._advance import Move, advance, permit
from lapor.reports.usecases._say import say
from lapor.reports.usecases._side_legs import open_reading
from lapor.sop.vocabulary import Action, Audience, ResponseKind

MOST_MENTIONS = 20


@transaction.atomic(durable=True)
def write_note(
    *,
    code: str,
    text: str,
    mentions: Sequence[int] = (),
    called_back: bool = False,
    actor: Actor,
    now: datetime,
    version: int | None = None,
) -> Report:
    """Keep an internal note; each mentioned officer (account id) who may see the report is told.

    `called_back`: it tells of the call that whoever reported by telephone had asked for; the first one counts.
    """
    report = access.lock_report(actor, code, version)
    turn = permit(report, Action.NOTE, actor=actor, now=now)
    if called_back:
        waits = Arrival.objects.filter(report=report, wants_call=True, called_back_at=None)
        turn.facts.update(called_back=bool(waits.update(called_back_at=now)))
    say(turn, ResponseKind.NOTE, Audience.OFFICERS, text)
    return advance(turn, Move(named_accounts=_readers(report, mentions, now)))


def _readers(report: Report, mentions: Sequence[int], now: datetime) -> list[int]:
    """Return the mentioned accounts, at most MOST_MENTIONS, that a role in force lets read this report."""
    accounts = Account.objects.filter(pk__in=list(dict.fromkeys(mentions))[:MOST_MENTIONS]).order_by("pk")
    return [account.pk for account in accounts if _may_read(account, report, now)]


def _may_read(account: Account, report: Report, now: datetime) -> bool:
    seen = (access.visible_to(actor).filter(pk=report.pk) for actor in roles.actors_of(account, now))
    return any(found.exists() for found in seen)


@transaction.atomic(durable=True)
def consult(*, code: str, to: str, text: str, actor: Actor, now: datetime, version: int | None = None) -> Report:
    """Ask another unit of the institution for advice: it may read the report from now on, and holds nothing."""
    report = access.lock_report(actor, code, version)
    turn = permit(report, Action.CONSULT, actor=actor, now=now)
    desk = desks.receiving(to, Agency.Kind.UNIT, within=report.agency_id)
    say(turn, ResponseKind.NOTE, Audience.OFFICERS, text)
    open_reading(turn, desk)
    return advance(turn, Move(facts={"to": desk.code}, named_desks=(desk.pk,)))
