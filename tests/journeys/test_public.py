"""Somebody reads what others reported: on a map without any foreign host, and without JavaScript at all."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.builders import Case, World

from lapor.reports.models import Comment, Listing
from lapor.reports.usecases.counts import fold_counts


def test_the_map_draws_itself_from_our_own_host_and_leads_to_the_reports(
    page: Page, live_server: LiveServer, case: Case, world: World
) -> None:
    case.is_submitted(title="Lampu padam", place="52.71.01").is_disposed()
    Case(world).is_submitted(title="Jalan rusak", place="31.74").is_disposed()
    fold_counts()
    foreign: list[str] = []
    errors: list[str] = []
    page.on("request", lambda sent: foreign.append(sent.url) if not sent.url.startswith(live_server.url) else None)
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)

    page.goto(f"{live_server.url}/publik/peta/")
    page.wait_for_selector("[data-drawn] .map-land")
    point = page.locator(".map-point", has_text="1").last
    point.press("Enter")
    page.keyboard.press("Escape")
    expect(point).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup a[href*='place=']")).to_be_focused()  # and the map may still move under a mouse
    page.keyboard.press("Enter")

    expect(page.locator(".report-card")).to_have_count(1)
    assert foreign == []
    assert errors == []


def test_without_javascript_a_reader_searches_supports_and_comments(
    browser: Browser, live_server: LiveServer, case: Case
) -> None:
    case.is_submitted(title="Lampu padam di depan sekolah").is_disposed()
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}, locale="id-ID")
    page = context.new_page()

    page.goto(f"{live_server.url}/publik/")
    page.get_by_label("Kata yang dicari").fill("lampu")
    page.get_by_role("button", name="Cari").click()
    page.get_by_role("link", name="Lampu padam di depan sekolah").click()
    page.get_by_role("button", name="Dukung").click()
    expect(page.get_by_text("orang mendukung laporan ini")).to_contain_text("1")
    page.get_by_text("Tulis komentar").click()
    page.get_by_label("Komentar Anda").fill("Benar, gelap sekali.")
    page.get_by_role("button", name="Kirim komentar").click()

    expect(page.get_by_text("tampil setelah dibaca petugas")).to_be_visible()
    assert Listing.objects.get().supports == 1
    assert Comment.objects.get().state == "held"
    context.close()
