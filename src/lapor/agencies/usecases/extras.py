"""Extras on a stage: an officer for every role of every desk that has none, so that a simulation can play them all."""

from __future__ import annotations

from datetime import date

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import transaction

from lapor.agencies.models import Agency, Appointment, Decree
from lapor.agencies.queries.tree import OVERSIGHT
from lapor.sop.vocabulary import Role

_ROLES = {
    Agency.Kind.NATIONAL: (Role.NATIONAL_ADMIN,),
    Agency.Kind.INSTITUTION: (Role.AGENCY_ADMIN,),
    Agency.Kind.UNIT: (Role.LIAISON, Role.HEAD),
    Agency.Kind.SUBUNIT: (Role.UNIT_OFFICER,),
}
_WATCHED = {code: role for role, code in OVERSIGHT.items()}


@transaction.atomic
def man_every_desk(first: date, last: date) -> int:
    """Appoint an extra, by a decree of these days, to each role without an officer; return how many.

    For scratch databases only: extras have no name, no address and no password, and nobody can sign in as one.
    """
    serving = Appointment.objects.filter(decree__valid_from__lte=first, decree__valid_to__gte=last)
    taken = set(serving.values_list("agency", "role"))
    desks = Agency.objects.select_related("institution").order_by("pk")
    seats = [(desk, role) for desk in desks for role in _roles_at(desk) if (desk.pk, str(role)) not in taken]
    decrees = {house.pk: _decree(house, first, last) for house in {desk.institution or desk for desk, _ in seats}}
    people = get_user_model().objects
    no_password = make_password(None)
    accounts = people.bulk_create(
        people.model(login=f"figuran-{desk.code}-{role}"[:150], password=no_password) for desk, role in seats
    )
    made = Appointment.objects.bulk_create(
        Appointment(account_id=account.pk, agency=desk, role=str(role), decree=decrees[(desk.institution or desk).pk])
        for account, (desk, role) in zip(accounts, seats, strict=True)
    )
    return len(made)


def _roles_at(desk: Agency) -> tuple[Role, ...]:
    if desk.kind == Agency.Kind.OVERSIGHT:
        return (_WATCHED[desk.code],) if desk.code in _WATCHED else ()
    return _ROLES[Agency.Kind(desk.kind)]


def _decree(house: Agency, first: date, last: date) -> Decree:
    return Decree.objects.create(
        institution=house,
        number="00/SIMULASI",
        about="Petugas simulasi",
        signed_on=first,
        valid_from=first,
        valid_to=last,
    )
