"""The pages by which admins keep things in order, in a real browser: readable by all, inside the screen, quiet."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer
from tests.builders import Case, World
from tests.journeys.sitting import sit_down
from tests.journeys.test_every_page import LOOKS, Visit
from tests.journeys.test_officer_figures import TALL

PAGES = {
    "admin-kota": [
        "/meja/sop/", "/meja/sop/baru/", "/meja/tag/", "/meja/saran/", "/meja/jam/", "/meja/jam/biasa/",
        "/meja/jam/masa/",
        "/meja/pesan-masuk/", "/meja/pesan-masuk/?tab=aside", "/meja/satuan/tanpa-petugas/",
        "/meja/satuan/tanpa-petugas/?page=2", "/meja/banyak/",
    ],
    "admin-pusat": [
        "/meja/sop/", "/meja/sop/?profil=kota-mataram", "/meja/sop/baru/", "/meja/kategori/", "/meja/kategori/trotoar/",
        "/meja/kategori/jalan/", "/meja/jam/?instansi=kota-uji", "/meja/pesan-masuk/", "/meja/kanal/",
    ],
}  # fmt: skip

CUT = """() => [...document.querySelectorAll(".row-title, .row-meta > *")].filter(
  (one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== "inline"
).map((one) => one.textContent)"""


@pytest.mark.parametrize(("language", "scheme", "width"), LOOKS)
def test_the_pages_that_keep_order_are_accessible_fit_and_are_quiet(
    browser: Browser, live_server: LiveServer, world: World, language: str, scheme: Any, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": TALL}, color_scheme=scheme, locale="id-ID")
    context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    visit = Visit(context, live_server.url)

    for name, addresses in PAGES.items():
        sit_down(visit.page, live_server, world, name)
        for address in addresses:
            visit.open(address)
    context.close()

    assert visit.wrong == {}, "\n".join(f"{a}: {w}" for a, w in visit.wrong.items())


@pytest.mark.parametrize("tab", ["disposed", "all"])
def test_at_1280_pixels_a_usual_row_of_the_inbox_is_read_to_its_end(
    browser: Browser, live_server: LiveServer, world: World, case: Case, tab: str
) -> None:
    case.is_disposed()
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="id-ID")
    page = context.new_page()
    sit_down(page, live_server, world, "admin-kota")

    page.goto(f"{live_server.url}/meja/?tab={tab}")

    assert page.locator(".row-item").count() == 1
    assert page.evaluate(CUT) == []
    assert page.locator(".row-title").evaluate("one => one.clientWidth") > 500
    context.close()
