"""Desks at which nobody can act, found by the database: 46,000 officers are not read to name the few desks (S16)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, CharField, DateField, Exists, F, Func, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from lapor.agencies.models import Absence, Agency, Appointment
from lapor.sop.vocabulary import Role

NEEDED = {
    Agency.Kind.NATIONAL: Role.NATIONAL_ADMIN,
    Agency.Kind.INSTITUTION: Role.AGENCY_ADMIN,
    Agency.Kind.UNIT: Role.LIAISON,
    Agency.Kind.SUBUNIT: Role.UNIT_OFFICER,
}


@dataclass(frozen=True)
class Vacancy:
    """A desk and the role that nobody can act in."""

    agency_id: int
    code: str
    name: str
    role: Role


def desks_without_officer(on: date) -> list[Vacancy]:
    """Return the desks that could hold a report but have nobody who can act on it that day, by name; one query."""
    rows = vacant_desks(on).order_by("name").values_list("pk", "code", "name", "kind")
    return [Vacancy(pk, code, name, NEEDED[Agency.Kind(kind)]) for pk, code, name, kind in rows]


def vacant_desks(on: date) -> QuerySet[Agency]:
    """Return the same desks as a queryset, to be narrowed, sorted and cut before anything is read.

    `on` is a day, or an aware instant, which each desk reads as its own local day.
    """
    serving = _serving(on).filter(agency=OuterRef("appointment__agency"), account=OuterRef("deputy"))
    away = Absence.objects.alias(day=_day(on, "appointment__agency__calendar__zone")).filter(
        appointment=OuterRef("pk"), first_day__lte=F("day"), last_day__gte=F("day")
    )
    can_act = _serving(on).filter(~Exists(away) | Exists(away.filter(Exists(serving))))
    roles = [When(kind=kind, then=Value(str(role))) for kind, role in NEEDED.items()]
    desks = Agency.objects.filter(is_receiving=True, kind__in=NEEDED)
    desks = desks.alias(needed=Case(*roles, output_field=CharField()))
    return desks.filter(~Exists(can_act.filter(agency=OuterRef("pk"), role=OuterRef("needed"))))


def _serving(on: date) -> QuerySet[Appointment]:
    """Return the appointments in force on the desk's own day (`in_force` says the same of rows that are read)."""
    begun = Q(starts_on=None) | Q(starts_on__lte=F("day"))
    serves = Q(ended_on=None) | Q(ended_on__gt=F("day"))
    decree = Q(decree__valid_from__lte=F("day"), decree__valid_to__gte=F("day"))
    rows = Appointment.objects.alias(day=_day(on, "agency__calendar__zone"))
    return rows.filter(begun, serves, decree, account__is_active=True)


def _day(on: date, zone: str) -> Combinable:
    if isinstance(on, datetime):
        return Cast(Func(F(zone), Value(on), function="timezone"), DateField())
    return Value(on, output_field=DateField())
