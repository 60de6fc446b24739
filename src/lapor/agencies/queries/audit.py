"""Who arranged what, and when: an institution's own record for its admin, everything for the national desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from lapor.kernel.actor import Actor
from lapor.kernel.models import Deed
from lapor.sop.vocabulary import Role

PAGE = 50
_NUMBERS = ("visit", "unit", "into", "way", "page")  # of use to programs, not to readers


@dataclass(frozen=True)
class DeedRow:
    """One deed: when, who (empty for the system), in which role, what, and to whom or what."""

    id: int
    at: datetime
    who: str
    role: str
    action: str
    about: str
    facts: str


@dataclass(frozen=True)
class Deeds:
    """One page, newest first; `older` is the cursor of the next page, None at the end."""

    rows: list[DeedRow]
    older: int | None


def deeds(
    actor: Actor,
    *,
    zone: str,
    action: str = "",
    who: str = "",
    first: date | None = None,
    last: date | None = None,
    before: int | None = None,
) -> Deeds:
    """Return what was arranged within the actor's right; two or three queries.

    `who` is part of a name or login; `first` and `last` are days in `zone`, both included.
    """
    rows = _visible(actor)
    if action:
        rows = rows.filter(action=action)
    if who:
        named = Q(name__icontains=who) | Q(login__icontains=who)
        people = get_user_model().objects.filter(named, is_citizen=False).values_list("pk", flat=True)[:200]
        rows = rows.filter(account__in=list(people))
    if first:
        rows = rows.filter(at__gte=_midnight(first, zone))
    if last:
        rows = rows.filter(at__lt=_midnight(last + timedelta(days=1), zone))
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    names = get_user_model().objects.in_bulk({row.account for row in found if row.account})
    shown = [_row(row, str(names.get(row.account, "")) if row.account else "") for row in found[:PAGE]]
    return Deeds(shown, found[PAGE - 1].pk if len(found) > PAGE else None)


def _visible(actor: Actor) -> QuerySet[Deed]:
    if actor.role is Role.NATIONAL_ADMIN:
        return Deed.objects.all()
    if actor.role is Role.AGENCY_ADMIN and actor.desk is not None:
        return Deed.objects.filter(institution=actor.desk)
    return Deed.objects.none()


def _row(row: Deed, who: str) -> DeedRow:
    told = (value for name, value in row.facts.items() if name not in _NUMBERS and isinstance(value, str) and value)
    facts = ", ".join(told)
    return DeedRow(row.pk, row.at, who, row.role if row.account else "", row.action, row.about, facts)


def _midnight(day: date, zone: str) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
