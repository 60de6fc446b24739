"""Decrees and the officers they name, for those who keep an institution's desks manned (S18)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from lapor.agencies.models import Absence, Agency, Appointment, Decree, DecreeFile
from lapor.sop.vocabulary import Role


@dataclass(frozen=True)
class DecreeInfo:
    """A decree, how many officers still serve by it, and the days left to it (0: the last day is today)."""

    id: int
    institution_id: int
    institution: str
    number: str
    about: str
    signed_on: date
    valid_from: date
    valid_to: date
    officers: int
    days_left: int


@dataclass(frozen=True)
class Away:
    """Days on which an officer is away, both included, and who stands in."""

    id: int
    first_day: date
    last_day: date
    deputy: str
    why: str


@dataclass(frozen=True)
class Seat:
    """One appointment as the officers' page shows it. `state` is "serving", "coming" or "over"."""

    appointment_id: int
    account_id: int
    name: str
    login: str
    role: Role
    title: str
    desk_code: str
    desk_name: str
    decree: str
    valid_from: date
    valid_to: date
    ended_on: date | None
    state: str
    away: tuple[Away, ...]


def decrees_of(institution_id: int, *, on: date) -> list[DecreeInfo]:
    """Return an institution's decrees, the newest first; one query."""
    return _infos(Decree.objects.filter(institution=institution_id).order_by("-valid_from", "-pk"), on)


def find_decree(decree_id: int, *, on: date) -> DecreeInfo | None:
    """Return one decree, None where there is none; one query."""
    return next(iter(_infos(Decree.objects.filter(pk=decree_id), on)), None)


def decree_file(decree_id: int) -> DecreeFile | None:
    """Return the decree itself with its bytes, None while nobody has handed it in; one query."""
    return DecreeFile.objects.filter(decree=decree_id).first()


def decree_file_name(decree_id: int) -> str:
    """Return the name of the decree's file without reading it, empty where there is none; one query."""
    return DecreeFile.objects.filter(decree=decree_id).values_list("name", flat=True).first() or ""


def decrees_expiring(within_days: int, on: date) -> list[DecreeInfo]:
    """Return the decrees in force that end within so many days and whose officers have no seat afterwards.

    Whoever is already named in a later decree needs no warning (S18). The soonest first.
    """
    ending = Decree.objects.filter(valid_from__lte=on, valid_to__range=(on, on + timedelta(days=within_days)))
    return [decree for decree in _infos(ending.order_by("valid_to", "pk"), on) if _leaves_somebody(decree)]


def seats_of(institution_id: int, *, on: date) -> list[Seat]:
    """Return every appointment at an institution's desks, or at a desk without one; three queries."""
    desks = Agency.objects.filter(Q(institution=institution_id) | Q(pk=institution_id))
    rows = Appointment.objects.filter(agency__in=desks).select_related("account", "agency", "decree")
    away = defaultdict(list)
    for absence in Absence.objects.filter(appointment__agency__in=desks, last_day__gte=on).select_related("deputy"):
        away[absence.appointment_id].append(absence)
    return [_seat(row, away[row.pk], on) for row in rows.order_by("agency__name", "role", "-decree__valid_from", "pk")]


def _infos(decrees: QuerySet[Decree], on: date) -> list[DecreeInfo]:
    serving = Count("appointments", filter=Q(appointments__ended_on=None) | Q(appointments__ended_on__gt=on))
    return [
        DecreeInfo(
            id=decree.pk,
            institution_id=decree.institution_id,
            institution=decree.institution.name,
            number=decree.number,
            about=decree.about,
            signed_on=decree.signed_on,
            valid_from=decree.valid_from,
            valid_to=decree.valid_to,
            officers=officers,
            days_left=(decree.valid_to - on).days,
        )
        for decree, officers in (
            (decree, decree.serving) for decree in decrees.select_related("institution").annotate(serving=serving)
        )
    ]


def _leaves_somebody(decree: DecreeInfo) -> bool:
    """Tell whether an officer serves to the decree's last day and in no later decree for the same seat."""
    last = Appointment.objects.filter(decree=decree.id, account__is_active=True)
    last = last.filter(Q(ended_on=None) | Q(ended_on__gt=decree.valid_to)).select_related("decree")
    later = Appointment.objects.filter(decree__institution=decree.institution_id, decree__valid_to__gt=decree.valid_to)
    renewed = set(later.filter(ended_on=None).values_list("account", "agency", "role"))
    return any((one.account_id, one.agency_id, one.role) not in renewed for one in last)


def _seat(row: Appointment, absences: list[Absence], on: date) -> Seat:
    return Seat(
        appointment_id=row.pk,
        account_id=row.account_id,
        name=row.account.name,
        login=row.account.get_username(),
        role=Role(row.role),
        title=row.title,
        desk_code=row.agency.code,
        desk_name=row.agency.name,
        decree=row.decree.number,
        valid_from=row.decree.valid_from,
        valid_to=row.decree.valid_to,
        ended_on=row.ended_on,
        state=_state(row, on),
        away=tuple(_away(absence) for absence in sorted(absences, key=lambda absence: absence.first_day)),
    )


def _state(row: Appointment, on: date) -> str:
    if row.decree.valid_to < on or (row.ended_on and row.ended_on <= on):
        return "over"
    return "coming" if on < (row.starts_on or row.decree.valid_from) else "serving"


def _away(absence: Absence) -> Away:
    return Away(absence.pk, absence.first_day, absence.last_day, absence.deputy.name, absence.why)
