"""Places as people type them, and the categories a form offers."""

from __future__ import annotations

import pytest

from lapor.agencies.models import Category, Place
from lapor.agencies.queries import subjects

pytestmark = pytest.mark.django_db


@pytest.fixture
def places() -> dict[str, Place]:
    """A city and a district of nearly the same name, and one village name in two districts."""
    province = Place.objects.create(code="99", name="Provinsi Uji", level="province")
    city = Place.objects.create(code="99.01", name="Kota Contoh", level="city", parent=province)
    other = Place.objects.create(code="99.02", name="Kabupaten Lain", level="city", parent=province)
    north = Place.objects.create(code="99.01.01", name="Contoh", level="district", parent=city)
    south = Place.objects.create(code="99.01.02", name="Selatan Uji", level="district", parent=city)
    return {
        "city": city,
        "other": other,
        "north": north,
        "south": south,
        "in north": Place.objects.create(code="99.01.01.1", name="Sukamaju Uji", level="village", parent=north),
        "in south": Place.objects.create(code="99.01.02.1", name="Sukamaju Uji", level="village", parent=south),
    }


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Kota Contoh", "city"),
        ("contoh", "north"),
        ("Kec. Contoh", "north"),
        ("kecamatan selatan uji", "south"),
        ("Sukamaju Uji, Contoh", "in north"),
        ("Kel. Sukamaju Uji, Kecamatan Selatan Uji", "in south"),
        ("Kabupaten Lain, Provinsi Uji", "other"),
    ],
)
def test_a_place_is_found_as_people_write_it(places: dict[str, Place], typed: str, meant: str) -> None:
    assert subjects.place_called(typed) == places[meant].code


@pytest.mark.parametrize("typed", ["Sukamaju Uji", "Antah Berantah", "", ",", "Kel.", "Sukamaju Uji, Lain"])
def test_a_place_that_could_be_several_or_none_is_none(places: dict[str, Place], typed: str) -> None:
    assert subjects.place_called(typed) == ""


def test_every_label_on_offer_leads_to_its_place(places: dict[str, Place]) -> None:
    labels = [
        found.label for typed in ("Sukamaju", "Contoh", "Lain", "Kabupaten") for found in subjects.places_like(typed)
    ]

    assert any(label.startswith("Sukamaju Uji, Contoh") for label in labels)
    assert "Provinsi Uji" not in "".join(label.split(",")[0] for label in labels)
    assert all(subjects.place_called(label) for label in labels)


def test_categories_come_by_subject_and_without_those_put_away() -> None:
    subject = Category.objects.create(code="subjek-uji", name_id="Subjek", name_en="Subject")
    Category.objects.create(code="bagian-uji", name_id="Bagian", name_en="Part", parent=subject)
    Category.objects.create(code="lama-uji", name_id="Lama", name_en="Old", parent=subject, is_active=False)

    (group,) = (one for one in subjects.category_groups() if one.name_id == "Subjek")

    assert [code for code, _, _ in group.parts] == ["subjek-uji", "bagian-uji"]
