"""The inbox in a real browser: walked, searched, chosen from and acted on by keyboard alone; readable at every size."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.builders import Case, World
from tests.journeys.test_every_page import LOOKS, Visit
from tests.journeys.test_officer_verify_to_close import sign_in

from lapor.reports.models import BulkRun, SavedView

FIRST_PAINT = 150_000  # bytes over the wire, of everything the inbox needs


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Be a desk computer, in Indonesia."""
    return {**browser_context_args, "viewport": {"width": 1280, "height": 800}, "locale": "id-ID"}


@pytest.fixture
def pile(world: World) -> list[Case]:
    """Four reports that came in just now."""
    titles = ("Lampu sekolah padam", "Pohon tumbang", "Sampah menumpuk", "Jalan berlubang")
    cases = [Case(world) for _ in titles]
    for case, title in zip(cases, titles, strict=True):
        case.now = datetime.now(UTC)
        case.is_submitted(title=title)
    return cases


def current(page: Page) -> str:
    return page.locator(".row-item[data-current] .row-title").inner_text()


def test_an_officer_works_through_the_list_by_keyboard_alone(
    page: Page, live_server: LiveServer, world: World, pile: list[Case]
) -> None:
    sign_in(page, live_server, world, "admin-kota")
    press = page.keyboard.press
    page.wait_for_load_state()

    press("?")
    expect(page.locator("#keyboard-help")).to_be_visible()
    expect(page.locator("#keyboard-help")).to_contain_text("buka laporan berikutnya yang menunggu Anda")
    press("Escape")
    expect(page.locator("#keyboard-help")).to_be_hidden()
    for key, title in (("j", pile[0]), ("j", pile[1]), ("k", pile[0])):
        press(key)
        assert current(page) == title.report.title
    press("x")
    press("j")
    press("x")
    expect(page.locator("[data-picked]")).to_have_text(" (2)")

    # From the rows back to what may be done with those chosen, which stands before them.
    page.locator("#bulk-do").focus()
    page.keyboard.type("Catatan")
    press("Tab")
    press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Catatan internal")
    page.keyboard.type("Dibahas di rapat Senin.")
    press("Tab")
    page.get_by_role("button", name="Catatan internal: 2 laporan").focus()
    press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Selesai untuk 2 laporan")
    assert BulkRun.objects.get().items.filter(state="done").count() == 2

    page.goto(f"{live_server.url}/meja/")
    page.wait_for_load_state()
    press("/")
    page.keyboard.type("tumbang")
    press("Enter")
    expect(page.locator(".row-item")).to_have_count(1)
    page.wait_for_load_state()  # a key before the page's script is nobody's
    press("j")
    press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Pohon tumbang")

    page.goto(f"{live_server.url}/meja/")
    page.wait_for_load_state()
    press("n")
    expect(page).to_have_url(f"{live_server.url}/meja/laporan/{pile[0].number}/periksa/")


def test_filters_open_in_place_and_a_view_is_kept(
    page: Page, live_server: LiveServer, world: World, pile: list[Case]
) -> None:
    sign_in(page, live_server, world, "admin-kota")

    page.wait_for_load_state()
    page.keyboard.press("f")
    expect(page.get_by_label("Di", exact=True)).to_be_focused()
    page.get_by_label("Kata, kode, atau nomor").last.fill("sampah")
    page.get_by_role("button", name="Tampilkan").click()
    expect(page.locator(".row-item")).to_have_count(1)
    page.get_by_text("Tampilan", exact=True).click()
    page.get_by_label("Simpan daftar ini sebagai").fill("Sampah kota")
    page.get_by_role("button", name="Simpan").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Sampah kota")
    assert SavedView.objects.get().query == "tab=unverified&q=sampah"
    page.get_by_role("link", name="Lepaskan saringan ini").click()
    expect(page.locator(".row-item")).to_have_count(4)


