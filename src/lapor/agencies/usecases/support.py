"""Support access: begin a visit at an institution's desk, note what is read, and end it.

Nobody acts on a visit: what is done at a desk is done by a decree (S16), and a visit has none.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from lapor.agencies.models import Agency, SupportVisit
from lapor.agencies.refusals import NotYours, UnknownAgency
from lapor.agencies.usecases._input import words
from lapor.kernel.actor import Actor
from lapor.kernel.deeds import note_deed
from lapor.kernel.errors import InvalidInput, Refusal
from lapor.sop.vocabulary import Role

MINUTES = (15, 30, 60)
SHORTEST_REASON = 10


class VisitOver(Refusal):
    """The time of the visit is up, or it was ended."""

    status = 403
    sentence = _("Your support visit at this institution is over. You are back at your own desk.")


@transaction.atomic
def begin_visit(*, institution: str, reason: str, minutes: int, actor: Actor, now: datetime) -> SupportVisit:
    """Let an admin of the national desk read at an institution's desk for 15, 30 or 60 minutes, for a reason.

    The institution sees the reason, the person and everything that is read. Raises `NotYours`, `UnknownAgency`,
    `InvalidInput`.
    """
    if actor.role is not Role.NATIONAL_ADMIN or actor.account is None:
        raise NotYours
    house = Agency.objects.filter(code=institution, kind=Agency.Kind.INSTITUTION).first()
    if house is None:
        raise UnknownAgency(field="institution")
    reason = words(reason, "reason", longest=300)
    if len(reason) < SHORTEST_REASON:
        raise InvalidInput(_("Say in a few words why: the institution reads it."), field="reason")
    if minutes not in MINUTES:
        raise InvalidInput(_("Choose how long."), field="minutes")
    ends = now + timedelta(minutes=minutes)
    visit = SupportVisit.objects.create(
        institution=house, account_id=actor.account, reason=reason, began_at=now, ends_at=ends
    )
    note_deed(
        "support_began", actor=actor, institution=house.pk, about=reason, now=now, visit=visit.pk, minutes=minutes
    )
    return visit


@transaction.atomic
def note_read(*, visit: int, page: str, address: str, actor: Actor, now: datetime) -> None:
    """Write down that something is read on a visit, before it is shown. Raises `VisitOver`.

    The visit's row is locked: one that is ended at this moment lets nothing more be read.
    """
    row = SupportVisit.objects.select_for_update().filter(pk=visit, ended_at=None, ends_at__gt=now).first()
    if row is None or row.account_id != actor.account:
        raise VisitOver
    SupportVisit.objects.filter(pk=visit).update(reads=F("reads") + 1)
    note_deed(
        "support_read", actor=actor, institution=row.institution_id, about=address, now=now, visit=visit, page=page
    )


@transaction.atomic
def end_visit(*, visit: int, actor: Actor, now: datetime) -> None:
    """End a visit before its time: its visitor, or an admin of the institution visited. Raises `NotYours`."""
    row = SupportVisit.objects.select_for_update().filter(pk=visit).first()
    if row is None or not _may_end(row, actor):
        raise NotYours
    if row.ended_at is None and row.ends_at > now:
        row.ended_at = now
        row.save(update_fields=["ended_at"])
        note_deed("support_ended", actor=actor, institution=row.institution_id, about=row.reason, now=now, visit=visit)


def _may_end(visit: SupportVisit, actor: Actor) -> bool:
    if actor.account is None:
        return False
    hosts = actor.role is Role.AGENCY_ADMIN and actor.desk == visit.institution_id
    return hosts or visit.account_id == actor.account
