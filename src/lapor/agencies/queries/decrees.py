"""Decrees and the officers they name, for those who keep an institution's desks manned (S18)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Q, QuerySet

from lapor.agencies.models import Absence, Agency, Appointment, Decree, DecreeFile
from lapor.agencies.queries import in_force
from lapor.sop.vocabulary import Role

_ADMINS = (str(Role.AGENCY_ADMIN), str(Role.NATIONAL_ADMIN))


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
    """One appointment as the officers' page shows it. `state` is "serving", "coming" or "over".

    `mail_lost_at` is when a mail to the officer's address last came back.
    """

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
    mail_lost_at: datetime | None = None


@dataclass(frozen=True)
class Ending:
    """A seat that ends with its decree and has nobody named for the days after: whose it is, in which role, where."""

    decree_id: int
    institution_id: int
    account_id: int
    role: Role
    desk_id: int
    desk_name: str


@dataclass(frozen=True)
class Keeper:
    """Who can have a decree renewed: an admin or head of the institution, or the head of one of its units."""

    account_id: int
    role: Role
    desk_id: int

    def looks_after(self, seat: Ending) -> bool:
        """Tell whether the seat is this person's to keep manned."""
        return self.desk_id in (seat.institution_id, seat.desk_id)


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
    near = in_force_until(on, on + timedelta(days=within_days)).order_by("valid_to", "pk")
    leaving = {ending.decree_id for ending in endings(near)}
    return [decree for decree in _infos(near, on) if decree.id in leaving]


def in_force_until(on: date, last: date) -> QuerySet[Decree]:
    """Return the decrees in force on a day that end on it or later, up to `last`."""
    return Decree.objects.filter(valid_from__lte=on, valid_to__range=(on, last))


def endings(decrees: QuerySet[Decree]) -> list[Ending]:
    """Return the seats that last to the end of these decrees and are renewed by no later one; two queries (S18).

    Renewed: the same person in the same role at the same desk, by a decree that reaches further. Who hands over to a
    successor needs no renewal.
    """
    last = Appointment.objects.filter(decree__in=decrees, account__is_active=True, successor=None)
    last = last.filter(Q(ended_on=None) | Q(ended_on__gt=F("decree__valid_to"))).select_related("decree", "agency")
    later = Appointment.objects.filter(decree__institution__in=decrees.values("institution"), ended_on=None)
    further: dict[tuple[int, int, str], date] = {}
    for account, desk, role, until in later.values_list("account", "agency", "role", "decree__valid_to"):
        further[account, desk, role] = max(until, further.get((account, desk, role), until))
    return [
        _ending(one)
        for one in last.order_by("pk")
        if further.get((one.account_id, one.agency_id, one.role), one.decree.valid_to) <= one.decree.valid_to
    ]


def _ending(seat: Appointment) -> Ending:
    return Ending(
        decree_id=seat.decree_id,
        institution_id=seat.decree.institution_id,
        account_id=seat.account_id,
        role=Role(seat.role),
        desk_id=seat.agency_id,
        desk_name=seat.agency.name,
    )


def keepers_of(institutions: Iterable[int], *, on: date) -> list[Keeper]:
    """Return the admins and heads of these institutions, and their units' heads, in force; deputies too; two queries.

    The national desk and oversight bodies have no admin above them: their own admins look after their decrees.
    """
    homes = set(institutions)
    here = Q(agency__in=homes) | Q(agency__institution__in=homes)
    keeping = Q(role=str(Role.HEAD)) | Q(role__in=_ADMINS, agency__in=homes)
    serving = in_force.appointments(on, here & keeping)
    seats = {seat.pk: seat for seat in serving}
    deputies = in_force.absences(on, Q(appointment__in=list(seats)))
    people = [(seat.account_id, seat) for seat in serving]
    people += [(one.deputy_id, seats[one.appointment_id]) for one in deputies]
    return [Keeper(account, Role(seat.role), seat.agency_id) for account, seat in people]


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
        mail_lost_at=row.account.mail_lost_at if row.account.mail_lost_to == row.account.email.lower() else None,
    )


def _state(row: Appointment, on: date) -> str:
    if row.decree.valid_to < on or (row.ended_on and row.ended_on <= on):
        return "over"
    return "coming" if on < (row.starts_on or row.decree.valid_from) else "serving"


def _away(absence: Absence) -> Away:
    return Away(absence.pk, absence.first_day, absence.last_day, absence.deputy.name, absence.why)
