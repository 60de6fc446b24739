"""What a citizen does with an account, in a real browser at phone size; what is typed works without JavaScript too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, ClassVar

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.builders import Case, World
from tests.journeys.test_every_page import LOOKS, Visit
from tests.journeys.test_reporter import open_report, phone, photo

from lapor.identity.contacts import ContactInput
from lapor.identity.models import Passkey, Reporter
from lapor.identity.usecases.news import stop_token
from lapor.messaging.channel import Letter
from lapor.reports.models import Evidence
from lapor.sop.vocabulary import Status

__all__ = ["phone"]  # the fixture: a phone's browser, with and without JavaScript

MAIL = "sari@contoh.example"


class Phones:
    """A channel for phone numbers that keeps what it was given."""

    key = "sms"
    sent: ClassVar[list[tuple[str, str]]] = []

    def send(self, letter: Letter, to: Sequence[str]) -> None:
        """Take the letter."""
        self.sent.extend((one, letter.text.body) for one in to)

    def close(self) -> None:
        """Nothing to hang up."""


@pytest.fixture(autouse=True)
def channels(settings: Any) -> None:
    """Let phones be served, and nothing be counted from before."""
    cache.clear()
    Phones.sent.clear()
    settings.LAPOR_CHANNELS = ["lapor.messaging.mail.Mail", f"{__name__}.Phones"]


def digits(text: str) -> str:
    found = re.search(r"\b(\d{6})\b", text)
    assert found
    return found[1]


def sign_in(page: Page, address: str) -> None:
    """Type the address, then the code that came."""
    page.goto("/akun/masuk/")
    page.get_by_label("Alamat surel atau nomor ponsel").fill(address)
    page.get_by_role("button", name="Kirimi saya kode").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ketik kodenya")
    text = str(mail.outbox[-1].body) if "@" in address else Phones.sent[-1][1]
    page.get_by_label("Enam angka itu").fill(digits(text))
    page.get_by_role("button", name="Masuk", exact=True).click()


def test_a_report_by_sms_is_found_in_the_account_of_its_number(phone: Page, case: Case) -> None:
    case.is_submitted(channel="sms", contact=ContactInput("phone", "0812-3456-7890"))
    case.is_pending()

    sign_in(phone, "0812 3456 7890")

    expect(phone.get_by_role("heading", level=1)).to_have_text("Laporan saya")
    expect(phone.get_by_text("Menunggu Anda", exact=True)).to_be_visible()
    phone.get_by_role("button", name="Buka").click()
    expect(phone.locator(".standing")).to_contain_text("Di jalan apa lubang itu?")
    phone.get_by_text("Bukti, akun, dan PIN").click()
    expect(phone.get_by_text("Ada di akun Anda")).to_be_visible()
    assert Phones.sent[-1][0] == "+6281234567890"
    assert Reporter.objects.get(ref=str(case.report.reporter_ref)).account is not None


def test_give_the_code_a_pin_then_save_the_report_to_an_account(phone: Page, case: Case) -> None:
    case.is_submitted()
    open_report(phone, case)
    phone.get_by_text("Bukti, akun, dan PIN").click()
    phone.get_by_role("link", name="Beri kode PIN").click()
    phone.get_by_label("PIN baru").fill("123456")
    phone.get_by_role("button", name="Pasang PIN").click()
    expect(phone.get_by_role("alert")).to_contain_text("PIN ini mudah ditebak")
    phone.get_by_label("PIN baru").fill("480213")
    phone.get_by_role("button", name="Pasang PIN").click()
    expect(phone.locator(".messages")).to_contain_text("hanya terbuka dengan kode dan PIN")

    phone.get_by_role("button", name="Tutup laporan ini di perangkat ini").click()
    open_report(phone, case)
    expect(phone.get_by_role("alert")).to_contain_text("Laporan dengan kode ini tidak ditemukan")
    phone.get_by_label("PIN").fill("480213")
    phone.get_by_role("button", name="Tampilkan laporan").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Jalan berlubang di depan pasar")

    phone.get_by_text("Bukti, akun, dan PIN").click()
    phone.get_by_role("button", name="Simpan ke akun saya").click()
    sign_in(phone, MAIL)
    expect(phone.locator(".messages")).to_contain_text("sekarang ada di akun Anda")
    assert Reporter.objects.get(ref=str(case.report.reporter_ref)).account is not None


def test_object_with_a_reason_confirm_with_ticks_and_open_it_again_with_a_photo(
    phone: Page,
    case: Case,
) -> None:
    case.is_followed_up()
    open_report(phone, case)
    phone.get_by_text("Belum selesai", exact=True).click()
    objection = phone.locator("#keberatan")
    objection.get_by_text("Jawabannya belum lengkap").click()
    objection.get_by_label("Apa yang belum selesai?").fill("Lubang yang kedua belum ditambal.")
    objection.get_by_role("button", name="Kirim keberatan").click()
    expect(phone.locator(".timeline")).to_contain_text("Yang keliru: Jawabannya belum lengkap")

    case.now = timezone.now()  # officers act after the person in front of the phone
    case.is_followed_up()
    phone.reload()
    phone.get_by_text("Sudah selesai", exact=True).click()
    done = phone.locator("#selesai")
    done.locator(".stars label").nth(2).click()
    done.get_by_text("Petugasnya ramah", exact=True).click()
    done.get_by_text("Terlalu lama").click()
    done.get_by_role("button", name="Ya, sudah selesai").click()
    expect(phone.locator(".timeline")).to_contain_text("Kurang baik: Terlalu lama")

    phone.get_by_text("Buka kembali", exact=True).first.click()
    again = phone.locator("#buka-lagi")
    again.get_by_label("Mengapa perlu dibuka kembali?").fill("Besoknya berlubang lagi.")
    again.get_by_label("Foto atau berkas").set_input_files(photo())  # type: ignore[arg-type]
    again.get_by_role("button", name="Ya, buka kembali").click()
    expect(phone.locator(".timeline")).to_contain_text("Besoknya berlubang lagi.")
    assert case.status == Status.IN_PROGRESS
    assert Evidence.objects.get().name == "lampu.jpg"


def test_set_up_a_passkey_sign_in_with_it_and_remove_it(page: Page, world: World, live_server: LiveServer) -> None:
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True}
    able = {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": kind | able})
    page.goto(f"{live_server.url}/akun/masuk/")
    page.get_by_label("Alamat surel atau nomor ponsel").fill(MAIL)
    page.get_by_role("button", name="Kirimi saya kode").click()
    page.get_by_label("Enam angka itu").fill(digits(str(mail.outbox[-1].body)))
    page.get_by_role("button", name="Masuk", exact=True).click()

    page.goto(f"{live_server.url}/akun/kunci/")
    page.get_by_label("Beri nama, agar mudah dikenali").fill("Ponsel Sari")
    page.get_by_role("button", name="Pasang sekarang").click()
    expect(page.locator(".messages")).to_contain_text("Kunci sandi sudah terpasang")
    assert Passkey.objects.get().name == "Ponsel Sari"

    page.get_by_role("button", name="Keluar", exact=True).last.click()
    page.goto(f"{live_server.url}/akun/masuk/")
    page.get_by_role("button", name="Masuk dengan kunci sandi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Laporan saya")
    assert Passkey.objects.get().used_at is not None

    page.goto(f"{live_server.url}/akun/")
    page.get_by_role("button", name="Hapus Ponsel Sari").click()
    expect(page.get_by_text("Dengan kunci sandi, cukup sidik jari")).to_be_visible()
    assert not Passkey.objects.exists()
    assert complaints == []


@pytest.mark.parametrize(("language", "scheme", "width"), LOOKS)
def test_pages_of_the_account_are_accessible_fit_and_are_quiet(
    browser: Browser, case: Case, live_server: LiveServer, language: str, scheme: Any, width: int
) -> None:
    case.is_submitted(contact=ContactInput("email", MAIL))
    case.is_in_progress()
    case.is_followed_up()
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, base_url=live_server.url
    )
    context.add_cookies([{"name": "django_language", "value": "id", "url": live_server.url}])
    visit = Visit(context, live_server.url)
    sign_in(visit.page, MAIL)
    context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    visit.open("/laporan-saya/")
    visit.page.locator(".report-card button").click()

    for address in ("/akun/", "/akun/hapus/", "/akun/kunci/", "/lacak/pin/", f"/berhenti/{stop_token(1)}/"):
        visit.open(address)
    visit.page.goto("/lacak/")
    visit.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    visit.look_at("own report")
    visit.page.goto("/akun/")
    visit.page.locator("#id_contact").fill("baru@contoh.example")
    visit.page.locator("#id_contact").press("Enter")
    visit.page.wait_for_selector("#id_digits")
    visit.look_at("the code")
    context.close()

    assert visit.wrong == {}
