"""Times are told in the zone of the place the reporter named, else the institution's, else WIB."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from pypdf import PdfReader
from tests.builders import Case, World
from tests.portal.test_tracking import open_report

from lapor.agencies.models import Agency, Calendar
from lapor.reports.zones import WIB, WIT, WITA, zone_of_place


@pytest.mark.parametrize(
    ("place", "zone"),
    [
        ("11", WIB),
        ("31.71", WIB),
        ("35.78", WIB),
        ("61.71", WIB),
        ("62.71", WIB),
        ("51.71", WITA),
        ("52.71.01.1001", WITA),
        ("53", WITA),
        ("63.71", WITA),
        ("64", WITA),
        ("65", WITA),
        ("71", WITA),
        ("76", WITA),
        ("81.71", WIT),
        ("82", WIT),
        ("91.71", WIT),
        ("96", WIT),
        ("", WIB),
    ],
)
def test_a_place_lies_in_the_zone_of_its_province(place: str, zone: str) -> None:
    assert zone_of_place(place) == zone


AMBON = "81.71"


def _said(citizen: Client, case: Case) -> list[str]:
    """Return tracking page and the sheet of paper."""
    page = open_report(citizen, case).content.decode()
    sheet = PdfReader(io.BytesIO(citizen.get("/lacak/bukti.pdf").content)).pages[0].extract_text()
    return [page, sheet]


def test_who_names_a_place_but_no_institution_reads_the_time_of_the_place(citizen: Client, case: Case) -> None:
    case.is_submitted(agency="", place=AMBON)

    for told in _said(citizen, case):
        assert "10.00 WIT" in told
        assert "08.00 WIB" not in told


def test_the_place_goes_before_the_institution(citizen: Client, case: Case) -> None:
    case.is_submitted(agency="kota-uji", place=AMBON)

    for told in _said(citizen, case):
        assert "10.00 WIT" in told


def test_without_a_place_it_is_the_institutions_time_and_without_both_wib(citizen: Client, world: World) -> None:
    Agency.objects.filter(code="kota-uji").update(calendar=Calendar.objects.get(code="wita"))
    here, nowhere = Case(world), Case(world)
    here.is_submitted(agency="kota-uji")
    nowhere.is_submitted(agency="")

    for told in _said(citizen, here):
        assert "09.00 WITA" in told
    for told in _said(citizen, nowhere):
        assert "08.00 WIB" in told
