"""The demo's cast: people who obviously do not exist, one or more for each role, appointed by made-up decrees."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import transaction

from lapor.agencies.models import Agency, Appointment, Decree
from lapor.agencies.seeds import tables

LIVED_BEFORE = timedelta(days=150)  # the demo plays some months of life before the day it is opened


@transaction.atomic
def plant_cast(*, on: date) -> None:
    """Appoint the cast by a decree of each institution for the year of `on`, and of the months before it (S18).

    May be repeated, and is with each start of the demo: a new year brings new decrees. Nobody of the cast has a
    password; the demo signs them in by a click. Needs `plant` before.
    """
    people = _people()
    desks = Agency.objects.select_related("institution").in_bulk(field_name="code")
    for year in range((on - LIVED_BEFORE).year, on.year + 1):
        decrees: dict[Agency, Decree] = {}
        for row in tables.rows("cast"):
            desk = desks[row["desk"]]
            house = desk.institution or desk
            decrees.setdefault(house, _decree(house, year))
            _appoint(people[row["login"]], desk, row, decrees[house])


def _people() -> dict[str, int]:
    """Make the accounts that are missing; return all ids of the cast by login."""
    accounts = get_user_model().objects
    rows = {row["login"]: row for row in tables.rows("cast")}
    known = dict(accounts.filter(login__in=rows, is_demo=True).values_list("login", "pk"))
    for login, row in rows.items():
        if login not in known:
            known[login] = accounts.create(
                login=login,
                name=row["name"],
                email=f"{login}@contoh.example",
                password=make_password(None),
                is_demo=True,
            ).pk
    return known


def _decree(house: Agency, year: int) -> Decree:
    first, last = date(year, 1, 1), date(year, 12, 31)
    wanted = {
        "about": f"Penunjukan pengelola pengaduan tahun {year} (contoh)",
        "signed_on": first - timedelta(days=14),
        "valid_from": first,
        "valid_to": last,
    }
    return Decree.objects.get_or_create(institution=house, number=f"00/CONTOH/{year}", defaults=wanted)[0]


def _appoint(account: int, desk: Agency, row: dict[str, str], decree: Decree) -> None:
    Appointment.objects.get_or_create(
        account_id=account, agency=desk, role=row["role"], decree=decree, defaults={"title": row["title"]}
    )
