"""Plant the seeds into the database; whatever is there already stays as people made it."""

from __future__ import annotations

from collections.abc import Callable, Container

from django.db import transaction

from lapor.agencies.models import Agency, Calendar, Category, Keyword, Place, RoutingRule
from lapor.agencies.seeds import tables
from lapor.agencies.usecases.calendars import seed_calendars

FIRST_YEAR, LAST_YEAR = 2014, 2031


@transaction.atomic
def plant(progress: Callable[[str], None] | None = None) -> None:
    """Make the calendars of 2014 to 2031, places, categories, institutions with their units, and routing.

    May be repeated: rows are known by their codes, and only missing ones are made. `progress` hears the name of each
    part as it begins.
    """
    for part in (plant_calendars, plant_places, plant_categories, plant_agencies, plant_routing):
        if progress:
            progress(part.__name__.removeprefix("plant_"))
        part()


@transaction.atomic
def lay_foundation() -> None:
    """Make what every installation needs before its first institution: all but institutions and their routing."""
    plant_calendars()
    plant_places()
    plant_categories()
    _plant_roots(
        {agency.code: agency for agency in Agency.objects.all()}, (Agency.Kind.NATIONAL, Agency.Kind.OVERSIGHT)
    )


def plant_calendars() -> None:
    """Make the calendars of the three time zones."""
    seed_calendars(FIRST_YEAR, LAST_YEAR)


def plant_places() -> None:
    """Make the provinces, regencies and cities, and the districts and villages of Mataram."""
    known = dict(Place.objects.values_list("code", "pk"))
    for level in ("province", "city", "district", "village"):
        missing = [row for row in tables.rows("places") if row["level"] == level and row["code"] not in known]
        made = Place.objects.bulk_create(
            Place(code=row["code"], parent_id=known.get(row["parent"]), name=row["name"], level=level)
            for row in missing
        )
        known |= {place.code: place.pk for place in made}


def plant_categories() -> None:
    """Make our own short tree of subjects."""
    known = dict(Category.objects.values_list("code", "pk"))
    for is_root in (True, False):
        missing = [
            row for row in tables.rows("categories") if (not row["parent"]) is is_root and row["code"] not in known
        ]
        made = Category.objects.bulk_create(
            Category(
                code=row["code"], parent_id=known.get(row["parent"]), name_id=row["name_id"], name_en=row["name_en"]
            )
            for row in missing
        )
        known |= {category.code: category.pk for category in made}


def plant_agencies() -> None:
    """Make the national desk, the oversight bodies, the city of Mataram, and a state institution as in seed A."""
    known = {agency.code: agency for agency in Agency.objects.all()}
    _plant_roots(known, tuple(Agency.Kind))
    for kind in (Agency.Kind.UNIT, Agency.Kind.SUBUNIT):
        rows = [row for row in tables.rows("agencies") if row["kind"] == kind and row["code"] not in known]
        made = Agency.objects.bulk_create(_below(row, known[row["parent"]]) for row in rows)
        known |= {agency.code: agency for agency in made}


def plant_routing() -> None:
    """Say which unit a category leads to (S8), where the institution has no rule for it yet."""
    agencies = dict(Agency.objects.values_list("code", "pk"))
    categories = dict(Category.objects.values_list("code", "pk"))
    places = dict(Place.objects.values_list("code", "pk"))
    RoutingRule.objects.bulk_create(
        (
            RoutingRule(
                institution_id=agencies[row["institution"]],
                category_id=categories[row["category"]],
                place_id=places[row["place"]] if row["place"] else None,
                unit_id=agencies[row["unit"]],
            )
            for row in tables.rows("routing")
        ),
        ignore_conflicts=True,
    )


def _plant_roots(known: dict[str, Agency], kinds: Container[str]) -> None:
    calendars = dict(Calendar.objects.values_list("code", "pk"))
    given = tables.institutions()
    for row in tables.rows("agencies"):
        if row["code"] in given and row["kind"] in kinds and row["code"] not in known:
            known[row["code"]] = _root(row, given[row["code"]], calendars)


def _root(row: dict[str, str], given: dict[str, str], calendars: dict[str, int]) -> Agency:
    root = Agency.objects.create(
        code=row["code"],
        kind=row["kind"],
        name=row["name"],
        short_name=row["short_name"],
        prefix=given.get("prefix", ""),
        profile=given["profile"],
        calendar_id=calendars[given["calendar"]],
    )
    if root.kind == Agency.Kind.INSTITUTION:
        root.institution = root
        root.save(update_fields=["institution"])
    Keyword.objects.bulk_create(
        (Keyword(agency=root, word=word) for word in given.get("keywords", ())), ignore_conflicts=True
    )
    return root


def _below(row: dict[str, str], parent: Agency) -> Agency:
    return Agency(
        code=row["code"],
        kind=row["kind"],
        name=row["name"],
        short_name=row["short_name"],
        parent_id=parent.pk,
        institution_id=parent.institution_id,
        profile=parent.profile,
        calendar_id=parent.calendar_id,
    )
