"""The case page: what an officer reads and may do."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from tests.builders import Case, World
from tests.desk.conftest import SignIn

from lapor.reports.drafts import Position
from lapor.reports.usecases import consent


def test_the_admin_sees_the_words_and_the_steps_of_a_new_report(case: Case, sits: SignIn) -> None:
    case.is_submitted()

    page = sits("admin-kota").get(f"/meja/laporan/{case.number}/")

    assert page.status_code == 200
    assert "Jalan di depan pasar berlubang" in page.text
    assert f"/meja/laporan/{case.number}/verifikasi/" in page.text
    assert f"/meja/laporan/{case.number}/disposisi/" in page.text


def test_the_exact_point_and_for_whom_it_was_filed_stand_on_the_case_page_only(case: Case, sits: SignIn) -> None:
    point = Position(Decimal("-8.58333"), Decimal("116.11667"))
    case.is_submitted(position=point, for_other=True)

    page = sits("admin-kota").get(f"/meja/laporan/{case.number}/").text

    assert "-8.58333, 116.11667" in page
    assert 'href="geo:-8.58333,116.11667"' in page
    assert "pelapor menulis untuk orang lain" in page


def test_a_refused_form_speaks_for_itself_and_not_through_the_browser(case: Case, sits: SignIn) -> None:
    case.is_submitted()
    browser = sits("admin-kota")

    for address in (f"/meja/laporan/{case.number}/disposisi/", "/meja/entri/"):
        forms = re.findall(r'<form[^>]*method="post"[^>]*enctype[^>]*>', browser.get(address).text)
        assert forms
        assert all("novalidate" in form for form in forms)


def test_a_desk_is_found_by_its_short_name_too(case: Case, sits: SignIn, world: World) -> None:
    roads = world.agency("dinas-pupr")
    roads.name, roads.short_name = "Dinas Pekerjaan Umum dan Penataan Ruang", "Dinas PUPR"
    roads.save()
    case.is_submitted()

    page = sits("admin-kota").get(f"/meja/laporan/{case.number}/disposisi/").text

    assert "Dinas Pekerjaan Umum dan Penataan Ruang (Dinas PUPR)" in page


def test_a_desk_that_held_it_for_less_than_a_day_shows_that_day_once(case: Case, sits: SignIn) -> None:
    case.is_disposed()

    page = sits("admin-kota").get(f"/meja/laporan/{case.number}/").text

    assert "2 Mar 2026 – 2 Mar 2026" not in page
    assert "2 Mar 2026</small>" in page


@pytest.mark.parametrize(("given", "said"), [(True, "Dengan nama dan kontak"), (False, "Tanpa nama dan kontak")])
def test_C8_the_ombudsman_reads_whether_the_identity_came_along(
    case: Case, sits: SignIn, given: bool, said: str
) -> None:
    case.is_disposed().sweep("Mon 18 May 2026 00:05 WITA")
    case.act(consent.answer_consent, "reporter", given=given)
    case.sweep("Thu 11 Jun 2026 00:05 WITA")

    page = sits("ombudsman").get(f"/meja/laporan/{case.number}/").text

    assert page.count(said) == 2  # at the answer, and where the clock passed it on


def test_deadlines_stand_in_the_order_of_their_days(case: Case, sits: SignIn) -> None:
    case.is_disposed(on="Mon 2 Mar 2026 09:00 WITA")

    page = sits("pp-pupr").get(f"/meja/laporan/{case.number}/").text
    names = re.findall(r'class="deadline".*?<b>(.*?)</b>', page, re.S)

    wanted = ["Respon awal", "Tindak lanjut", "Penerusan ke Ombudsman RI"]
    assert [name for name in names if name in wanted] == wanted


def test_a_step_that_is_not_open_says_what_stands_in_its_way(case: Case, sits: SignIn) -> None:
    case.is_with_unit_officer()
    browser, address = sits("pp-pupr"), f"/meja/laporan/{case.number}/"
    reason = re.search(r"Sampaikan sebagai respon awal<small>(.+?)</small>", browser.get(address).text)
    assert reason

    step = browser.get(f"{address}rilis-respon/").text

    assert f"Yang menghalangi: <b>{reason[1]}</b>" in step
    assert "<textarea" not in step.split('id="tindakan"')[1].split("</section>")[0]
