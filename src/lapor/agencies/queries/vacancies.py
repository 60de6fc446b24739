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


def vacant_desks(on: date, *, within: int | None = None) -> QuerySet[Agency]:
    """Return the same desks as a queryset, to be sorted and cut before anything is read; `within` one institution.

    `on` is a day, or an aware instant, which each desk reads as its own local day.
    """
    away = Absence.objects.alias(day=_day(on, "appointment__agency__calendar__zone")).filter(
        first_day__lte=F("day"), last_day__gte=F("day")
    )
    colleague = _serving(on).filter(agency=OuterRef("appointment__agency"), account=OuterRef("deputy"))
    deputised = away.filter(Exists(colleague))
    roles = [When(agency__kind=kind, then=Value(str(role))) for kind, role in NEEDED.items()]
    can_act = _serving(on).filter(
        ~Q(pk__in=away.values("appointment")) | Q(pk__in=deputised.values("appointment")),
        role=Case(*roles, output_field=CharField()),
    )
    desks = Agency.objects.filter(is_receiving=True, kind__in=NEEDED)
    if within is not None:
        can_act = can_act.filter(Q(agency__institution=within) | Q(agency=within))
        desks = desks.filter(Q(institution=within) | Q(pk=within))
    return desks.filter(~Exists(can_act.filter(agency=OuterRef("pk"))))


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
