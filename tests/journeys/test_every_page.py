"""Every page for citizens in a real browser: readable by all, inside the screen, quiet, and nothing from elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer
from tests.builders import Case, World

AXE = (Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# Everything that can be opened without knowing anything; {number} is a public report.
OPEN_TO_ALL = [
    "/", "/i/kota-uji/", "/i/kota-uji/laporan/", "/lapor/", "/lacak/", "/publik/", "/publik/?q=lubang",
    "/publik/?q=tiada", "/publik/peta/", "/publik/peta/?place=Atlantis", "/i/kota-uji/publik/",
    "/i/kota-uji/publik/peta/", "/i/kota-uji/publik/{number}/", "/publik/{number}/", "/tombol/kota-uji/",
    "/poster/?instansi=kota-uji", "/perangkat/", "/luring/perangkat-id/", "/akun/masuk/", "/sop/", "/bantuan/",
    "/privasi/", "/aksesibilitas/", "/dasar-hukum/", "/masuk/", "/berhenti/x/", "/kabar/x/", "/tidak-ada/",
    "/panduan/", "/panduan/masyarakat/", "/panduan/pejabat-penghubung/",
]  # fmt: skip

# The narrowest is a phone of 1280 pixels at 400 % zoom (WCAG 1.4.10). Whether all fits is looked at in every width;
# axe, which takes a second, looks once by day and once by night.
LOOKS = [("id", "light", 320), ("en", "dark", 1440)]
WIDTHS = (320, 360, 768, 1280, 1440)
MOVING = """[...document.querySelectorAll("*")].filter((one) => {
  const { transitionDuration, animationName, animationDuration } = getComputedStyle(one);
  const longest = Math.max(...[transitionDuration, animationName === "none" ? "0" : animationDuration].map(parseFloat));
  return longest > 0.001;
}).map((one) => one.className)"""
ON_PURPOSE = ("404 (Not Found)", "422 (Unprocessable Entity)")  # a page that is missing, a form that is refused

TOO_WIDE = """() => {
  const wide = (one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1;
  return [...document.querySelectorAll("main *")].filter((one) => wide(one) && ![...one.children].some(wide))
    .slice(0, 5).map((one) => one.outerHTML.slice(0, 120));
}"""


class Visit:
    """One browser at one size; `wrong` collects what it finds, by address."""

    def __init__(self, context: BrowserContext, home: str) -> None:
        self.page: Page = context.new_page()
        self.home, self.wrong, self.heard = home, dict[str, Any](), list[str]()
        self.page.on(
            "console", lambda said: self.heard.append(said.text) if said.type in {"error", "warning"} else None
        )
        self.page.on("pageerror", lambda error: self.heard.append(str(error)))
        self.page.on("request", lambda asked: self._is_ours(asked.url))

    def _is_ours(self, url: str) -> None:
        if not url.startswith((self.home, "blob:")):
            self.heard.append(f"asks a foreign host: {url}")

    def look_at(self, name: str) -> None:
        """Check the page that is open now."""
        self.page.evaluate(AXE)
        found = self.page.evaluate("rules => axe.run({runOnly: rules, resultTypes: ['violations']})", RULES)
        broken = {one["id"]: [node["html"][:200] for node in one["nodes"]] for one in found["violations"]}
        wide = self._too_wide()
        heard = [said for said in self.heard if not said.endswith(ON_PURPOSE)]
        if broken or wide or heard:
            self.wrong[name] = {"axe": broken, "too wide": wide, "console": heard}
        self.heard.clear()

    def _too_wide(self) -> dict[int, list[str]]:
        """Return what is wider than the screen, by width; the page keeps the width that it had."""
        own, wide = self.page.viewport_size, dict[int, list[str]]()
        if own is None:
            return wide
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": own["height"]})
            if self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                wide[width] = self.page.evaluate(TOO_WIDE)
        self.page.set_viewport_size(own)
        return wide

    def open(self, address: str) -> None:
        """Open an address and check it."""
        self.page.goto(self.home + address)
        self.look_at(address)


@pytest.fixture
def seen(case: Case) -> Case:
    """A public report with an answer, and one late clock."""
    case.is_in_progress(on="Mon 2 Mar 2026 09:00 WITA")
    return case


def test_who_wants_no_motion_gets_none(browser: Browser, live_server: LiveServer, world: World) -> None:
    context = browser.new_context(base_url=live_server.url, reduced_motion="reduce")
    page = context.new_page()
    for address in ("/", "/lapor/"):
        page.goto(address)
        assert page.evaluate(MOVING) == [], address
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_high_contrast_shows_what_is_chosen_and_no_pattern_behind_letters(
    browser: Browser, live_server: LiveServer, world: World, scheme: Any
) -> None:
    context = browser.new_context(base_url=live_server.url, forced_colors="active", color_scheme=scheme)
    page = context.new_page()
    page.goto("/")
    assert page.locator(".hero").evaluate("one => getComputedStyle(one).backgroundImage") == "none"
    page.goto("/lapor/")
    page.locator("[data-part=secrecy] > summary").click()
    page.locator("#id_secret").check()
    outlined = "one => getComputedStyle(one).outlineStyle"
    assert page.locator(".sees-secret").evaluate(outlined) == "solid"
    assert page.locator(".sees-normal").evaluate(outlined) == "none"
    context.close()


@pytest.mark.parametrize(("language", "scheme", "width"), LOOKS)
def test_every_page_is_accessible_fits_and_is_quiet(
    browser: Browser, live_server: LiveServer, world: World, seen: Case, language: str, scheme: Any, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, locale="id-ID")
    context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    visit = Visit(context, live_server.url)

    for address in OPEN_TO_ALL:
        visit.open(address.format(number=seen.number))
    visit.page.goto(f"{live_server.url}/lacak/")
    visit.page.fill("input[name=code]", seen.code)
    visit.page.press("input[name=code]", "Enter")
    visit.page.wait_for_selector(".timeline")
    visit.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    visit.look_at("tracking")
    visit.open("/lapor/")
    visit.page.evaluate("document.querySelectorAll('form details').forEach(one => { one.open = true })")
    visit.look_at("the form with every part open")
    visit.page.fill("input[name=contact]", "nomor saya")
    visit.page.click("form.stack button.btn-primary.btn-lg")
    visit.page.wait_for_selector(".error-summary")
    visit.look_at("the form with errors")
    visit.page.fill("input[name=contact]", "")
    visit.page.fill("textarea[name=text]", "Lampu jalan di depan sekolah mati sejak dua minggu, mohon diperbaiki.")
    visit.page.click("form.stack button.btn-primary.btn-lg")
    visit.page.wait_for_selector(".receipt")
    visit.look_at("receipt")
    context.close()

    assert visit.wrong == {}
