"""What the use cases about officers look up and check, each under its own name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q

from lapor.agencies.models import Agency, Appointment, Decree
from lapor.agencies.queries.tree import OVERSIGHT
from lapor.agencies.refusals import (
    AlreadyAppointed,
    DecreeOfAnother,
    DecreeOver,
    RoleDoesNotFit,
    UnknownAgency,
    UnknownAppointment,
    UnknownDecree,
    UnknownPerson,
)
from lapor.sop.vocabulary import Role

_DAY = timedelta(days=1)
_ROLES = {
    Agency.Kind.NATIONAL: {Role.NATIONAL_ADMIN, Role.HEAD},
    Agency.Kind.INSTITUTION: {Role.AGENCY_ADMIN, Role.HEAD, Role.INSPECTORATE},
    Agency.Kind.UNIT: {Role.LIAISON, Role.HEAD, Role.INSPECTORATE},
    Agency.Kind.SUBUNIT: {Role.UNIT_OFFICER},
}


@dataclass(frozen=True)
class Span:
    """Days from the first to the last, both included."""

    first: date
    last: date

    def meets(self, other: Span) -> bool:
        """Tell whether any day is in both."""
        return max(self.first, other.first) <= min(self.last, other.last)


def locked_desk(code: str) -> Agency:
    """Return the desk and keep others from changing its officers until the transaction ends."""
    desk = Agency.objects.select_for_update(of=("self",)).select_related("calendar").filter(code=code).first()
    if desk is None:
        raise UnknownAgency(field="agency")
    return desk


def locked_appointment(number: int) -> Appointment:
    """Return the appointment, its desk locked as above; raises `UnknownAppointment`."""
    found = Appointment.objects.filter(pk=number).select_related("account", "decree", "agency").first()
    if found is None:
        raise UnknownAppointment(field="appointment")
    found.agency = locked_desk(found.agency.code)
    found.refresh_from_db(fields=["ended_on", "successor"])
    return found


def person(number: int, field: str = "account") -> AbstractBaseUser:
    """Return the account in use with this id; raises `UnknownPerson`."""
    account = get_user_model().objects.filter(pk=number, is_active=True).first()
    if account is None:
        raise UnknownPerson(field=field)
    return account


def decree_for(desk: Agency, number: int, today: date) -> Decree:
    """Return the decree by which somebody may be appointed here; one that begins later may be used ahead."""
    decree = Decree.objects.filter(pk=number).first()
    if decree is None:
        raise UnknownDecree(field="decree")
    if decree.institution_id != (desk.institution_id or desk.pk):
        raise DecreeOfAnother(field="decree")
    if decree.valid_to < today:
        raise DecreeOver(field="decree")
    return decree


def check_role_fits(role: Role, desk: Agency) -> None:
    """Refuse a role that this kind of desk does not have."""
    if desk.kind == Agency.Kind.OVERSIGHT:
        fits = OVERSIGHT.get(role) == desk.code
    else:
        fits = role in _ROLES[Agency.Kind(desk.kind)]
    if not fits:
        raise RoleDoesNotFit(field="role")


def check_not_appointed(account: AbstractBaseUser, desk: Agency, role: Role, days: Span) -> None:
    """Refuse a second appointment to the same role at the same desk on any of the same days."""
    if any(span_of(other).meets(days) for other in appointments_at(desk, account.pk) if other.role == role):
        raise AlreadyAppointed(field="account")


def appointments_at(desk: Agency, account: int) -> list[Appointment]:
    """Return all appointments of a person at a desk, those that are over too."""
    return list(Appointment.objects.filter(agency=desk, account=account).select_related("decree"))


def span_of(appointment: Appointment) -> Span:
    """Return the days on which an appointment is in force; last before first when it never is."""
    first, last = appointment.decree.valid_from, appointment.decree.valid_to
    if appointment.starts_on:
        first = max(first, appointment.starts_on)
    if appointment.ended_on:
        last = min(last, appointment.ended_on - _DAY)
    return Span(first, last)


def serves_throughout(desk: Agency, account: int, days: Span) -> bool:
    """Tell whether a person's appointments at a desk, one after the other, cover every one of the days."""
    day = days.first
    for span in sorted((span_of(one) for one in appointments_at(desk, account)), key=lambda span: span.first):
        if span.first <= day <= span.last:
            day = span.last + _DAY
    return day > days.last


def others_in_role(appointment: Appointment, on: date) -> bool:
    """Tell whether somebody else serves in the same role at the same desk on that day."""
    others = Appointment.objects.filter(agency=appointment.agency, role=appointment.role, account__is_active=True)
    others = others.filter(~Q(account=appointment.account_id)).select_related("decree")
    return any(span_of(other).meets(Span(on, on)) for other in others)
