"""A small office for the tests of people: an institution in WITA with two units, and plain ways to fill it."""

from __future__ import annotations

from datetime import date
from itertools import count

from tests.sop.days import on

from lapor.agencies.models import Absence, Agency, Appointment, Calendar, Decree
from lapor.identity.models import Account
from lapor.sop.vocabulary import Role

FIRST, LAST = on("Wed 1 Jan 2025"), on("Wed 31 Dec 2025")
_numbers = count(1)


def office(code: str = "kota-contoh", calendar: str = "wita") -> Agency:
    """Return an institution with the units `<code>-jalan` and `<code>-air`."""
    zone = Calendar.objects.get(code=calendar)
    city = Agency.objects.create(code=code, name=code.title(), kind="institution", calendar=zone)
    Agency.objects.filter(pk=city.pk).update(institution=city)
    for unit in ("jalan", "air"):
        Agency.objects.create(
            code=f"{code}-{unit}", name=f"Dinas {unit}", kind="unit", parent=city, institution=city, calendar=zone
        )
    return Agency.objects.get(pk=city.pk)


def unit_of(city: Agency, name: str = "jalan") -> Agency:
    """Return one of the office's units."""
    return Agency.objects.get(code=f"{city.code}-{name}")


def person(name: str = "Budi Contoh") -> Account:
    """Return a new account; its e-mail address follows from its number."""
    number = next(_numbers)
    return Account.objects.create(login=f"orang-{number}", name=name, email=f"orang-{number}@contoh.example")


def decree_of(city: Agency, valid_from: date = FIRST, valid_to: date = LAST, number: str = "") -> Decree:
    """Return a decree of the institution, for the year 2025 unless told otherwise."""
    return Decree.objects.create(
        institution=city,
        number=number or f"{next(_numbers)}/I/2025",
        signed_on=valid_from,
        valid_from=valid_from,
        valid_to=valid_to,
    )


def appointed(
    account: Account,
    desk: Agency,
    role: Role = Role.LIAISON,
    decree: Decree | None = None,
    ended_on: date | None = None,
) -> Appointment:
    """Return an appointment by a decree of the desk's institution."""
    institution = desk.institution
    assert institution is not None
    return Appointment.objects.create(
        account=account,
        agency=desk,
        role=str(role),
        title=role.id,
        decree=decree or Decree.objects.filter(institution=institution).first() or decree_of(institution),
        ended_on=ended_on,
    )


def away(appointment: Appointment, deputy: Account, first: str, last: str) -> Absence:
    """Return an absence from the first to the last day, both included."""
    return Absence.objects.create(appointment=appointment, deputy=deputy, first_day=on(first), last_day=on(last))
