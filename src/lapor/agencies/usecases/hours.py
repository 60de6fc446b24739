"""Keep when an institution's counter is open: the usual week, and periods such as Ramadan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lapor.agencies.access import check_may_manage
from lapor.agencies.models import Agency, OfficeHours
from lapor.agencies.refusals import HoursOverlap, UnknownAgency, UnknownHours
from lapor.agencies.usecases._input import words
from lapor.kernel.actor import Actor
from lapor.kernel.deeds import note_deed
from lapor.kernel.errors import InvalidInput
from lapor.sop.hours_text import read_hours, written_hours

WEEKDAYS = 7
HOW_TO_WRITE = _("Write hours like 07.30-12.00, 13.00-16.00, in order. Empty: closed.")
LONGEST = 92  # days: a period is an exception, not a second usual


@transaction.atomic
def keep_usual_hours(*, institution: str, week: Sequence[str], actor: Actor, now: datetime) -> OfficeHours:
    """Keep the usual week, a text for each weekday from Monday on, empty where the counter is closed.

    No clock is touched: deadlines are counted in working days. Raises `NotYours`, `UnknownAgency`, `InvalidInput`.
    """
    house = _house(institution, actor)
    row = OfficeHours.objects.filter(institution=house, first=None).first() or OfficeHours(institution=house)
    return _kept(row, week, actor, now)


@transaction.atomic
def keep_period_hours(
    *,
    institution: str,
    period: int | None = None,
    name: str,
    first: date,
    last: date,
    week: Sequence[str],
    actor: Actor,
    now: datetime,
) -> OfficeHours:
    """Keep the hours of a period, both days included; outside it the usual week holds.

    Raises `NotYours`, `UnknownAgency`, `UnknownHours`, `HoursOverlap` and `InvalidInput`.
    """
    house = _house(institution, actor)
    row = _period(house, period) if period else OfficeHours(institution=house)
    if last < first:
        raise InvalidInput(_("The last day lies before the first."), field="last")
    if (last - first).days >= LONGEST:
        raise InvalidInput(_("A period is at most %(days)s days.") % {"days": LONGEST}, field="last")
    others = OfficeHours.objects.filter(institution=house, first__lte=last, last__gte=first)
    if others.exclude(pk=row.pk).exists():
        raise HoursOverlap(field="first")
    row.name, row.first, row.last = words(name, "name", longest=60), first, last
    return _kept(row, week, actor, now)


@transaction.atomic
def remove_period_hours(*, institution: str, period: int, actor: Actor, now: datetime) -> None:
    """Take a period away; the usual week holds on its days again. Raises `NotYours`, `UnknownHours`."""
    house = _house(institution, actor)
    row = _period(house, period)
    row.delete()
    _note(house, f"{row.name}: dihapus", actor, now)


def _house(code: str, actor: Actor) -> Agency:
    house = Agency.objects.select_for_update().filter(code=code, kind=Agency.Kind.INSTITUTION).first()
    if house is None:
        raise UnknownAgency(field="institution")
    check_may_manage(actor, house)
    return house


def _period(house: Agency, number: int) -> OfficeHours:
    found = OfficeHours.objects.filter(pk=number, institution=house, first__isnull=False).first()
    if found is None:
        raise UnknownHours
    return found


def _kept(row: OfficeHours, week: Sequence[str], actor: Actor, now: datetime) -> OfficeHours:
    row.week = [_hours(text, f"day_{weekday}") for weekday, text in enumerate(week[:WEEKDAYS])]
    if len(row.week) != WEEKDAYS or not any(row.week):
        raise InvalidInput(_("The counter must be open on one day of the week."), field="day_0")
    row.changed_at, row.changed_by_id = now, actor.account
    row.save()
    _note(row.institution, row.name or "Jam layanan biasa", actor, now)
    return row


def _hours(text: str, field: str) -> str:
    try:
        return written_hours(read_hours(text))
    except ValueError:
        raise InvalidInput(HOW_TO_WRITE, field=field) from None


def _note(house: Agency, about: str, actor: Actor, now: datetime) -> None:
    note_deed("hours_kept", actor=actor, institution=house.pk, about=about, now=now)
