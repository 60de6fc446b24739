"""Who may act, for which desk, today: only what a decree in force gives (S16 to S18).

`on` is a day, or an aware instant, which each desk reads as its own local day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Exists, OuterRef, Q

from lapor.agencies.models import Absence, Appointment
from lapor.agencies.queries import in_force
from lapor.agencies.queries.tree import AgencyInfo, info_of
from lapor.agencies.refusals import NoRole
from lapor.kernel.actor import Actor
from lapor.sop.vocabulary import Role


@dataclass(frozen=True)
class OfficerInfo:
    """One officer in one role. A deputy appears under the absent officer's appointment, with that officer's name."""

    account_id: int
    name: str
    email: str
    appointment_id: int
    role: Role
    title: str
    desk: int
    desk_name: str
    stands_in_for: str = ""
    is_away: bool = False


def actors_of(account: AbstractBaseUser, on: date) -> tuple[Actor, ...]:
    """Return the person's own roles in force, then those held as a deputy; queries as for `seats_of`."""
    return tuple(seats_of(account, on))


def seats_of(account: AbstractBaseUser, on: date) -> dict[Actor, AgencyInfo]:
    """Return the desk of each role in force, the person's own first, then those held as a deputy.

    A deputy who holds no role of their own at the desk any more has no decree (S16), so stands in for nobody. A
    citizen's account, which a code in a mailbox opens, never serves a desk. Asked for every page of the desk: one
    query, a second for who was ever named a deputy.
    """
    if not account.is_active or getattr(account, "is_citizen", False):
        return {}
    own = in_force.appointments(on, Q(account=account.pk), deputises=_DEPUTISES)
    seats = own + (_deputised(account, own, on) if any(seat.deputises for seat in own) else [])  # type: ignore[attr-defined]
    return {_actor(appointment, account.pk): info_of(appointment.agency) for appointment in seats}


_DEPUTISES = Exists(Absence.objects.filter(deputy=OuterRef("account")))


def _deputised(account: AbstractBaseUser, own: list[Appointment], on: date) -> list[Appointment]:
    desks = {appointment.agency_id for appointment in own}
    seats = (absence.appointment for absence in in_force.absences(on, Q(deputy=account.pk)))
    return [appointment for appointment in seats if appointment.agency_id in desks]


def actor_of(account: AbstractBaseUser, appointment_id: int, on: date) -> Actor:
    """Return the person in the role of this appointment, own or deputised; raises `NoRole` when it is not in force."""
    for actor in actors_of(account, on):
        if actor.appointment == appointment_id:
            return actor
    raise NoRole


def actor_renewed(account: AbstractBaseUser, appointment_id: int, on: date) -> Actor:
    """Return the person in the role of this appointment; where it is over, in the same role there by another decree.

    Who is named anew each year goes on with what was begun before (S18). Raises `NoRole` when neither is in force.
    """
    held = actors_of(account, on)
    if same := next((actor for actor in held if actor.appointment == appointment_id), None):
        return same
    seat = appointment_infos([appointment_id]).get(appointment_id)
    again = (actor for actor in held if seat and (actor.desk, actor.role) == (seat.desk, seat.role))
    if found := next(again, None):
        return found
    raise NoRole


def officers_of(agency_id: int, role: Role | None = None, *, on: date) -> list[OfficerInfo]:
    """Return who serves a desk, deputies too, those present first; two queries."""
    serving = in_force.appointments(on, Q(agency=agency_id))
    absences = in_force.absences(on, Q(appointment__agency=agency_id))
    return _present_first(info for info in _officers(serving, absences) if role in (None, info.role))


def responsible_officer(agency_id: int, role: Role, on: date) -> int | None:
    """Return the appointment that answers for a desk's step on that day (S20): present before away, oldest first."""
    officers = officers_of(agency_id, role, on=on)
    return officers[0].appointment_id if officers else None


def appointment_infos(ids: Iterable[int]) -> dict[int, OfficerInfo]:
    """Return the people behind appointments, in force or over, for histories and registers; one query."""
    rows = Appointment.objects.filter(pk__in=set(ids)).select_related("account", "agency")
    return {row.pk: _info(row) for row in rows}


def _officers(serving: list[Appointment], absences: list[Absence]) -> list[OfficerInfo]:
    away = {absence.appointment_id for absence in absences}
    at_desk = {(officer.account_id, officer.agency_id) for officer in serving}
    officers = [_info(officer, is_away=officer.pk in away) for officer in serving]
    deputies = [absence for absence in absences if (absence.deputy_id, absence.appointment.agency_id) in at_desk]
    return officers + [_deputy(absence) for absence in deputies]


def _present_first(officers: Iterable[OfficerInfo]) -> list[OfficerInfo]:
    return sorted(officers, key=lambda officer: (officer.is_away, officer.appointment_id))


def _actor(appointment: Appointment, account: int) -> Actor:
    return Actor(Role(appointment.role), desk=appointment.agency_id, appointment=appointment.pk, account=account)


def _info(appointment: Appointment, *, is_away: bool = False) -> OfficerInfo:
    return OfficerInfo(
        account_id=appointment.account_id,
        name=appointment.account.name,
        email=appointment.account.email,
        appointment_id=appointment.pk,
        role=Role(appointment.role),
        title=appointment.title,
        desk=appointment.agency_id,
        desk_name=appointment.agency.name,
        is_away=is_away,
    )


def _deputy(absence: Absence) -> OfficerInfo:
    officer, deputy = _info(absence.appointment), absence.deputy
    return replace(officer, account_id=deputy.pk, name=deputy.name, email=deputy.email, stands_in_for=officer.name)
