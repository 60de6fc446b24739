"""Two chains from end to end: Mataram's city and seed A's ministry, each role at its screen, the head on a phone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect
from tests.builders import Case, World
from tests.journeys.keeping import photo
from tests.journeys.sitting import SMALL, Sit, half_a_minute_passes, is_accessible, step

from lapor.reports.models import Evidence, Response
from lapor.reports.usecases import confirm
from lapor.sop.vocabulary import Holder, Status


def said_to_the_reporter(case: Case) -> list[tuple[str, str]]:
    told = Response.objects.filter(report__code=case.code, kind__in=("first_response", "follow_up"))
    return list(told.order_by("id").values_list("kind", "text"))


def test_mataram_from_the_national_desk_to_the_reporters_word(sit: Sit, case: Case, world: World) -> None:
    case.now = datetime.now(UTC)
    case.is_submitted(agency="")

    with sit("admin-pusat") as page:  # 1 Admin Pusat
        step(page, case, "disposisi", "Disposisi", to="kota-uji")
    with sit("admin-kota") as page:  # 2 Admin Instansi
        step(page, case, "disposisi", "Disposisi", to="dinas-pupr")
    with sit("pp-pupr") as page:  # 3 Pejabat Penghubung
        step(page, case, "terima", "Terima")
        step(page, case, "respon-awal", "Respon awal", text="Lubang di depan pasar kami periksa besok, 23 November.")
        expect(page.locator(".leaving")).to_contain_text("Berangkat pukul")
        is_accessible(page)
        half_a_minute_passes()
        step(page, case, "teruskan", "Teruskan ke satuan kerja", to="bidang-bina-marga", text="Berapa lubang di sana?")
    with sit("petugas-bina-marga", phone=True) as page:  # 4 Satuan kerja, from the message on a phone
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
    with sit("pimpinan-pupr", phone=True) as page:  # 5 Pimpinan, on a phone
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
    with sit("panrb") as page:  # 6 Pengawas reads, and can do nothing
        page.goto(f"/meja/laporan/{case.number}/")
        expect(page.locator(".timeline")).to_contain_text("Empat lubang di depan pasar sudah kami tambal.")
        expect(page.locator("#tindakan .btn-primary")).to_have_count(0)
    case.now = datetime.now(UTC) + timedelta(minutes=1)
    case.act(confirm.confirm_done, "reporter", rating=5)  # 7 Pelapor

    assert case.status == Status.CLOSED
    assert [kind for kind, _text in said_to_the_reporter(case)] == ["first_response", "first_response", "follow_up"]
    assert not Evidence.objects.filter(is_public=True).exists()


def test_seed_a_from_the_member_to_the_answer(sit: Sit, case: Case, world: World) -> None:
    case.now = datetime.now(UTC)
    case.is_submitted(agency="")

    with sit("admin-pusat") as page:
        step(page, case, "disposisi", "Disposisi", to="lembaga-uji")
    with sit("admin-lembaga") as page:
        step(page, case, "disposisi", "Disposisi", to="biro-layanan")
    with sit("pp-biro") as page:  # S9
        step(page, case, "teruskan", "Teruskan ke satuan kerja", to="kantor-wilayah", text="Mohon dijawab hari ini.")
    with sit("petugas-wilayah", phone=True) as page:  # S10, S11
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
    with sit("pimpinan-biro", phone=True) as page:
        page.goto(f"/meja/tugas/{case.number}/")
        page.get_by_label("Jawaban Anda").fill("Berapa biayanya?")
        page.get_by_role("button", name="Bertanya balik").click()
        expect(page.get_by_text("Tidak ada yang ditanyakan")).to_be_visible()

    assert said_to_the_reporter(case) == [("first_response", "Jalan itu kami perbaiki pekan ini.")]  # S13
    assert case.status == Status.IN_PROGRESS
    assert case.holder == (Holder.UNIT, "biro-layanan")


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
