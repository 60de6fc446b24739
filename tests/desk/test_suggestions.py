"""Pages of machine suggestions: an admin sees the own figures and switches; the Admin Pusat sees all side by side."""

from __future__ import annotations

import re

import pytest
import time_machine
from tests.builders import Case, World
from tests.desk.conftest import NOW, SignIn
from tests.sop.days import at

from lapor.reports.models import SuggestionCount, SuggestionSwitch
from lapor.reports.queries import suggestions_everywhere
from lapor.reports.queries.suggestions import standings
from lapor.reports.queries.suggestions_everywhere import houses_compared
from lapor.reports.suggested import Advised
from lapor.reports.usecases.suggestions import note_choices

PAGE = "/meja/saran/"
EVERYWHERE = "/meja/saran/instansi/"


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


def test_what_hardly_was_compared_is_no_invitation_to_show_it(compared: Case, sits: SignIn) -> None:
    page = sits("admin-kota").get(PAGE).text

    assert page.count("Tunggu sampai sedikitnya 100 saran dibandingkan") == 3
    assert 'class="btn" name="do" value="show"' in page
    assert 'class="btn btn-primary" name="do"' not in page
    assert "tidak yakin" not in page  # none was unsure
    assert "lapor train" not in page


def test_what_was_compared_often_enough_may_be_shown(compared: Case, sits: SignIn) -> None:
    SuggestionCount.objects.update(asked=104, unsure=4)

    page = sits("admin-kota").get(PAGE).text

    assert page.count('class="btn btn-primary" name="do" value="show"') == 1
    assert page.count("Tunggu sampai") == 2
    assert "Model tidak yakin dan diam 4 kali." in page


def test_twelve_months_are_twelve_this_one_with_them(compared: Case, sits: SignIn) -> None:
    older = {"agency": compared.world.agency("kota-uji"), "kind": "unit", "was_shown": False, "category": "air"}
    SuggestionCount.objects.create(month="2025-04-01", asked=1, first=1, among=1, unsure=0, **older)
    SuggestionCount.objects.create(month="2025-03-01", asked=70, first=70, among=70, unsure=0, **older)

    [unit, *_others] = standings(compared.world["admin-kota"], at(NOW).date())
    [house] = houses_compared(compared.world["admin-pusat"], "unit", at(NOW).date()).rows

    assert unit.total.asked == house.total.asked == sum(figures.asked for _month, figures in unit.months) == 2
    assert [month.isoformat() for month, _figures in unit.months] == ["2025-04-01", "2026-03-01"]


@pytest.mark.parametrize(("who", "page"), [("admin-kota", PAGE), ("admin-pusat", EVERYWHERE)])
def test_months_are_those_of_the_desk(
    compared: Case, sits: SignIn, today: time_machine.Traveller, who: str, page: str
) -> None:
    """At six in the morning of 1 April it is still March in UTC, and a year has gone since April."""
    browser, older = sits(who), {"agency": compared.world.agency("kota-uji"), "kind": "unit", "was_shown": True}
    SuggestionCount.objects.all().delete()
    SuggestionCount.objects.create(month="2025-04-01", category="air", asked=333, first=333, among=333, **older)
    assert "333" in browser.get(page).text

    today.move_to(at("Wed 1 Apr 2026 06:00 WITA"))

    assert "333" not in browser.get(page).text


def test_languages_are_told_apart_where_there_are_others_than_indonesian(compared: Case, sits: SignIn) -> None:
    browser = sits("admin-kota")
    assert "Menurut bahasa laporan" not in browser.get(PAGE).text

    SuggestionCount.objects.update(language="sas")

    page = browser.get(PAGE).text
    assert "Menurut bahasa laporan" in page
    assert "Sasak" in page


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


def test_the_national_admin_sees_each_institution_with_its_figures_and_no_switch(compared: Case, sits: SignIn) -> None:
    page = sits("admin-pusat").get(EVERYWHERE).text

    (row,) = re.findall(r"<tr>\s*<th scope=.row.>(.*?)</tr>", page, re.DOTALL)
    assert "Kota Uji" in row
    assert re.findall(r">([\d–][^<]*)</td>", row) == ["1", "0", "1", "0 %", "0 %"]
    assert "hanya dihitung" in row
    assert "<button" not in row
    assert "Lembaga Uji" not in row


def test_what_became_of_it_lately_stands_beside_the_year(compared: Case, sits: SignIn) -> None:
    house = compared.world.agency("kota-uji")
    long_ago = {"agency": house, "kind": "unit", "was_shown": False, "category": "", "language": ""}
    SuggestionCount.objects.create(month="2025-06-01", asked=9, first=9, among=9, unsure=0, **long_ago)
    SuggestionCount.objects.create(month="2025-02-01", asked=50, first=50, among=50, unsure=0, **long_ago)

    page = sits("admin-pusat").get(EVERYWHERE).text

    assert re.findall(r">([\d–][^<]*)</td>", page) == ["10", "0", "1", "90 %", "0 %"]


def test_institutions_come_a_page_at_a_time_by_name(
    compared: Case, sits: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggestions_everywhere, "PAGE", 1)
    other = compared.world.agency("lembaga-uji")
    SuggestionCount.objects.create(agency=other, kind="unit", month="2026-03-01", was_shown=True, asked=1, unsure=1)
    SuggestionSwitch.objects.create(agency=other, kind="unit", is_shown=True, at=at(NOW))
    browser = sits("admin-pusat")

    first, second, third = (browser.get(f"{EVERYWHERE}?kind=unit&page={n}").text for n in (1, 2, 3))

    assert ("Kota Uji" in first, "Lembaga Uji" in first) == (True, False)
    assert ("Kota Uji" in second, "Lembaga Uji" in second) == (False, True)
    assert "diperlihatkan kepada petugas" in second
    assert 'href="?kind=unit&amp;page=2"' in first
    assert "Tidak ada instansi lagi" in third


def test_another_kind_has_its_own_figures_and_an_unknown_one_is_the_first(compared: Case, sits: SignIn) -> None:
    browser = sits("admin-pusat")

    assert "Belum ada yang dibandingkan" in browser.get(f"{EVERYWHERE}?kind=category").text
    assert "Kota Uji" in browser.get(f"{EVERYWHERE}?kind=semua").text


@pytest.mark.parametrize("who", ["admin-kota", "pp-pupr", "ombudsman"])
def test_figures_of_all_are_for_nobody_else(compared: Case, sits: SignIn, who: str) -> None:
    assert sits(who).get(EVERYWHERE).status_code in (403, 404)
    assert houses_compared(compared.world[who], "unit", at(NOW).date()).rows == []
