"""When an appointment is in force: its decree's days, its own end, and absences with their deputies (S16 to S18).

Days are the desk's own. Where a question is put at an instant, the database narrows to the days around it and each
row is then read in its desk's zone: a decree valid to the 31st ends at midnight there, not at the server's.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q

from lapor.agencies.models import Absence, Appointment

_DAY = timedelta(days=1)


def appointments(on: date, narrowed: Q | None = None, **marks: Any) -> list[Appointment]:
    """Return the appointments in force, oldest first, with account, decree, desk and calendar; one query.

    `marks` are expressions that each row is given by name.
    """
    rows = Appointment.objects.filter(_near(on), account__is_active=True).annotate(**marks)
    if narrowed is not None:
        rows = rows.filter(narrowed)
    rows = rows.select_related("account", "decree", "agency__calendar").order_by("pk")
    return [row for row in rows if is_in_force(row, on)]


def absences(on: date, narrowed: Q) -> list[Absence]:
    """Return the absences that last on that day, of appointments in force, with both people; one query.

    Whether the deputy may act is another question: only somebody who serves the same desk may.
    """
    first, last = _around(on)
    rows = Absence.objects.filter(narrowed, first_day__lte=last, last_day__gte=first)
    rows = rows.select_related(
        "deputy", "appointment__account", "appointment__decree", "appointment__agency__calendar"
    ).order_by("pk")
    return [row for row in rows if is_in_force(row.appointment, on) and _lasts(row, on)]


def is_in_force(appointment: Appointment, on: date) -> bool:
    """Tell whether the decree is in force and the officer still serves, on the desk's own day."""
    day = local_day(appointment, on)
    decree = appointment.decree
    begun = appointment.starts_on is None or appointment.starts_on <= day
    serves = appointment.ended_on is None or day < appointment.ended_on
    return begun and serves and decree.valid_from <= day <= decree.valid_to


def local_day(appointment: Appointment, on: date) -> date:
    """Return the desk's day of an instant; a day stays the day it is."""
    return on.astimezone(ZoneInfo(appointment.agency.calendar.zone)).date() if isinstance(on, datetime) else on


def _lasts(absence: Absence, on: date) -> bool:
    return absence.first_day <= local_day(absence.appointment, on) <= absence.last_day


def _near(on: date) -> Q:
    first, last = _around(on)
    begun = Q(starts_on=None) | Q(starts_on__lte=last)
    serves = Q(ended_on=None) | Q(ended_on__gt=first)
    return begun & serves & Q(decree__valid_from__lte=last, decree__valid_to__gte=first)


def _around(on: date) -> tuple[date, date]:
    if not isinstance(on, datetime):
        return on, on
    day = on.astimezone(UTC).date()
    return day - _DAY, day + _DAY
