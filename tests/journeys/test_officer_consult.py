"""Asking another unit for advice: found by the name people use, by keyboard alone, and without JavaScript too (S25)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer
from tests.builders import Case, World, officer_at
from tests.journeys.sitting import Sit, sit_down

from lapor.agencies.models import Agency
from lapor.sop.vocabulary import Role

UNITS = {
    "uji-pu": "Dinas Pekerjaan Umum dan Penataan Ruang",
    "uji-hub": "Dinas Perhubungan",
    "uji-dag": "Dinas Perdagangan",
    "uji-lh": "Dinas Lingkungan Hidup",
    "uji-perkim": "Dinas Perumahan dan Kawasan Permukiman",
    "uji-dik": "Dinas Pendidikan",
    "uji-sos": "Dinas Sosial",
    "uji-tani": "Dinas Pertanian",
}
QUESTION = "Apakah jalan ini masuk rencana tahun ini?"


@pytest.fixture
def offices(world: World) -> World:
    """A city with as many offices as a city has, so that the list is worth searching."""
    city = world.agency("kota-uji")
    common = {"kind": "unit", "parent": city, "institution": city, "calendar": city.calendar, "profile": city.profile}
    made = {code: Agency.objects.create(code=code, name=name, **common) for code, name in UNITS.items()}
    world.actors["pp-pu"] = officer_at(made["uji-pu"], Role.LIAISON, "pp-pu")
    world.actors["pp-hub"] = officer_at(made["uji-hub"], Role.LIAISON, "pp-hub")
    return world


def test_a_unit_is_found_by_its_everyday_name_and_asked_by_keyboard_alone(case: Case, offices: World, sit: Sit) -> None:
    case.is_disposed(to="dinas-kesehatan")
    address = f"/meja/laporan/{case.number}/"

    with sit("pp-kesehatan") as page:
        page.goto(f"{address}konsultasi/")
        expect(page.get_by_role("searchbox", name="Tujuan")).to_be_focused()
        page.keyboard.type("bina marga")  # no office bears this name any more
        page.keyboard.press("Enter")
        expect(page.locator("select[name=to]")).to_be_focused()
        expect(page.locator("select[name=to]")).to_have_value("uji-pu")
        page.keyboard.press("Tab")
        page.keyboard.type(QUESTION)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status").first).to_contain_text("Unit sudah dimintai pendapat")
    with sit("pp-pu") as page:  # may read it now, and answers in a note
        page.goto(address)
        expect(page.locator(".timeline")).to_contain_text(QUESTION)
    with sit("pp-hub") as page:  # was not asked, and finds nothing
        page.goto(address)
        expect(page.locator("main")).not_to_contain_text(QUESTION)


def test_without_javascript_the_same_list_is_plain(
    case: Case, offices: World, browser: Browser, live_server: LiveServer
) -> None:
    case.is_disposed(to="dinas-kesehatan")
    context = browser.new_context(java_script_enabled=False, locale="id-ID", base_url=live_server.url)
    page = context.new_page()
    sit_down(page, live_server, offices, "pp-kesehatan")

    page.goto(f"/meja/laporan/{case.number}/konsultasi/")
    expect(page.get_by_role("searchbox", name="Tujuan")).to_have_count(0)
    page.get_by_label("Tujuan").select_option("uji-pu")
    page.get_by_label("Pertanyaan").fill(QUESTION)
    page.get_by_role("button", name="Konsultasi ke unit lain").click()

    expect(page.locator(".timeline")).to_contain_text(QUESTION)
    context.close()
