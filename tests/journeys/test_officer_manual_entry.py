"""At the counter: a complaint is typed in while its stopwatch runs, and the receipt is handed over."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.builders import World
from tests.journeys.test_officer_verify_to_close import browser_context_args, sign_in

from lapor.reports.models import Report
from lapor.sop.vocabulary import Status

__all__ = ["browser_context_args"]


def test_a_complaint_at_the_counter_gets_its_receipt(page: Page, live_server: LiveServer, world: World) -> None:
    sign_in(page, live_server, world, "pp-pupr")
    page.get_by_role("link", name="Entri manual").first.click()
    expect(page.locator("[data-face]")).to_have_text(re.compile(r"^\d+:\d\d$"))

    page.get_by_label("Yang disampaikan pelapor").fill("Got di depan rumah saya mampet sudah sebulan.")
    page.get_by_label("Kelurahan atau kecamatan").press_sequentially("ampen")
    expect(page.locator("#places option").first).to_have_attribute("value", "Ampenan, Kota Mataram")
    page.get_by_label("Kelurahan atau kecamatan").fill("Ampenan, Kota Mataram")
    page.get_by_label("Nama pelapor").fill("Warga Contoh")
    page.get_by_label("Nomor ponsel atau surel").fill("0812-0000-1234")
    page.get_by_role("button", name="Simpan dan lihat tanda terima").click()

    report = Report.objects.get()
    expect(page.locator(".paper-code")).to_have_text(f"{report.code[:5]}-{report.code[5:10]}-{report.code[10:]}")
    assert report.status == Status.DISPOSED
    assert report.channel == "counter"
    assert report.place is not None
    assert report.place.name == "Ampenan"


@pytest.mark.parametrize("answer", ["", "Got sudah dibersihkan oleh tim kami."])
def test_a_settled_complaint_needs_what_was_done(
    page: Page, live_server: LiveServer, world: World, answer: str
) -> None:
    sign_in(page, live_server, world, "pp-pupr")
    page.goto(f"{live_server.url}/meja/entri/")
    expect(page.get_by_label("Yang sudah dilakukan")).to_be_hidden()

    page.get_by_label("Yang disampaikan pelapor").fill("Got di depan rumah saya mampet sudah sebulan.")
    page.get_by_label("Sudah selesai ditindaklanjuti").check()
    page.get_by_label("Kapan diterima?").fill("2026-02-02")
    page.get_by_label("Kapan dilaksanakan?").fill("2026-02-04")
    page.get_by_label("Yang sudah dilakukan").fill(answer)
    page.get_by_label("Oleh siapa").fill("Tim Drainase")
    page.get_by_role("button", name="Simpan dan lihat tanda terima").click()

    if answer:
        expect(page.locator(".paper-code")).to_be_visible()
        assert Report.objects.get().status == Status.CLOSED
    else:
        expect(page.get_by_role("alert")).to_contain_text("Pengaduan yang sudah selesai memerlukan isian ini.")
        expect(page.get_by_label("Oleh siapa")).to_have_value("Tim Drainase")
        assert not Report.objects.exists()