def test_what_comes_in_is_told_without_a_new_page_and_nothing_moves(
    page: Page, live_server: LiveServer, world: World, pile: list[Case]
) -> None:
    sign_in(page, live_server, world, "admin-kota")
    page.wait_for_load_state()
    page.keyboard.press("j")

    late = Case(world)
    late.now = datetime.now(UTC)
    late.is_submitted(title="Banjir di pasar")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    expect(page.locator("[data-arrivals]")).to_contain_text("1 laporan masuk")
    assert current(page) == pile[0].report.title
    page.get_by_role("link", name="Tampilkan").click()
    expect(page.locator(".row-item")).to_have_count(5)


def test_the_first_paint_of_the_inbox_is_light(
    page: Page, live_server: LiveServer, world: World, pile: list[Case]
) -> None:
    for _ in range(21):
        case = Case(world)
        case.now = datetime.now(UTC)
        case.is_submitted()
    sign_in(page, live_server, world, "admin-kota")
    bodies: dict[str, bytes] = {}
    page.on("response", lambda answer: bodies.update({answer.url: b""}))
    wire = page.context.new_cdp_session(page)
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})

    page.goto(f"{live_server.url}/meja/", wait_until="networkidle")

    # The test's server sends files as they are; the product's sends them compressed like this.
    needed = [page.request.get(address).body() for address in bodies]
    assert page.locator(".row-item").count() == 25
    assert len(needed) >= 4
    assert sum(len(gzip.compress(body)) for body in needed) < FIRST_PAINT


@pytest.mark.parametrize(("language", "scheme", "width"), LOOKS)
def test_the_inbox_is_accessible_and_fits(
    browser: Browser, live_server: LiveServer, world: World, pile: list[Case], language: str, scheme: Any, width: int
) -> None:
    # So tall that nothing lies below the phone's bar: axe takes what is scrolled under it for too small.
    tall = {"width": width, "height": 4_000}
    context = browser.new_context(viewport=tall, color_scheme=scheme, locale="id-ID")  # type: ignore[arg-type]
    visit = Visit(context, live_server.url)
    sign_in(visit.page, live_server, world, "admin-kota")
    context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])

    for address in ("/meja/", "/meja/?tab=all&q=lampu&panel=1", "/meja/?q=tiada", "/meja/?q=yang"):
        visit.open(address)
    visit.open("/meja/?tab=all&q=sampah")
    visit.page.locator(".row-item .row-check").first.check()
    visit.page.locator("details.ways summary").click()
    visit.look_at("views open, one chosen")
    chosen = "&".join(f"n={case.number}:{case.report.version}" for case in pile)
    visit.open(f"/meja/banyak/?do=catatan&{chosen}")
    visit.page.locator("textarea").fill("Dibahas.")
    visit.page.locator(".bulk-page button.btn-primary").click()
    visit.page.wait_for_selector(".alert-success")
    visit.look_at("result of many")
    context.close()

    assert visit.wrong == {}


def test_single_keys_can_be_switched_off_on_this_device_and_stay_off(
    page: Page, live_server: LiveServer, world: World, pile: list[Case]
) -> None:
    sign_in(page, live_server, world, "admin-kota")
    page.wait_for_load_state()
    page.keyboard.press("?")
    switch = page.get_by_label("Tombol tunggal bekerja di perangkat ini")
    expect(switch).to_be_checked()
    switch.press("Space")
    page.keyboard.press("Escape")

    page.goto(f"{live_server.url}/meja/")
    page.wait_for_load_state()
    for key in ("j", "?", "f"):
        page.keyboard.press(key)
    expect(page.locator(".row-item[data-current]")).to_have_count(0)
    expect(page.locator("#keyboard-help")).to_be_hidden()
    expect(page.locator(".filter")).to_have_count(0)
    page.goto(f"{live_server.url}/meja/laporan/{pile[0].number}/periksa/")
    page.wait_for_load_state()
    page.keyboard.press("0")
    boxes = [page.locator(f"input[name=check-{name}]") for name in ("relevant", "complete", "clear")]
    assert not any(box.is_checked() for box in boxes)

    page.locator(".desk-side .desk-who summary").click()  # the way back does not need the keys
    page.locator(".desk-side").get_by_role("button", name="Papan ketik").click()
    expect(switch).not_to_be_checked()
    switch.check()
    page.keyboard.press("Escape")
    expect(switch).to_be_hidden()
    page.keyboard.press("0")
    for box in boxes:
        expect(box).to_be_checked()
