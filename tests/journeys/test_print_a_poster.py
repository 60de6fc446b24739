"""Somebody prints a poster: it fills one sheet of A4, whatever it is about, and the button needs JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.builders import World


@pytest.mark.parametrize("subject", ["Halte Uji", "Halte Pasar Uji di depan rumah sakit umum daerah lantai dua"])
def test_a_poster_is_one_sheet(page: Page, live_server: LiveServer, world: World, subject: str) -> None:
    page.goto(f"{live_server.url}/poster/?instansi=kota-uji&tentang={subject}")

    sheet = page.pdf(format="A4", prefer_css_page_size=True)

    assert len(re.findall(rb"/Type\s*/Page[^s]", sheet)) == 1
    page.emulate_media(media="print")
    expect(page.locator(".poster h2")).to_contain_text(subject)
    expect(page.locator(".finder-fields")).to_be_hidden()
    inside, outside = page.locator(".poster-qr").bounding_box(), page.locator(".poster").bounding_box()
    assert inside
    assert outside
    assert inside["y"] + inside["height"] < outside["y"] + outside["height"]


def test_without_javascript_a_sentence_tells_how(browser: Browser, live_server: LiveServer, world: World) -> None:
    plain = browser.new_context(java_script_enabled=False, locale="id-ID").new_page()
    plain.goto(f"{live_server.url}/poster/")

    expect(plain.get_by_role("button", name="Cetak poster")).to_be_hidden()
    expect(plain.get_by_text("di menu peramban Anda")).to_be_visible()


def test_with_javascript_the_button_prints(page: Page, live_server: LiveServer, world: World) -> None:
    page.goto(f"{live_server.url}/poster/")
    page.evaluate("window.print = () => { document.title = 'printed' }")

    page.get_by_role("button", name="Cetak poster").click()

    expect(page).to_have_title("printed")
