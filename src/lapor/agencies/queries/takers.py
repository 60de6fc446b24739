"""Who leaves or is away, and the colleagues who can take over what this officer has in hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from lapor.agencies.models import Absence, Appointment
from lapor.agencies.queries import in_force
from lapor.agencies.queries.calendars import today
from lapor.kernel.actor import Actor
from lapor.sop.vocabulary import Role


@dataclass(frozen=True)
class Giver:
    """An officer in one seat: `actor` is the officer in it, in force or not; `is_over` tells that it has ended.

    `serves_desk` tells whether the person serves this desk in any seat today.
    """

    actor: Actor
    name: str
    desk: int
    desk_name: str
    institution: int
    today: date
    is_over: bool
    serves_desk: bool


@dataclass(frozen=True)
class Taker:
    """A colleague who may take over, under which appointment, from which day; a deputy under the absent officer's."""

    account: int
    name: str
    appointment: int
    first_day: date
    is_deputy: bool


def giver_in(appointment: int, now: datetime) -> Giver | None:
    """Return the officer of an appointment, also of one that is over; None where there is none. Two queries."""
    seat = _seat(appointment)
    if seat is None:
        return None
    serving = in_force.appointments(now, Q(account=seat.account_id, agency=seat.agency_id))
    return Giver(
        actor=Actor(Role(seat.role), desk=seat.agency_id, appointment=seat.pk, account=seat.account_id),
        name=seat.account.name,
        desk=seat.agency_id,
        desk_name=seat.agency.name,
        institution=seat.agency.institution_id or seat.agency_id,
        today=today(seat.agency.calendar, now),
        is_over=_is_over(seat, today(seat.agency.calendar, now)),
        serves_desk=bool(serving),
    )


def takers_of(appointment: int, now: datetime) -> list[Taker]:
    """Return who can take over from a seat: colleagues in its role in force, deputies now or to come. Three queries."""
    seat = _seat(appointment)
    if seat is None:
        return []
    day = today(seat.agency.calendar, now)
    others = Q(agency=seat.agency_id, role=seat.role) & ~Q(account=seat.account_id)
    serving = in_force.appointments(now, others)
    found = [Taker(one.account_id, one.account.name, one.pk, day, is_deputy=False) for one in serving]
    coming = Absence.objects.filter(appointment=seat, last_day__gte=day, deputy__is_active=True)
    return found + [_deputy(one, day) for one in coming.select_related("deputy").order_by("first_day", "pk")]


def _is_over(seat: Appointment, day: date) -> bool:
    return seat.decree.valid_to < day or (seat.ended_on is not None and seat.ended_on <= day)


def _seat(appointment: int) -> Appointment | None:
    rows = Appointment.objects.select_related("account", "decree", "agency__calendar")
    return rows.filter(pk=appointment).first()


def _deputy(absence: Absence, day: date) -> Taker:
    first = max(absence.first_day, day)
    return Taker(absence.deputy_id, absence.deputy.name, absence.appointment_id, first, is_deputy=True)


def seats_like(officer: Actor) -> QuerySet[Appointment, int]:
    """Return the ids of the seats an officer has begun work in: every one ever held in this role at this desk.

    A deputy, who sits in another one's seat, has only that one. To be asked within another question.
    """
    held = Q(account=officer.account, agency=officer.desk, role=str(officer.role))
    another = Q(pk=officer.appointment) & ~Q(account=officer.account)
    alone = Appointment.objects.filter(another)
    return Appointment.objects.filter(another | (held & ~Exists(alone))).values_list("pk", flat=True)


def absences_over(now: datetime) -> QuerySet[Absence]:
    """Return the absences whose last day is over where the desk is, for at most a month; not those that go on."""
    day = now.date()
    goes_on = Absence.objects.filter(
        appointment=OuterRef("appointment"), deputy=OuterRef("deputy"), last_day__gt=OuterRef("last_day")
    )
    recent = Absence.objects.filter(~Exists(goes_on), last_day__range=(day - timedelta(days=31), day))
    recent = recent.select_related("appointment__agency__calendar").order_by("pk")
    over = [one.pk for one in recent if one.last_day < today(one.appointment.agency.calendar, now)]
    return recent.filter(pk__in=over)


def stands_in_from(account: int, desk: int, day: date) -> bool:
    """Tell whether a person is to stand in for a colleague of the desk on that day or later; one query."""
    return Absence.objects.filter(deputy=account, appointment__agency=desk, last_day__gte=day).exists()


def seats_over(institution: int, *, on: date) -> list[int]:
    """Return the appointments of an institution that ended within a year and that nobody follows on; one query."""
    here = Q(agency__institution=institution) | Q(agency=institution)
    year = on - timedelta(days=366)
    over = Q(ended_on__lte=on, ended_on__gt=year) | Q(ended_on=None, decree__valid_to__range=(year, on - timedelta(1)))
    return list(Appointment.objects.filter(here & over, successor=None).values_list("pk", flat=True))
