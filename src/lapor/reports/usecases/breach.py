"""Answer for a limit that passed: the officer explains, the head acknowledges (S21)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lapor.agencies.queries.roles import appointment_infos
from lapor.kernel.actor import Actor
from lapor.kernel.errors import NothingHere
from lapor.reports import access
from lapor.reports.drafts import clean_text
from lapor.reports.models import Breach
from lapor.reports.refusals import NotYourDesk, Refusal
from lapor.reports.usecases._advance import Move, Turn, advance, permit
from lapor.sop.vocabulary import Action


@transaction.atomic(durable=True)
def explain_breach(*, breach: int, text: str, actor: Actor, now: datetime) -> Breach:
    """Keep the explanation of the desk that was late. Raises NotFound when the breach is not this desk's."""
    entry, turn = _turn(breach, Action.EXPLAIN_BREACH, actor, now)
    if entry.desk_id != actor.desk:
        raise NotYourDesk
    if entry.acknowledged_at:
        raise Refusal(_("This explanation has been acknowledged and stays as it is."))
    entry.explanation = clean_text(text, field="text", longest=2000)
    entry.explained_by, entry.explained_at = actor.appointment, now
    entry.save(update_fields=["explanation", "explained_by", "explained_at"])
    advance(turn, Move(facts={"breach": entry.pk}))
    return entry


@transaction.atomic(durable=True)
def acknowledge_breach(*, breach: int, text: str = "", actor: Actor, now: datetime) -> Breach:
    """Say, as head of the unit or as the coordinating admin, that the breach and its explanation are known."""
    entry, turn = _turn(breach, Action.ACKNOWLEDGE_BREACH, actor, now)
    if not entry.explained_at:
        raise Refusal(_("The officer has not explained this breach yet."))
    if _explained(entry, actor):
        raise Refusal(_("Somebody else must acknowledge what you explained."))
    entry.remark = clean_text(text, longest=2000, shortest=0)
    entry.acknowledged_by, entry.acknowledged_at = actor.appointment, now
    entry.save(update_fields=["remark", "acknowledged_by", "acknowledged_at"])
    advance(turn, Move(facts={"breach": entry.pk}))
    return entry


def _explained(entry: Breach, actor: Actor) -> bool:
    """Tell whether this person explained it, in this role or in another one."""
    if entry.explained_by == actor.appointment:
        return True
    explained = appointment_infos([entry.explained_by or 0]).get(entry.explained_by or 0)
    return explained is not None and explained.account_id == actor.account


def _turn(breach: int, action: Action, actor: Actor, now: datetime) -> tuple[Breach, Turn]:
    found = Breach.objects.select_related("report").filter(pk=breach).first()
    if found is None:
        raise NothingHere
    report = access.lock_for_breach(actor, found)
    return Breach.objects.get(pk=breach), permit(report, action, actor=actor, now=now)
