"""Names of agencies as exports write them: the same desk however it is written, and never another one."""

from __future__ import annotations

import pytest

from lapor.agencies.names import government_of, is_above, is_part, plain, prefix_of, region_of, unit_key, zone_of

REGENCY = "Pemerintah Kabupaten Contoh"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pemerintah Kab. Contoh", "PEMERINTAH KABUPATEN CONTOH"),
        ("Pemkot Contoh", "Pemerintah Kota Contoh"),
        ("Dinas Kebudayaan & Pariwisata", "Dinas Kebudayaan dan Pariwisata"),
        ("RSUD Contoh", "Rumah Sakit Umum Daerah Contoh"),
        ("Dinas Koperasi, Usaha Kecil", "Dinas Koperasi Usaha Kecil"),
    ],
)
def test_a_name_is_the_same_however_it_is_written(one: str, other: str) -> None:
    assert plain(one) == plain(other)


@pytest.mark.parametrize(
    "name",
    [
        "Dinas Kesehatan",
        "Dinas Kesehatan Kab. Contoh",
        "Dinas Kesehatan Kabupaten Contoh",
        "Dinas Kesehatan Contoh",
        "dinas kesehatan kab contoh",
    ],
)
def test_a_unit_is_known_with_or_without_its_region(name: str) -> None:
    assert unit_key(name, REGENCY) == "dinas kesehatan"


def test_a_district_named_like_its_regency_keeps_its_name() -> None:
    assert unit_key("Kecamatan Contoh", REGENCY) == "kecamatan contoh"
    assert unit_key("Kecamatan Melati Kabupaten Contoh", REGENCY) == "kecamatan melati"


def test_units_of_different_regions_are_not_mistaken() -> None:
    assert unit_key("Dinas Kesehatan Kota Contoh", REGENCY) != unit_key("Dinas Kesehatan", REGENCY)


def test_the_region_is_at_the_end_of_the_name() -> None:
    assert region_of("Dinas Sosial Kab. Contoh Barat") == "kabupaten contoh barat"
    assert region_of("Kementerian Contoh") == ""
    assert government_of("kota contoh") == "Pemerintah Kota Contoh"


@pytest.mark.parametrize("name", ["Dinas Sosial", "Kec. Melati", "Kelurahan Mawar", "Inspektorat", "RSUD Contoh"])
def test_a_part_of_a_region_is_no_institution(name: str) -> None:
    assert is_part(name)


@pytest.mark.parametrize("name", ["Pemerintah Kota Contoh", "Kementerian Contoh", "Badan Contoh Nasional"])
def test_an_institution_is_no_part(name: str) -> None:
    assert not is_part(name)


def test_a_body_of_the_republic_is_nobodys_unit() -> None:
    assert is_above("Lembaga Contoh RI")
    assert is_above("Kementerian Contoh")
    assert not is_above("Dinas Sosial")


@pytest.mark.parametrize(
    ("name", "prefix"),
    [
        ("Pemerintah Kota Contoh", "CONTOH"),
        ("Pemerintah Kabupaten Contoh", "KABCONTOH"),
        ("Kementerian Contoh dan Teladan", "KCT"),
        ("Pemerintah Kota Contoh Yang Amat Panjang", "CONTOHYANGAM"),
    ],
)
def test_numbers_begin_with_the_region_or_the_initials(name: str, prefix: str) -> None:
    assert prefix_of(name) == prefix


@pytest.mark.parametrize(
    ("province", "zone"),
    [
        ("Jawa Timur", "wib"),
        ("Kalimantan Barat", "wib"),
        ("Kalimantan Timur", "wita"),
        ("Nusa Tenggara Barat", "wita"),
        ("Sulawesi Selatan", "wita"),
        ("Papua Pegunungan", "wit"),
        ("Maluku Utara", "wit"),
        ("", "wib"),
    ],
)
def test_a_province_has_its_time_zone(province: str, zone: str) -> None:
    assert zone_of(province) == zone
