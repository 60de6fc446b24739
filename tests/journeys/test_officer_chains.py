"""Two chains from end to end: Mataram's city and seed A's ministry, each of seven roles acting at its own screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.builders import Case, World
from tests.journeys.keeping import SEND, WORDS, photo
from tests.journeys.sitting import SMALL, Sit, half_a_minute_passes, is_accessible, step

from lapor.kernel.models import Deed
from lapor.reports.models import Evidence, Report, Response
from lapor.sop.vocabulary import Status

TOLD = "Jalan di depan pasar berlubang sejak bulan lalu dan membahayakan pengendara motor."


@pytest.fixture
def phone(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """The phone of whoever reports."""
    context = browser.new_context(viewport=SMALL, locale="id-ID", base_url=live_server.url)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()


def files(phone: Page, case: Case) -> None:
    """Let a citizen who knows no institution file; from then on the case is that report."""
    phone.goto("/lapor/")
    phone.get_by_label(WORDS).fill(TOLD)
    phone.get_by_role("button", name=SEND).click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Laporan Anda sudah kami terima")
    case.code = Report.objects.get().code


def follows(phone: Page, case: Case) -> None:
    """Let the citizen open the report by its code."""
    phone.goto("/lacak/")
    field = phone.get_by_label("Kode laporan")
    if field.count():
        field.fill(case.code)
        phone.get_by_role("button", name="Tampilkan laporan").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(case.report.title)


def said_to_the_reporter(case: Case) -> list[tuple[str, str]]:
    told = Response.objects.filter(report__code=case.code, kind__in=("first_response", "follow_up"))
    return list(told.order_by("id").values_list("kind", "text"))


def test_mataram_with_seven_roles_from_the_report_to_the_reporters_word(
    sit: Sit, case: Case, world: World, phone: Page
) -> None:
    files(phone, case)  # 1 Pelapor
    with sit("admin-pusat") as page:  # 2 Admin Pusat
        step(page, case, "disposisi", "Disposisi", to="kota-uji")
    with sit("admin-kota") as page:  # 3 Admin Instansi
        step(page, case, "disposisi", "Disposisi", to="dinas-pupr")
    with sit("pp-pupr") as page:  # 4 Pejabat Penghubung
        step(page, case, "terima", "Terima")
        step(page, case, "respon-awal", "Respon awal", text="Lubang di depan pasar kami periksa besok, 23 November.")
        expect(page.locator(".leaving")).to_contain_text("Berangkat pukul")
        is_accessible(page)
        half_a_minute_passes()
        step(page, case, "teruskan", "Teruskan ke satuan kerja", to="bidang-bina-marga", text="Berapa lubang di sana?")
    with sit("petugas-bina-marga", phone=True) as page:  # 5 Satuan kerja, from the message on a phone
        page.goto("/meja/pesan/")
        page.locator(f'a[href="/meja/tugas/{case.number}/"]').first.click()
        expect(page.locator(".task-words")).to_have_text("Berapa lubang di sana?")
        assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]
        is_accessible(page)
        page.get_by_label("Jawaban Anda").fill("Ada empat lubang, sudah kami tambal.")
        page.locator("input[name=camera]").set_input_files(photo("tambal.jpg"))
        page.get_by_role("button", name="Jawab Pejabat Penghubung").click()
        expect(page.get_by_text("Tidak ada yang ditanyakan")).to_be_visible()
    with sit("pp-pupr") as page:
        step(page, case, "rilis-respon", "Sampaikan sebagai respon awal")
        half_a_minute_passes()
        step(page, case, "lapor-pimpinan", "Sampaikan kepada pimpinan", text="Mohon persetujuan menutup laporan.")
    with sit("pimpinan-pupr", phone=True) as page:  # 6 Pimpinan, on a phone
        page.goto("/meja/pimpinan/")
        is_accessible(page)
        page.locator(f'a[href="/meja/tugas/{case.number}/"]').first.click()
        expect(page.locator(".task-words")).to_have_text("Mohon persetujuan menutup laporan.")
        is_accessible(page)
        page.get_by_role("button", name="Setujui").click()
        expect(page.get_by_text("Tidak ada yang ditanyakan")).to_be_visible()
    with sit("pp-pupr") as page:
        done = {"text": "Empat lubang di depan pasar sudah kami tambal.", "done_by": "Tim Bina Marga"}
        page.goto(f"/meja/laporan/{case.number}/tindak-lanjut/")
        expect(page.locator(".answer-follow_up")).to_be_visible()
        is_accessible(page)
        today = datetime.now(UTC).astimezone().date().isoformat()
        step(page, case, "tindak-lanjut", "Tindak lanjut", done_on=today, **done)
        half_a_minute_passes()
    with sit("panrb") as page:  # 7 Pengawas reads, changes nothing, and takes the register of every step along
        page.goto(f"/meja/laporan/{case.number}/")
        expect(page.locator(".timeline")).to_contain_text("Empat lubang di depan pasar sudah kami tambal.")
        expect(page.locator("#tindakan .btn-primary")).to_have_count(0)
        page.goto("/meja/register/")
        page.locator("summary", has_text="Unduh").click()
        with page.expect_download() as taken:
            page.get_by_role("button", name="CSV").click()
        assert case.number in taken.value.path().read_text(encoding="utf-8-sig")
    follows(phone, case)  # 1 Pelapor has the last word
    phone.get_by_text("Sudah selesai", exact=True).click()
    phone.locator("#selesai .stars label").nth(4).click()
    phone.get_by_role("button", name="Ya, sudah selesai").click()
    expect(phone.locator(".standing")).to_contain_text("Ditutup: Anda menyatakan sudah selesai.")

    assert (case.status, case.report.rating) == (Status.CLOSED, 5)
    assert Deed.objects.get(action="file_taken").account == world["panrb"].account
    assert [kind for kind, _text in said_to_the_reporter(case)] == ["first_response", "first_response", "follow_up"]
    assert not Evidence.objects.filter(is_public=True).exists()


def test_seed_a_with_seven_roles_from_the_member_to_the_ombudsmans_outcome(
    sit: Sit, case: Case, world: World, phone: Page
) -> None:
    files(phone, case)  # 1 Masyarakat (S6)
    with sit("admin-pusat") as page:  # 2 Admin Pusat (S8)
        step(page, case, "disposisi", "Disposisi", to="lembaga-uji")
    with sit("admin-lembaga") as page:  # 3 Admin Instansi
        step(page, case, "disposisi", "Disposisi", to="biro-layanan")
    with sit("pp-biro") as page:  # 4 Pejabat Penghubung (S9)
        step(page, case, "teruskan", "Teruskan ke satuan kerja", to="kantor-wilayah", text="Mohon dijawab hari ini.")
    with sit("petugas-wilayah", phone=True) as page:  # 5 Satuan kerja (S10, S11)
        page.goto(f"/meja/tugas/{case.number}/")
        page.get_by_role("button", name="Terima penerusan").click()
        expect(page.get_by_label("Jawaban Anda")).to_be_visible()
        page.get_by_label("Jawaban Anda").fill("Jalan itu kami perbaiki pekan ini.")
        page.get_by_role("button", name="Jawab Pejabat Penghubung").click()
        expect(page.get_by_text("Tidak ada yang ditanyakan")).to_be_visible()
    with sit("pp-biro") as page:  # S12: taken back once, then released
        step(page, case, "rilis-respon", "Sampaikan sebagai respon awal")
        page.get_by_role("button", name="Batalkan kirim").click()
        expect(page.locator("#id_text")).to_have_value("Jalan itu kami perbaiki pekan ini.")
        assert said_to_the_reporter(case) == []
        page.get_by_role("button", name="Sampaikan sebagai respon awal", exact=True).click()
        expect(page.locator(".leaving")).to_be_visible()
        half_a_minute_passes()
        step(page, case, "lapor-pimpinan", "Sampaikan kepada pimpinan", text="Mohon arahan.")
    with sit("pimpinan-biro", phone=True) as page:  # 6 Pimpinan asks, and nobody ever answers
        page.goto(f"/meja/tugas/{case.number}/")
        page.get_by_label("Jawaban Anda").fill("Berapa biayanya?")
        page.get_by_role("button", name="Bertanya balik").click()
        expect(page.get_by_text("Tidak ada yang ditanyakan")).to_be_visible()

    follows(phone, case)  # S13
    expect(phone.locator(".timeline")).to_contain_text("Jalan itu kami perbaiki pekan ini.")
    assert said_to_the_reporter(case) == [("first_response", "Jalan itu kami perbaiki pekan ini.")]
    assert case.status == Status.IN_PROGRESS

    with time_machine.travel(datetime.now(UTC) + timedelta(days=150), tick=True):  # more than sixty working days (S34)
        case.now = datetime.now(UTC)
        case.sweep()
        assert case.status == Status.ESCALATED
        with sit("ombudsman") as page:  # 7 Ombudsman (C8)
            page.goto("/meja/ombudsman/")
            expect(page.locator("main")).to_contain_text(case.number)
            is_accessible(page)
            step(page, case, "minta-data", "Minta data", text="Mengapa jalan itu belum diperbaiki?")
        with sit("admin-lembaga") as page:
            step(page, case, "beri-data", "Beri data kepada Ombudsman", text="Anggaran baru turun bulan ini.")
        with sit("ombudsman") as page:
            page.goto(f"/meja/laporan/{case.number}/")
            expect(page.locator(".timeline")).to_contain_text("Anggaran baru turun bulan ini.")
            step(page, case, "hasil", "Catat hasil", text="Jalan sudah diperbaiki setelah klarifikasi.")
        follows(phone, case)
        expect(phone.locator(".timeline")).to_contain_text("Jalan sudah diperbaiki setelah klarifikasi.")
        expect(phone.locator("main")).not_to_contain_text("Anggaran baru turun bulan ini.")
    assert (case.status, case.report.close_reason) == (Status.CLOSED, "ombudsman")


def test_words_are_kept_while_they_are_typed_and_found_again_on_another_machine(sit: Sit, case: Case) -> None:
    case.now = datetime.now(UTC)
    case.is_disposed()

    with sit("pp-pupr") as page:
        page.goto(f"/meja/laporan/{case.number}/respon-awal/")
        page.locator("#id_text").press_sequentially("Kami periksa besok")
        expect(page.locator("#tersimpan")).to_contain_text("Konsep tersimpan")
    with sit("pp-pupr") as page:
        page.goto(f"/meja/laporan/{case.number}/respon-awal/")
        expect(page.locator("#id_text")).to_have_value("Kami periksa besok")
        page.get_by_role("button", name="Periksa dulu").click()
        expect(page.locator(".review")).to_contain_text("Di halaman pelacakan")
        is_accessible(page)


def test_an_answer_is_written_checked_and_sent_by_keyboard_alone(sit: Sit, case: Case) -> None:
    case.now = datetime.now(UTC)
    case.is_disposed()

    with sit("pp-pupr") as page:
        page.goto(f"/meja/laporan/{case.number}/respon-awal/")
        expect(page.locator("#id_text")).to_be_focused()
        page.keyboard.type("Lubang di depan pasar kami periksa besok.")
        send = page.get_by_role("button", name="Respon awal", exact=True)
        for _ in range(12):
            page.keyboard.press("Tab")
            if send.evaluate("button => button === document.activeElement"):
                break
        page.keyboard.press("Enter")
        expect(page.locator(".leaving")).to_be_visible()
