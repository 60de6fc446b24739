"""Officers who are away, and the colleagues who stand in for them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lapor.agencies.access import check_may_manage
from lapor.agencies.models import Absence, Appointment
from lapor.agencies.queries.calendars import today
from lapor.agencies.refusals import (
    AbsenceOverlaps,
    AppointmentEnded,
    DeputyAway,
    DeputyNotAtDesk,
    SamePerson,
    StandsInForAnother,
    UnknownAbsence,
)
from lapor.agencies.usecases import _people
from lapor.agencies.usecases._input import words
from lapor.agencies.usecases._people import Span
from lapor.kernel.actor import Actor
from lapor.kernel.deeds import note_deed
from lapor.kernel.errors import InvalidInput

LONGEST = timedelta(days=366)


@transaction.atomic
def set_absence(
    *,
    appointment: int,
    deputy: int,
    first_day: date,
    last_day: date,
    why: str = "",
    actor: Actor,
    now: datetime,
) -> Absence:
    """Note that an officer is away, both days included, and who stands in; officers may do so for themselves.

    Raises `NotYours`, `InvalidInput` for impossible days, `AppointmentEnded`, `SamePerson`, `DeputyNotAtDesk`,
    `AbsenceOverlaps`, `DeputyAway`, `StandsInForAnother`.
    """
    leaving, days = _people.locked_appointment(appointment), Span(first_day, last_day)
    if actor.account is None or actor.account != leaving.account_id:
        check_may_manage(actor, leaving.agency)
    _check_days(days, today(leaving.agency.calendar, now))
    if not _people.span_of(leaving).meets(days):
        raise AppointmentEnded(field="appointment")
    _check_deputy(leaving, _people.person(deputy, "deputy").pk, days)
    _check_free(leaving, days)
    why = words(why, "why", longest=200, needed=False)
    home = leaving.agency.institution_id or leaving.agency_id
    span = {"first": first_day.isoformat(), "last": last_day.isoformat()}
    note_deed("absence_set", actor=actor, institution=home, about=str(leaving.account), now=now, **span)
    return Absence.objects.create(
        appointment=leaving, deputy_id=deputy, first_day=first_day, last_day=last_day, why=why
    )


@transaction.atomic
def return_early(*, absence: int, back_on: date, actor: Actor, now: datetime) -> None:
    """Let an absence end the day before `back_on`; one that has not begun by then never happens.

    Raises `NotYours`, and `InvalidInput` for a day that is over or no earlier than planned.
    """
    found = Absence.objects.filter(pk=absence).first()
    if found is None:
        raise UnknownAbsence(field="absence")
    officer = _people.locked_appointment(found.appointment_id)
    if actor.account is None or actor.account != officer.account_id:
        check_may_manage(actor, officer.agency)
    if not today(officer.agency.calendar, now) <= back_on <= found.last_day:
        raise InvalidInput(_("Choose a day from today to the last day of the absence."), field="back_on")
    cut(found, back_on)


def cut(absence: Absence, back_on: date) -> None:
    """Let an absence end the day before `back_on`, or never happen. Part of use cases that have checked it."""
    if back_on <= absence.first_day:
        absence.delete()
        return
    absence.last_day = back_on - timedelta(days=1)
    absence.save(update_fields=["last_day"])


def _check_days(days: Span, today: date) -> None:
    if days.last < days.first:
        raise InvalidInput(_("The last day comes before the first."), field="last_day")
    if days.last < today:
        raise InvalidInput(_("These days are over."), field="last_day")
    if days.last - days.first > LONGEST:
        raise InvalidInput(
            _("This is longer than a year. Hand the seat over to a successor instead."), field="last_day"
        )


def _check_deputy(leaving: Appointment, deputy: int, days: Span) -> None:
    if deputy == leaving.account_id:
        raise SamePerson(field="deputy")
    if not _people.serves_throughout(leaving.agency, deputy, days):
        raise DeputyNotAtDesk(field="deputy")
    if _meeting(days).filter(appointment__account=deputy, appointment__agency=leaving.agency).exists():
        raise DeputyAway(field="deputy")


def _check_free(leaving: Appointment, days: Span) -> None:
    if _meeting(days).filter(appointment=leaving).exists():
        raise AbsenceOverlaps(field="first_day")
    if _meeting(days).filter(deputy=leaving.account_id, appointment__agency=leaving.agency).exists():
        raise StandsInForAnother(field="first_day")


def _meeting(days: Span) -> QuerySet[Absence]:
    return Absence.objects.filter(first_day__lte=days.last, last_day__gte=days.first)
