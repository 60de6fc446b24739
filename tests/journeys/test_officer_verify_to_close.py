"""An officer's day: verify, dispose, accept, answer, follow up, until the reporter says that it is done."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.builders import Case, World

from lapor.identity.models import Account
from lapor.reports.models import Report
from lapor.reports.usecases import confirm
from lapor.reports.usecases.answer import HOLD, send_due
from lapor.sop.vocabulary import Status

PASSWORD = "sandi-contoh-panjang"


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Be a desk computer, in Indonesia."""
    return {**browser_context_args, "viewport": {"width": 1440, "height": 900}, "locale": "id-ID"}


@pytest.fixture
def report(case: Case) -> Case:
    """A report that came in just now."""
    case.now = datetime.now(UTC)
    return case.is_submitted()


def sign_in(page: Page, live_server: LiveServer, world: World, name: str) -> None:
    """Sit down as this officer."""
    account = Account.objects.get(appointments=world[name].appointment)
    account.set_password(PASSWORD)
    account.save()
    page.set_default_timeout(20_000)
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/masuk/")
    page.get_by_label("Nama pengguna").fill(account.login)
    page.get_by_label("Sandi").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Masuk", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Laporan")
    page.wait_for_load_state()  # keys are heard once the page's script is there


def open_step(page: Page, name: str) -> None:
    """Open one of the steps in the panel; its form comes without another page."""
    page.locator("#tindakan").get_by_role("link", name=name, exact=True).click()
    expect(page.locator("#tindakan form")).to_be_visible()


def finish(page: Page, name: str, said: str) -> None:
    """Send the open form and read what the page says."""
    page.locator("#tindakan").get_by_role("button", name=name, exact=True).click()
    expect(page.locator(".messages")).to_contain_text(said)


def send(page: Page, name: str) -> None:
    """Send the open answer, and let its half minute pass."""
    page.locator("#tindakan").get_by_role("button", name=name, exact=True).click()
    expect(page.locator(".leaving")).to_contain_text("Berangkat pukul")
    send_due(now=datetime.now(UTC) + HOLD)
    page.reload()


def test_a_report_from_verification_to_its_end(page: Page, live_server: LiveServer, world: World, report: Case) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))

    sign_in(page, live_server, world, "admin-kota")
    page.get_by_role("link", name="Jalan berlubang di depan pasar").click()
    open_step(page, "Verifikasi")
    for word in ("Relevan", "Lengkap", "Jelas"):
        page.get_by_role("checkbox", name=word).check()
    finish(page, "Verifikasi", "Laporan sudah diverifikasi.")
    open_step(page, "Disposisi")
    expect(page.get_by_label("Tujuan").last).to_be_focused()
    page.get_by_label("Tujuan").select_option("dinas-pupr")
    page.get_by_label("Pengantar").fill("Mohon segera.")
    finish(page, "Disposisi", "Laporan sudah didisposisikan.")

    sign_in(page, live_server, world, "pp-pupr")
    page.get_by_role("link", name="Jalan berlubang di depan pasar").click()
    open_step(page, "Terima")
    finish(page, "Terima", "Disposisi sudah diterima.")
    open_step(page, "Respon awal")
    page.get_by_label("Respon awal kepada pelapor").fill("Terima kasih, kami periksa besok pagi.")
    send(page, "Respon awal")
    open_step(page, "Tindak lanjut")
    page.get_by_label("Yang sudah dilakukan").fill("Lubang sudah ditambal dengan aspal panas.")
    page.get_by_label("Kapan").fill(report.today.isoformat())
    page.get_by_label("Oleh siapa").fill("Tim Bina Marga")
    send(page, "Tindak lanjut")
    expect(page.locator(".timeline")).to_contain_text("Lubang sudah ditambal dengan aspal panas.")

    report.now = datetime.now(UTC)
    report.act(confirm.confirm_done, "reporter", rating=5, text="Terima kasih.")
    page.reload()
    expect(page.locator(".page-header .status")).to_contain_text("Selesai")

    assert Report.objects.get(code=report.code).status == Status.CLOSED
    assert not errors


def test_every_date_explains_itself_in_place(page: Page, live_server: LiveServer, world: World, report: Case) -> None:
    sign_in(page, live_server, world, "admin-kota")
    page.get_by_role("link", name="Jalan berlubang di depan pasar").click()

    page.locator(".deadline summary").first.click()

    expect(page.locator(".deadline-days")).to_be_visible()
    expect(page.locator(".deadline-days tr.due")).to_have_count(1)


def test_the_inbox_is_walked_by_keyboard(page: Page, live_server: LiveServer, world: World, report: Case) -> None:
    sign_in(page, live_server, world, "admin-kota")

    page.keyboard.press("j")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Jalan berlubang di depan pasar")


def test_the_change_of_a_wording_shows_while_it_is_typed(
    page: Page, live_server: LiveServer, world: World, report: Case
) -> None:
    sign_in(page, live_server, world, "admin-kota")
    page.goto(f"{live_server.url}/meja/laporan/{report.number}/redaksi/")

    page.get_by_label("Teks yang dipublikasikan").press_sequentially(" Mohon segera.")

    expect(page.locator("#selisih ins")).to_contain_text("segera.")
