"""Danger on a phone: who writes of it and who reads it see at once whom to call, without scrolling sideways."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.builders import Case, World
from tests.journeys.test_officer_verify_to_close import sign_in

FIRE = "Tolong, rumah terbakar di sebelah Pasar Contoh sejak tadi, tetangga saya Bu Wati Contoh 0812 3456 7890."
WIDTH = 360


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Be a small phone, in Indonesian."""
    return {**browser_context_args, "viewport": {"width": WIDTH, "height": 740}, "locale": "id-ID"}


def test_the_number_to_call_stands_on_the_form_and_on_the_desk(
    page: Page, live_server: LiveServer, world: World, case: Case
) -> None:
    page.set_default_timeout(20_000)
    page.goto(f"{live_server.url}/lapor/")
    page.locator("textarea[name=text]").fill(FIRE)
    call = page.locator("#coach-next").get_by_role("link", name="113")
    expect(call).to_be_visible()
    assert call.get_attribute("href") == "tel:113"
    _fits(page, page.locator("#coach-next"), "form")

    case.now = datetime.now(UTC)
    case.is_submitted(text=FIRE)
    sign_in(page, live_server, world, "admin-kota")
    page.goto(f"{live_server.url}/meja/laporan/{case.number}/periksa/")
    banner = page.get_by_role("alert").filter(has_text="113")
    expect(banner).to_contain_text("Pemadam kebakaran 113")
    _fits(page, banner, "desk")
    masks = page.locator("[aria-labelledby=usul-masks]")
    expect(masks).to_contain_text("[nomor telepon]")
    _fits(page, masks, "masks")


def _fits(page: Page, part: Locator, name: str) -> None:
    """See that a part lies within the phone's width; keep a picture where a folder for it is named."""
    part.scroll_into_view_if_needed()
    box = part.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= WIDTH
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH
    if folder := os.environ.get("LAPOR_PICTURES"):
        page.screenshot(path=f"{folder}/danger-{name}.png")
