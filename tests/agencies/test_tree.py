"""The tree of agencies as plain facts."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.agencies.people import office, unit_of

from lapor.agencies.models import Agency
from lapor.agencies.queries import tree
from lapor.agencies.refusals import UnknownAgency

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> Agency:
    return office()


def test_an_agency_is_known_by_its_code_with_one_query(
    city: Agency, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        found = tree.get_agency("kota-contoh-jalan")

    assert (found.name, found.kind, found.institution_id, found.parent_id) == ("Dinas jalan", "unit", city.pk, city.pk)
    assert found.zone == "Asia/Makassar"
    with pytest.raises(UnknownAgency):
        tree.get_agency("kota-lain")


def test_units_and_subunits_are_listed_by_name(city: Agency) -> None:
    roads = unit_of(city)
    team = Agency.objects.create(
        code="tim", name="Tim", kind="subunit", parent=roads, institution=city, calendar=city.calendar
    )

    assert [unit.name for unit in tree.units_of(city.pk)] == ["Dinas air", "Dinas jalan"]
    assert [unit.id for unit in tree.subunits_of(roads.pk)] == [team.pk]
    assert tree.subunits_of(city.pk) == []
    assert city.code in {institution.code for institution in tree.institutions()}


def test_a_desk_that_takes_nothing_new_is_offered_nowhere_but_still_known(city: Agency) -> None:
    roads = unit_of(city)
    Agency.objects.filter(pk=roads.pk).update(is_receiving=False)

    assert [unit.name for unit in tree.units_of(city.pk)] == ["Dinas air"]
    assert [unit.name for unit in tree.units_of(city.pk, receiving=False)] == ["Dinas air", "Dinas jalan"]
    assert tree.agency_infos([roads.pk, 0])[roads.pk].is_receiving is False
    assert tree.get_agency(roads.code).id == roads.pk


def test_the_short_name_is_shown_where_there_is_one(city: Agency) -> None:
    Agency.objects.filter(pk=city.pk).update(short_name="Contoh")

    assert tree.get_agency(city.code).label == "Contoh"
    assert tree.get_agency("kota-contoh-air").label == "Dinas air"
