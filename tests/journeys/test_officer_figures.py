"""The pages of figures in a real browser: readable by all, inside the screen, quiet."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer
from tests.builders import Case, World
from tests.journeys.sitting import sit_down
from tests.journeys.test_every_page import LOOKS, Visit
from tests.sop.days import at

from lapor.insights.folding import fold_everything
from lapor.reports.usecases.quality import draw_sample

TALL = 9000  # the bar at the bottom of a phone then covers nothing: whoever touches scrolls

PAGES = {
    "admin-kota": [
        "/meja/bulanan/?period=2026-03", "/meja/bulanan/?period=2026&by=category", "/meja/bulanan/?period=2020",
        "/meja/pemantauan/?period=2026", "/meja/pemantauan/objected/?unit=dinas-pupr&period=2026", "/meja/mutu/",
        "/meja/mutu/{sample}/", "/meja/mutu/{sample}/1/", "/meja/pengembalian/",
    ],
    "admin-pusat": ["/meja/instansi/?period=2026", "/meja/pengembalian/", "/meja/bulanan/?period=2026"],
    "ombudsman": ["/meja/ombudsman/"],
}  # fmt: skip


def test_a_page_opens_at_its_top_and_the_menu_shows_where_one_is(
    browser: Browser, live_server: LiveServer, world: World, case: Case
) -> None:
    case.is_followed_up(on="Mon 2 Mar 2026 09:00 WITA")
    fold_everything(now=at("Tue 3 Mar 2026 09:00 WITA"))
    context = browser.new_context(viewport={"width": 1280, "height": 600}, locale="id-ID")
    page = context.new_page()
    sit_down(page, live_server, world, "admin-kota")

    page.goto(f"{live_server.url}/meja/bulanan/?period=2026-03")
    page.wait_for_load_state()
    assert page.evaluate("scrollY") == 0
    page.goto(f"{live_server.url}/meja/jejak/")
    expect(page.locator(".desk-side .desk-nav [aria-current]")).to_be_in_viewport(ratio=1)
    assert page.evaluate("scrollY") == 0
    context.close()


@pytest.mark.parametrize(("language", "scheme", "width"), LOOKS)
def test_the_pages_of_figures_are_accessible_fit_and_are_quiet(
    browser: Browser, live_server: LiveServer, world: World, case: Case, language: str, scheme: Any, width: int
) -> None:
    case.is_followed_up(on="Mon 2 Mar 2026 09:00 WITA")
    Case(world).is_disposed(on="Mon 1 Sep 2025 09:00 WITA").sweep("Mon 2 Mar 2026 08:00 WITA")
    now = at("Tue 3 Mar 2026 09:00 WITA")
    fold_everything(now=now)
    first = now.date().replace(day=1)
    sample = draw_sample(first=first, size=1, seed="uji", actor=world["admin-kota"], now=now)
    context = browser.new_context(viewport={"width": width, "height": TALL}, color_scheme=scheme, locale="id-ID")
    context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    visit = Visit(context, live_server.url)

    for name, addresses in PAGES.items():
        sit_down(visit.page, live_server, world, name)
        for address in addresses:
            visit.open(address.format(sample=sample.pk))
    context.close()

    assert visit.wrong == {}, "\n".join(f"{a}: {w}" for a, w in visit.wrong.items())
