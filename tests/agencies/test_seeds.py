"""What a new installation begins with, and that planting again changes nothing."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.sop.days import on

from lapor.agencies.models import (
    Agency,
    Appointment,
    Calendar,
    CalendarDay,
    Category,
    Decree,
    Keyword,
    Place,
    RoutingRule,
)
from lapor.agencies.queries import tree
from lapor.agencies.queries.keywords import institution_for
from lapor.agencies.queries.roles import actors_of, officers_of
from lapor.agencies.queries.routing import suggested_unit
from lapor.agencies.queries.vacancies import desks_without_officer
from lapor.agencies.seeds import plant
from lapor.agencies.seeds.cast import plant_cast
from lapor.identity.models import Account
from lapor.sop.profile import shipped_profiles
from lapor.sop.vocabulary import Role

TODAY = on("Sat 21 Nov 2026")
PLANTED = (Agency, Appointment, Calendar, CalendarDay, Category, Decree, Keyword, Place, RoutingRule)
pytestmark = pytest.mark.django_db


def counts() -> list[int]:
    return [model._default_manager.count() for model in PLANTED]


# --- Institutions --------------------------------------------------------------------------------


def test_the_three_kinds_of_institution_are_there_with_profile_calendar_and_prefix() -> None:
    def root(code: str) -> tuple[str, str, str, str]:
        agency = tree.get_agency(code)
        return agency.kind, agency.profile, agency.zone, agency.prefix

    assert root("nasional") == ("national", "nasional", "Asia/Jakarta", "NAS")
    assert root("kota-mataram") == ("institution", "kota-mataram", "Asia/Makassar", "MTR")
    assert root("institut-nusantara") == ("institution", "kementerian-vertikal", "Asia/Jakarta", "INU")
    assert {agency.profile for agency in Agency.objects.all()} <= set(shipped_profiles().codes)


def test_S4_the_three_oversight_bodies_have_their_desks() -> None:
    assert set(Agency.objects.filter(kind="oversight").values_list("code", flat=True)) == set(tree.OVERSIGHT.values())
    assert tree.ombudsman_desk().name == "Ombudsman Republik Indonesia"
    assert tree.national_desk().kind == "national"


def test_Mataram_has_its_perangkat_daerah_and_fifty_kelurahan_below_their_kecamatan() -> None:
    city = tree.get_agency("kota-mataram")
    units = {unit.name: unit.id for unit in tree.units_of(city.id)}
    kinds = Counter(name.split()[0] for name in units)

    assert (kinds["Dinas"], kinds["Badan"], kinds["Bagian"], kinds["Kecamatan"]) == (22, 6, 9, 6)
    assert {"Inspektorat", "Satuan Polisi Pamong Praja", "Sekretariat DPRD"} <= set(units)
    below = [tree.subunits_of(pk) for name, pk in units.items() if name.startswith("Kecamatan")]
    assert sum(len(villages) for villages in below) == 50
    assert "Kelurahan Cilinaya" in {sub.name for sub in tree.subunits_of(units["Kecamatan Cakranegara"])}
    assert len([sub for sub in tree.subunits_of(units["Dinas Kesehatan"]) if sub.name.startswith("Puskesmas")]) == 11


def test_every_node_counts_by_the_rules_of_its_institution() -> None:
    for agency in Agency.objects.exclude(parent=None).select_related("institution", "parent"):
        assert agency.institution is not None
        assert agency.parent is not None
        assert agency.profile == agency.institution.profile
        assert agency.calendar_id == agency.institution.calendar_id
        assert agency.parent.institution_id == agency.institution_id
        assert re.fullmatch(r"[a-z0-9-]+", agency.code)


def test_the_state_institution_has_satuan_kerja_and_instansi_vertikal_below_its_liaisons() -> None:
    units = tree.units_of(tree.get_agency("institut-nusantara").id)

    below = [sub.name for unit in units for sub in tree.subunits_of(unit.id)]
    assert any(name.startswith("Satuan Kerja") for name in below)
    assert any(name.startswith("Kantor Wilayah") for name in below)
    assert all(tree.subunits_of(unit.id) for unit in units)


# --- Places, categories, routing -----------------------------------------------------------------


def test_places_hang_together_and_bear_codes_that_hold_their_parents() -> None:
    assert Counter(Place.objects.values_list("level", flat=True)) == {
        "province": 38,
        "city": 514,
        "district": 6,
        "village": 50,
    }
    for place in Place.objects.exclude(level="province").select_related("parent"):
        assert place.parent is not None
        assert place.code.startswith(f"{place.parent.code}.")
        assert place.name == place.name.strip() != place.name.upper()


def test_every_category_has_a_name_in_both_languages_and_at_most_one_above() -> None:
    names = list(Category.objects.values_list("name_id", "name_en"))

    assert all(indonesian and english for indonesian, english in names)
    assert len({indonesian for indonesian, _ in names}) == len(names)
    assert not Category.objects.filter(parent__parent__isnull=False).exists()
    assert 12 <= Category.objects.filter(parent=None).count() <= 14


@pytest.mark.parametrize(
    ("category", "place", "unit"),
    [
        ("jalan-rusak", "", "mataram-dinas-pupr"),
        ("penerangan-jalan", "", "mataram-dinas-perkim"),
        ("kelurahan", "", "mataram-bagian-pemerintahan"),
        ("kelurahan", "52.71.03.1012", "mataram-kecamatan-cakranegara"),
        ("kelurahan", "52.71.01", "mataram-kecamatan-ampenan"),
        ("kelurahan", "52.71", "mataram-bagian-pemerintahan"),
        ("ktp-kk", "52.71.03.1012", "mataram-dinas-dukcapil"),
        ("pungli", "", "mataram-inspektorat"),
        ("lainnya", "", None),
        ("akademik", "", None),
        ("tidak-ada", "", None),
    ],
)
def test_S8_a_category_leads_to_its_unit(category: str, place: str, unit: str | None) -> None:
    city = tree.get_agency("kota-mataram").id

    found = suggested_unit(
        city, Category.objects.filter(code=category).first(), Place.objects.filter(code=place).first()
    )

    assert (found.code if found else None) == unit


def test_S8_a_rule_never_leads_to_a_desk_that_takes_nothing_new() -> None:
    Agency.objects.filter(code="mataram-dinas-perkim").update(is_receiving=False)

    found = suggested_unit(tree.get_agency("kota-mataram").id, Category.objects.get(code="penerangan-jalan"), None)

    assert found is not None
    assert found.code == "mataram-dinas-pupr"  # the rule for the category above


@pytest.mark.parametrize("typed", ["MTR", "mtr", "M T R", "M.T.R", "LaporMataram", "LAPOR MATARAM"])
def test_C3_both_keywords_lead_to_Mataram(typed: str) -> None:
    found = institution_for(typed)

    assert found is not None
    assert found.code == "kota-mataram"


@pytest.mark.parametrize("typed", ["", "LAPOR", "MTRX", "..."])
def test_another_word_is_no_keyword(typed: str) -> None:
    assert institution_for(typed) is None


# --- Planting again ------------------------------------------------------------------------------


def test_planting_again_makes_nothing_and_changes_nothing() -> None:
    plant_cast(on=TODAY)
    before = counts()
    Agency.objects.filter(code="mataram-dinas-pupr").update(name="Dinas PUPR", is_receiving=False)
    RoutingRule.objects.filter(category__code="jalan").update(unit=Agency.objects.get(code="mataram-bpbd"))
    heard: list[str] = []

    plant(heard.append)
    plant_cast(on=TODAY)

    assert counts() == before
    assert heard == ["calendars", "places", "categories", "agencies", "routing"]
    assert not tree.get_agency("mataram-dinas-pupr").is_receiving
    assert RoutingRule.objects.get(category__code="jalan").unit.code == "mataram-bpbd"


def test_a_desk_that_was_lost_is_planted_again_in_its_place() -> None:
    Agency.objects.filter(code="mataram-kelurahan-cilinaya").delete()

    plant()

    assert Agency.objects.get(code="mataram-kelurahan-cilinaya").parent == Agency.objects.get(
        code="mataram-kecamatan-cakranegara"
    )


def test_an_empty_database_is_planted_with_few_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for model in (RoutingRule, Keyword, Agency, CalendarDay, Calendar, Category, Place):
        rows = model._default_manager.all()
        rows._raw_delete(rows.db)

    with django_assert_max_num_queries(90):
        plant()

    assert Agency.objects.count() == 137


# --- The cast ------------------------------------------------------------------------------------


def test_every_role_is_cast_with_people_who_cannot_sign_in_by_password() -> None:
    plant_cast(on=TODAY)
    cast = Account.objects.filter(is_demo=True)

    roles = {actor.role for account in cast for actor in actors_of(account, TODAY)}
    assert roles == set(Role) - {Role.REPORTER, Role.CLOCK}
    assert not any(account.has_usable_password() for account in cast)
    assert all(account.email.endswith(".example") for account in cast)
    assert len({account.name for account in cast}) == len(cast)


def test_somebody_in_the_cast_holds_two_roles() -> None:
    plant_cast(on=TODAY)

    assert {len(actors_of(account, TODAY)) for account in Account.objects.filter(is_demo=True)} == {1, 2}


def test_S58_two_people_serve_the_national_desk_so_that_one_can_decide_what_the_other_asked() -> None:
    plant_cast(on=TODAY)

    assert len(officers_of(tree.national_desk().id, Role.NATIONAL_ADMIN, on=TODAY)) == 2


def test_the_desks_that_the_demo_plays_at_have_their_officers() -> None:
    plant_cast(on=TODAY)
    empty = {desk.code for desk in desks_without_officer(TODAY)}
    manned = set(Appointment.objects.values_list("agency__code", flat=True))

    assert len([code for code in manned if code.startswith("mataram-")]) >= 12
    assert not manned & empty
    assert not {code for code in empty if code.startswith(("nusantara", "kota", "institut", "nasional"))}


def test_S18_the_cast_serves_through_the_turn_of_a_year_and_no_day_longer() -> None:
    plant_cast(on=on("Thu 5 Mar 2026"))
    liaison = Account.objects.get(login="maya.contoh")

    assert [bool(actors_of(liaison, on(day))) for day in ("Tue 31 Dec 2024", "Wed 1 Jan 2025", "Wed 31 Dec 2025")] == [
        False,
        True,
        True,
    ]
    assert len(actors_of(liaison, on("Thu 1 Jan 2026"))) == 1
    assert actors_of(liaison, on("Fri 1 Jan 2027")) == ()

    plant_cast(on=on("Fri 1 Jan 2027"))

    assert len(actors_of(liaison, on("Fri 1 Jan 2027"))) == 1
