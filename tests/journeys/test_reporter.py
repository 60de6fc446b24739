"""What a citizen does with a phone, in a real browser; the same paths once more without JavaScript."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.builders import Case, World
from tests.journeys.conftest import PHONE
from tests.journeys.keeping import unfold

from lapor.kernel.codes import show_code
from lapor.reports.models import Evidence, Report
from lapor.sop.vocabulary import Status

TEXT = "Lampu jalan di depan sekolah padam sejak dua minggu. Anak-anak takut lewat."


def photo() -> dict[str, object]:
    """Return a photo as the browser's file chooser would."""
    content = io.BytesIO()
    Image.effect_noise((320, 240), 40).convert("RGB").save(content, "JPEG")
    return {"name": "lampu.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def phone(request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A phone's browser, with and without JavaScript; a broken policy or script fails the test."""
    context: BrowserContext = browser.new_context(
        viewport=PHONE,  # type: ignore[arg-type]
        locale="id-ID",
        base_url=live_server.url,
        java_script_enabled=request.param == "with JavaScript",
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if "Content Security Policy" in line.text else None)
    yield page
    context.close()
    assert complaints == []


def test_file_a_report_with_a_photo_and_follow_it(phone: Page, world: World) -> None:
    phone.goto("/")
    phone.get_by_label("Apa yang ingin Anda laporkan?").fill(TEXT)
    phone.get_by_role("button", name="Lanjutkan").click()

    expect(phone.get_by_label("Apa yang terjadi, atau apa harapan Anda?")).to_have_value(TEXT)
    phone.get_by_label("Foto atau berkas").set_input_files(photo())  # type: ignore[arg-type]
    unfold(phone, "whom", "contact")
    phone.get_by_label("Instansi mana yang seharusnya menangani?").select_option("kota-uji")
    phone.get_by_label("Nomor ponsel atau surel").fill("nomor saya")
    phone.get_by_role("button", name="Kirim laporan").click()

    # Refused: told what and where, nothing lost, the photo is there already.
    expect(phone.get_by_role("alert")).to_contain_text("Ini bukan nomor telepon")
    expect(phone.get_by_label("Apa yang terjadi, atau apa harapan Anda?")).to_have_value(TEXT)
    expect(phone.get_by_text("lampu.jpg", exact=True)).to_be_visible()
    phone.get_by_label("Nomor ponsel atau surel").fill("0812 3456 7890")
    phone.get_by_role("button", name="Kirim laporan").click()

    expect(phone.get_by_role("heading", level=1)).to_have_text("Terima kasih. Laporan Anda sudah kami terima.")
    report = Report.objects.get()
    expect(phone.locator("#code")).to_have_text(show_code(report.code))
    assert Evidence.objects.get().name == "lampu.jpg"
    assert report.code not in phone.url

    phone.get_by_role("link", name="Ikuti laporan ini").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(report.title)
    expect(phone.locator(".standing")).to_contain_text("Kota Uji memeriksa laporan")
    phone.get_by_text("Mengapa tanggal ini?").first.click()
    expect(phone.get_by_text("SOP LAPOR! Pemerintah Kota Mataram").first).to_be_visible()
    expect(phone.get_by_role("img", name="lampu.jpg")).to_be_visible()


def open_report(phone: Page, case: Case) -> None:
    """Type the code as people do, in small letters."""
    phone.goto("/lacak/")
    phone.get_by_label("Kode laporan").fill(case.code.lower())
    phone.get_by_role("button", name="Tampilkan laporan").click()


def test_answer_what_was_asked_object_with_a_photo_and_confirm(phone: Page, case: Case) -> None:
    case.is_pending()
    open_report(phone, case)
    expect(phone.locator(".standing")).to_contain_text("Di jalan apa lubang itu?")
    phone.get_by_text("Jawab pertanyaan").click()
    phone.get_by_label("Jawaban Anda").fill("Di Jalan Pejanggik, depan pasar.")
    phone.get_by_role("button", name="Kirim jawaban").click()
    expect(phone.locator(".messages")).to_contain_text("Jawaban Anda ditambahkan")

    case.now = timezone.now()  # officers act after the person in front of the phone
    case.is_in_progress()
    case.is_followed_up()
    phone.reload()
    phone.get_by_text("Belum selesai", exact=True).click()
    phone.get_by_label("Apa yang belum selesai?").fill("Lubangnya masih ada.")
    phone.locator("#keberatan").get_by_label("Foto atau berkas").set_input_files(photo())  # type: ignore[arg-type]
    phone.get_by_role("button", name="Kirim keberatan").click()
    expect(phone.locator(".timeline")).to_contain_text("Lubangnya masih ada.")
    expect(phone.get_by_role("img", name="lampu.jpg")).to_be_visible()

    case.now = timezone.now()
    case.is_followed_up()
    phone.reload()
    phone.get_by_text("Sudah selesai", exact=True).click()
    phone.locator("#selesai .stars label").nth(3).click()
    phone.get_by_role("button", name="Ya, sudah selesai").click()
    expect(phone.locator(".standing")).to_contain_text("Ditutup: Anda menyatakan sudah selesai.")
    assert (case.status, case.report.rating) == (Status.CLOSED, 4)


def test_withdraw_and_leave_the_phone_to_somebody_else(phone: Page, case: Case) -> None:
    case.is_disposed()
    open_report(phone, case)

    phone.get_by_text("Pilihan lain", exact=True).click()
    phone.get_by_text("Cabut laporan", exact=True).click()
    phone.get_by_role("button", name="Ya, cabut laporan").click()
    expect(phone.locator(".standing")).to_contain_text("Masuk arsip karena Anda mencabutnya.")

    with phone.expect_navigation():
        phone.get_by_role("button", name="Tutup laporan ini di perangkat ini").click()
    phone.goto("/lacak/")
    expect(phone.get_by_label("Kode laporan")).to_have_value("")
    assert case.status == Status.ARCHIVED


def test_the_receipts_picture_opens_the_tracking_page_with_the_code(
    page: Page, case: Case, live_server: LiveServer
) -> None:
    case.is_submitted()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(f"{live_server.url}/lacak/#{show_code(case.code)}")

    expect(page.get_by_label("Kode laporan")).to_have_value(show_code(case.code))
    assert page.url == f"{live_server.url}/lacak/"
    assert not any(re.search(case.code[:5], address) for address in asked)


def test_no_page_is_wider_than_its_screen(page: Page, case: Case, live_server: LiveServer) -> None:
    case.is_disposed()
    report = f"/publik/{case.report.number}/"
    for address in ("/", "/lapor/", "/lacak/", "/publik/", report, "/sop/", "/bantuan/", "/masuk/"):
        page.goto(live_server.url + address)
        for width in (320, 390, 1440):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{address} at {width}"
