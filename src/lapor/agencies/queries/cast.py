"""The demo's fictional people and the chairs they sit in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q

from lapor.agencies.models import Agency, Appointment
from lapor.agencies.queries import in_force
from lapor.sop.vocabulary import Role

_FIRST = {Agency.Kind.NATIONAL: 0, Agency.Kind.OVERSIGHT: 1}


@dataclass(frozen=True)
class Chair:
    """One person of the cast in one role; `house` is the institution, or the desk itself where it has none."""

    account_id: int
    name: str
    role: Role
    desk: str
    house: str


def chairs(on: date) -> list[Chair]:
    """Return every role of the cast in force, the national desk first; two queries."""
    rows = in_force.appointments(on, Q(account__is_demo=True))
    houses = Agency.objects.in_bulk({row.agency.institution_id for row in rows if row.agency.institution_id})
    seats = [(_order(row.agency, houses), _chair(row, houses)) for row in rows]
    return [chair for _, chair in sorted(seats, key=lambda seat: seat[0])]


def account_of_chair(account_id: int) -> AbstractBaseUser | None:
    """Return the active account of a person made for the demo; None for everybody else."""
    return get_user_model().objects.filter(pk=account_id, is_demo=True, is_active=True).first()


def _order(agency: Agency, houses: dict[int, Agency]) -> tuple[int, str, str, str]:
    house = houses.get(agency.institution_id or 0, agency)
    return _FIRST.get(Agency.Kind(agency.kind), 2), house.name, agency.kind, agency.name


def _chair(row: Appointment, houses: dict[int, Agency]) -> Chair:
    house = houses.get(row.agency.institution_id or 0, row.agency)
    return Chair(row.account_id, row.account.name, Role(row.role), row.agency.short_name or row.agency.name, house.name)
