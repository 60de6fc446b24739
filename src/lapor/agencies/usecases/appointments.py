"""Appoint officers, let them go, and hand a seat over, so that no report is left with nobody who can act on it."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lapor.agencies.access import check_may_manage
from lapor.agencies.models import Absence, Agency, Appointment
from lapor.agencies.queries.calendars import today
from lapor.agencies.refusals import (
    AppointmentEnded,
    DecreeNotInForce,
    LastOfficer,
    LoginTaken,
    SamePerson,
    UnknownDecree,
)
from lapor.agencies.usecases import _people
from lapor.agencies.usecases._input import words
from lapor.agencies.usecases._people import Span
from lapor.agencies.usecases.absences import cut
from lapor.kernel.actor import Actor
from lapor.kernel.deeds import note_deed
from lapor.kernel.errors import InvalidInput
from lapor.sop.vocabulary import Role


@transaction.atomic
def enrol(*, agency: str, login: str, name: str, email: str, actor: Actor, now: datetime) -> AbstractBaseUser:
    """Make the account of a future officer of this desk; the person chooses a password by invitation (S16).

    Raises `NotYours`, `InvalidInput`, `LoginTaken`.
    """
    check_may_manage(actor, _people.locked_desk(agency))
    login = words(login, "login", longest=150).lower()
    accounts = get_user_model().objects
    if accounts.filter(login=login).exists():
        raise LoginTaken(field="login")
    try:
        validate_email(email.strip())
    except ValidationError:
        raise InvalidInput(_("This is not an e-mail address. Write it like nama@contoh.id."), field="email") from None
    name = words(name, "name", longest=150)
    return accounts.create(login=login, name=name, email=email.strip().lower(), password=make_password(None))


@transaction.atomic
def appoint(
    *,
    account: int,
    agency: str,
    role: Role,
    decree: int,
    title: str = "",
    starts_on: date | None = None,
    actor: Actor,
    now: datetime,
) -> Appointment:
    """Give a person a role at a desk, from today or `starts_on` to the last day of the decree (S16, S17).

    Raises `NotYours`, `RoleDoesNotFit`, `DecreeOfAnother`, `DecreeOver`, `AlreadyAppointed`, `UnknownPerson`.
    """
    desk = _people.locked_desk(agency)
    check_may_manage(actor, desk)
    _people.check_role_fits(role, desk)
    officer = _people.person(account)
    by = _people.decree_for(desk, decree, today(desk.calendar, now))
    days = Span(max(by.valid_from, starts_on or today(desk.calendar, now)), by.valid_to)
    _people.check_not_appointed(officer, desk, role, days)
    _note("appointed", desk, officer, actor, now, role=str(role), decree=by.number)
    return Appointment.objects.create(
        account_id=officer.pk,
        agency=desk,
        role=str(role),
        decree=by,
        title=words(title, "title", longest=120, needed=False),
        starts_on=days.first if days.first > by.valid_from else None,
    )


@transaction.atomic
def end_appointment(
    *, appointment: int, ended_on: date, even_if_last: bool = False, actor: Actor, now: datetime
) -> Appointment:
    """Let an officer go; `ended_on` is the first day without them, in the desk's zone, today or later.

    Raises `LastOfficer` when nobody else serves in the role on that day, unless `even_if_last` says that this is
    meant: a person may be gone before a successor has a decree.
    """
    leaving = _people.locked_appointment(appointment)
    check_may_manage(actor, leaving.agency)
    _check_can_end(leaving, ended_on, now)
    if not even_if_last and not _people.others_in_role(leaving, ended_on):
        raise LastOfficer(field="appointment")
    _note("appointment_ended", leaving.agency, leaving.account, actor, now, on=ended_on.isoformat())
    return _end(leaving, ended_on)


@transaction.atomic
def hand_over(
    *, appointment: int, successor: int, decree: int | None = None, ended_on: date | None, actor: Actor, now: datetime
) -> Appointment:
    """Let somebody leave and a successor take the seat from `ended_on` on; return the successor's appointment.

    A seat that is over already, as when its decree has run out, is taken from today on. A successor who serves in the
    same role at the desk already needs no decree; anybody else is named by one in force on that day. Where the one who
    leaves was to stand in for colleagues, the successor does. Raises what `appoint` and `end_appointment` raise, and
    `SamePerson`; `AppointmentEnded` where somebody follows already.
    """
    leaving = _people.locked_appointment(appointment)
    check_may_manage(actor, leaving.agency)
    first = _first_day_of_successor(leaving, ended_on, now)
    if successor == leaving.account_id:
        raise SamePerson(field="successor")
    if not _is_over(leaving, now):
        _end(leaving, first)
    leaving.successor = _serving(leaving, successor, first) or _named(leaving, successor, decree, first, actor, now)
    leaving.save(update_fields=["successor"])
    _pass_on_absences(leaving, successor, first)
    taker = str(leaving.successor.account)
    _note("handed_over", leaving.agency, leaving.account, actor, now, to=taker, on=first.isoformat())
    return leaving.successor


def _is_over(seat: Appointment, now: datetime) -> bool:
    return _people.span_of(seat).last < today(seat.agency.calendar, now)


def _first_day_of_successor(leaving: Appointment, ended_on: date | None, now: datetime) -> date:
    """Return the day on which the successor begins; today for a seat that is over and that nobody follows on yet."""
    if leaving.successor_id is not None:
        raise AppointmentEnded(field="appointment")
    if _is_over(leaving, now):
        return today(leaving.agency.calendar, now)
    if ended_on is None:
        raise InvalidInput(_("Choose the day on which the successor begins."), field="ended_on")
    _check_can_end(leaving, ended_on, now)
    return ended_on


def _note(action: str, desk: Agency, whom: AbstractBaseUser, actor: Actor, now: datetime, **facts: str) -> None:
    home = desk.institution_id or desk.pk
    note_deed(action, actor=actor, institution=home, about=f"{whom} · {desk.name}", now=now, **facts)


def _check_can_end(leaving: Appointment, ended_on: date, now: datetime) -> None:
    if leaving.ended_on is not None or leaving.decree.valid_to < today(leaving.agency.calendar, now):
        raise AppointmentEnded(field="appointment")
    if ended_on < today(leaving.agency.calendar, now):
        raise InvalidInput(
            _("Choose today or a later day: what was done until now was done by this officer."), field="ended_on"
        )


def _end(leaving: Appointment, ended_on: date) -> Appointment:
    leaving.ended_on = ended_on
    leaving.save(update_fields=["ended_on"])
    return leaving


def _serving(leaving: Appointment, account: int, on: date) -> Appointment | None:
    held = _people.appointments_at(leaving.agency, account)
    same_role = (one for one in held if one.role == leaving.role)
    return next((one for one in same_role if _people.span_of(one).meets(Span(on, on))), None)


def _named(
    leaving: Appointment, successor: int, decree: int | None, on: date, actor: Actor, now: datetime
) -> Appointment:
    if decree is None:
        raise UnknownDecree(field="decree")
    named = appoint(
        account=successor,
        agency=leaving.agency.code,
        role=Role(leaving.role),
        decree=decree,
        title=leaving.title,
        starts_on=on,
        actor=actor,
        now=now,
    )
    if not _people.span_of(named).meets(Span(on, on)):
        raise DecreeNotInForce(field="decree")
    return named


def _pass_on_absences(leaving: Appointment, successor: int, on: date) -> None:
    """Let the successor stand in from `on` where the one who leaves was to; nobody stands in for themselves."""
    mine = Absence.objects.filter(deputy=leaving.account_id, appointment__agency=leaving.agency, last_day__gte=on)
    for absence in mine.exclude(appointment__account=successor):
        Absence.objects.create(
            appointment=absence.appointment,
            deputy_id=successor,
            first_day=max(absence.first_day, on),
            last_day=absence.last_day,
            why=absence.why,
        )
        cut(absence, on)
