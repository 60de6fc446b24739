"""The app on a phone: written without a network, sent once there is one, and nothing left behind that is nobody's."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.builders import Case, World
from tests.journeys.conftest import PHONE

from lapor.agencies.models import Category
from lapor.kernel.codes import show_code
from lapor.reports.models import Evidence, Report

TEXT = "Lampu jalan di depan sekolah padam sejak dua minggu. Anak-anak takut lewat."
WORDS = "Apa yang terjadi, atau apa harapan Anda?"
SEND = "Kirim laporan"
KEPT = "Tersimpan di perangkat ini"


def photo(name: str = "lampu.jpg") -> Any:
    """Return a photo as the browser's file chooser would."""
    content = io.BytesIO()
    Image.effect_noise((320, 240), 40).convert("RGB").save(content, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": content.getvalue()}


@pytest.fixture
def context(browser: Browser, live_server: LiveServer, world: World) -> Iterator[BrowserContext]:
    """A phone that came here before: the service worker is at work."""
    phone = browser.new_context(viewport=PHONE, locale="id-ID", timezone_id="Asia/Makassar", base_url=live_server.url)  # type: ignore[arg-type]
    page = phone.new_page()
    page.goto("/bantuan/")
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("navigator.serviceWorker.controller")
    page.close()
    yield phone
    phone.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A tab of that phone; a broken policy or script fails the test."""
    tab = context.new_page()
    complaints: list[str] = []
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("console", lambda line: complaints.append(line.text) if "Content Security Policy" in line.text else None)
    yield tab
    assert complaints == []


def begin(page: Page, text: str = TEXT) -> None:
    """Open the form and write."""
    page.goto("/lapor/")
    page.get_by_label(WORDS).fill(text)
    expect(page.get_by_text(KEPT)).to_be_visible()


def test_a_report_with_a_photo_written_without_a_network_is_one_report_when_there_is_one(
    page: Page, context: BrowserContext
) -> None:
    context.set_offline(True)
    page.goto("/lapor/")  # the page comes from the phone
    page.get_by_label(WORDS).fill(TEXT)
    page.get_by_label("Foto atau berkas").set_input_files(photo())
    page.get_by_role("button", name=SEND).click()

    waiting = page.locator("[data-outbox]")
    expect(waiting).to_contain_text("Menunggu jaringan")
    assert not Report.objects.exists()

    page.goto("/perangkat/")  # it waits there too, after the page was closed
    expect(page.locator("[data-outbox]")).to_contain_text("Menunggu jaringan")
    context.set_offline(False)

    proof = page.locator("[data-outbox]")
    expect(proof).to_contain_text("Terkirim")
    report = Report.objects.get()
    expect(proof.locator(".code")).to_have_text(show_code(report.code))
    assert Evidence.objects.get().name == "lampu.jpg"

    page.goto("/lapor/")  # nothing of it stands in the form any more
    expect(page.get_by_label(WORDS)).to_have_value("")
    context.set_offline(True)
    page.goto("/perangkat/")  # the proof is read without a network, until it is forgotten
    expect(page.locator(".code")).to_have_text(show_code(report.code))
    page.get_by_role("button", name="Hapus bukti dari perangkat ini").click()
    expect(page.get_by_text("Tidak ada yang tersimpan di sini.")).to_be_visible()
    assert Report.objects.count() == 1
