"""The page of machine suggestions: its admin alone opens it, sees the own figures, and switches with one button."""

from __future__ import annotations

import pytest
from tests.builders import Case, World
from tests.desk.conftest import NOW, SignIn
from tests.sop.days import at

from lapor.reports.models import SuggestionSwitch
from lapor.reports.suggested import Advised
from lapor.reports.usecases.suggestions import note_choices

PAGE = "/meja/saran/"


@pytest.fixture
def compared(case: Case) -> Case:
    """One report of the city, disposed to the roads; the model had said health."""
    case.is_disposed()
    said = Advised("unit", ("dinas-kesehatan", "dinas-pupr"), 0.61, 3, was_shown=False)
    note_choices(case.report, [said], disposed=True, now=at(NOW))
    return case


def test_the_admin_sees_how_often_it_agreed(compared: Case, sits: SignIn) -> None:
    page = sits("admin-kota").get(PAGE).text

    assert "Dalam dua belas bulan 1 laporan dibandingkan" in page
    assert "Maret 2026" in page
    assert page.count("hanya dihitung") >= 3


def test_the_admin_of_another_institution_sees_none_of_it(compared: Case, sits: SignIn) -> None:
    page = sits("admin-lembaga").get(PAGE).text

    assert "Belum ada yang dibandingkan" in page
    assert "Dalam dua belas bulan" not in page


@pytest.mark.parametrize("who", ["admin-pusat", "pp-pupr", "ombudsman"])
def test_nobody_else_opens_it_or_switches(world: World, sits: SignIn, who: str) -> None:
    browser = sits(who)

    assert browser.get(PAGE).status_code in (403, 404)
    assert browser.post(PAGE, {"kind": "unit", "do": "show"}).status_code in (403, 404)
    assert not SuggestionSwitch.objects.exists()


def test_one_button_shows_them_and_one_hides_them_again_with_a_name(world: World, sits: SignIn) -> None:
    browser = sits("admin-kota")

    browser.post(PAGE, {"kind": "unit", "do": "show"})
    assert SuggestionSwitch.objects.get().is_shown
    assert "diperlihatkan kepada petugas" in browser.get(PAGE).text
    assert "Diatur oleh" in browser.get(PAGE).text

    browser.post(PAGE, {"kind": "unit", "do": "hide"})
    assert not SuggestionSwitch.objects.get().is_shown


def test_an_unknown_kind_is_refused_and_nothing_is_kept(world: World, sits: SignIn) -> None:
    assert sits("admin-kota").post(PAGE, {"kind": "semua", "do": "show"}).status_code == 422
    assert not SuggestionSwitch.objects.filter(is_shown=True).exists()
