"""An officer's first sign-in and the next ones in a real browser: second step, recovery codes, passkey."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pyotp
import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.builders import World
from tests.journeys.test_every_page import LOOKS, Visit

from lapor.identity.models import Account, Authenticator, DeskSession, Passkey

PASSWORD = "kuda baterai stapler benar"


@pytest.fixture
def officer(world: World, settings: Any) -> Account:
    """The city's admin with a password, in an installation that is no demo."""
    settings.SECOND_FACTOR = True
    cache.clear()
    account = Account.objects.get(appointments=world["admin-kota"].appointment)
    account.set_password(PASSWORD)
    account.save()
    return account


def types_password(page: Page, officer: Account, home: str) -> None:
    page.goto(f"{home}/masuk/")
    page.get_by_label("Nama pengguna").fill(officer.login)
    page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Masuk", exact=True).click()


def now_shown(secret: str) -> str:
    return pyotp.TOTP(secret.replace(" ", "")).at(datetime.now(UTC))


def test_the_first_sign_in_sets_a_passkey_up_which_opens_the_desk_alone_from_then_on(
    page: Page, officer: Account, live_server: LiveServer
) -> None:
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True}
    able = {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": kind | able})

    types_password(page, officer, live_server.url)
    expect(page.get_by_role("heading", level=1)).to_have_text("Pasang langkah kedua")
    page.get_by_label("Beri nama, agar mudah dikenali").fill("Ponsel dinas")
    page.get_by_role("button", name="Pasang kunci sandi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kode cadangan Anda")
    assert page.locator(".code-list li").count() == 10
    page.get_by_role("button", name="Sudah saya simpan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Laporan")
    assert Passkey.objects.get().name == "Ponsel dinas"

    page.context.clear_cookies()
    page.goto(f"{live_server.url}/masuk/")
    page.get_by_role("button", name="Masuk dengan kunci sandi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Laporan")

    page.context.clear_cookies()
    types_password(page, officer, live_server.url)
    page.get_by_role("button", name="Pakai kunci sandi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Laporan")

    page.goto(f"{live_server.url}/meja/keamanan/")
    page.get_by_role("button", name="Keluar dari semua yang lain").click()
    expect(page.get_by_role("status").first).to_contain_text("2 peramban lain dikeluarkan")
    assert DeskSession.objects.count() == 1
    assert complaints == []


@pytest.mark.parametrize(("language", "scheme", "width"), LOOKS)
def test_the_pages_of_signing_in_are_accessible_fit_and_are_quiet(
    browser: Browser, officer: Account, live_server: LiveServer, language: str, scheme: Any, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 4_000},  # the phone's bar lies over nothing then
        color_scheme=scheme,
        locale=language,
        base_url=live_server.url,
    )
    context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    visit = Visit(context, live_server.url)
    page = visit.page
    visit.open("/masuk/")
    page.locator("#id_login").fill(officer.login)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("main form").first.get_by_role("button").click()
    page.locator(".qr-box svg").wait_for()
    visit.look_at("set up")
    page.locator("summary").filter(has_text="Ketik kuncinya" if language == "id" else "Type it instead").click()
    secret = page.locator("details .code").inner_text()
    page.locator("#id_digits").fill("000000")
    page.locator("main form").first.get_by_role("button").click()
    page.locator(".field-invalid").wait_for()
    visit.look_at("a wrong code")
    page.locator("#id_digits").fill(now_shown(secret))
    page.locator("main form").first.get_by_role("button").click()
    page.locator(".code-list").wait_for()
    visit.look_at("recovery codes")
    page.locator("main form").get_by_role("button").click()
    page.wait_for_url("**/meja/")
    visit.open("/meja/keamanan/")
    visit.open("/meja/keamanan/aplikasi/")
    visit.open("/meja/dukungan/")
    visit.open("/meja/satuan/")
    visit.open("/meja/penerusan/")
    visit.open("/meja/templat/baru/")
    visit.open("/meja/jejak/")
    context.clear_cookies()
    context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    page.goto("/masuk/")
    page.locator("#id_login").fill(officer.login)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("main form").first.get_by_role("button").click()
    page.wait_for_url("**/masuk/langkah-dua/")
    visit.look_at("second step")
    context.close()

    assert Authenticator.objects.get().account == officer
    assert visit.wrong == {}
