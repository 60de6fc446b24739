"""What is typed stays on the phone until the server has it, and what other apps share comes to it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.builders import Case, World
from tests.journeys.keeping import (
    AGED,
    KEPT,
    KEPT_HERE,
    SEND,
    SHARE,
    TEXT,
    WHOLE_STORE,
    WORDS,
    begin,
    photo,
    unfold,
    until,
)

from lapor.agencies.models import Category
from lapor.kernel.codes import show_code
from lapor.reports.models import Evidence, Report

RECEIVED = "Terima kasih. Laporan Anda sudah kami terima."


def opened_with(app: BrowserContext, text: str) -> Page:
    """Return another tab with the form, once the draft of the first has come up in it."""
    other = app.new_page()
    other.goto("/lapor/")
    expect(other.get_by_label(WORDS)).to_have_value(text)
    return other


class TestADraft:
    def test_comes_back_with_its_photo_after_a_reload_and_goes_when_it_was_sent(self, tab: Page) -> None:
        begin(tab)
        tab.get_by_label("Foto atau berkas").set_input_files(photo())
        unfold(tab, "secrecy")
        tab.get_by_label("Anonim").check()
        tab.get_by_label(WORDS).press_sequentially(" Tolong.")
        expect(tab.get_by_text(KEPT)).to_be_visible()
        tab.goto("/bantuan/")
        tab.goto("/lapor/")

        expect(tab.get_by_label(WORDS)).to_have_value(TEXT + " Tolong.")
        expect(tab.get_by_label("Anonim")).to_be_checked()
        expect(tab.get_by_text("lampu.jpg", exact=True)).to_be_visible()
        tab.get_by_role("button", name=SEND).click()
        expect(tab.get_by_role("heading", level=1)).to_have_text("Terima kasih. Laporan Anda sudah kami terima.")
        tab.goto("/lapor/")
        expect(tab.get_by_label(WORDS)).to_have_value("")
        assert Evidence.objects.get().name == "lampu.jpg"

    def test_survives_the_browser(self, tab: Page, app: BrowserContext) -> None:
        begin(tab)
        tab.close()
        tab = app.new_page()
        tab.goto("/lapor/")

        expect(tab.get_by_label(WORDS)).to_have_value(TEXT)

    def test_is_deleted_when_its_writer_says_so(self, tab: Page) -> None:
        begin(tab)
        tab.get_by_role("button", name="Hapus draf ini").click()

        expect(tab.get_by_label(WORDS)).to_have_value("")
        tab.reload()
        expect(tab.get_by_label(WORDS)).to_have_value("")

    def test_in_two_tabs_loses_no_word_of_either(self, tab: Page, app: BrowserContext) -> None:
        begin(tab, "Kata dari tab pertama, yang panjang.")
        other = opened_with(app, "Kata dari tab pertama, yang panjang.")
        other.get_by_label(WORDS).fill("Kata dari tab kedua, yang lebih baru.")
        told = tab.get_by_text("Laporan ini Anda lanjutkan di tab lain.")
        expect(told).to_be_visible()
        expect(tab.get_by_label(WORDS)).to_have_value("Kata dari tab pertama, yang panjang.")

        tab.get_by_label(WORDS).press_sequentially(" Lagi.")  # the newest keystroke is here now
        expect(tab.get_by_text("Ada versi lain")).to_contain_text("Kata dari tab kedua")
        tab.reload()
        expect(tab.get_by_label(WORDS)).to_have_value("Kata dari tab pertama, yang panjang. Lagi.")
        tab.get_by_role("button", name="Pakai versi yang lain").click()
        expect(tab.get_by_label(WORDS)).to_have_value("Kata dari tab kedua, yang lebih baru.")

    def test_sent_in_one_tab_leaves_the_other_report_of_the_other_tab(self, tab: Page, app: BrowserContext) -> None:
        begin(tab, "Kata dari tab pertama, tentang lampu yang mati.")
        other = opened_with(app, "Kata dari tab pertama, tentang lampu yang mati.")
        other.get_by_label(WORDS).fill("Kata dari tab kedua, tentang sampah yang menumpuk.")
        expect(tab.get_by_text("Laporan ini Anda lanjutkan di tab lain.")).to_be_visible()

        tab.get_by_role("button", name=SEND).click()
        expect(tab.get_by_role("heading", level=1)).to_have_text("Terima kasih. Laporan Anda sudah kami terima.")
        other.reload()

        expect(other.get_by_label(WORDS)).to_have_value("Kata dari tab kedua, tentang sampah yang menumpuk.")
        other.get_by_role("button", name=SEND).click()
        expect(other.get_by_role("heading", level=1)).to_have_text("Terima kasih. Laporan Anda sudah kami terima.")
        assert Report.objects.count() == 2

    def test_whose_sending_broke_off_is_not_thrown_away_for_an_older_receipt(self, tab: Page) -> None:
        begin(tab)
        tab.get_by_role("button", name=SEND).click()
        expect(tab.get_by_role("heading", level=1)).to_have_text("Terima kasih. Laporan Anda sudah kami terima.")
        begin(tab, "Laporan kedua: sampah menumpuk di pasar.")
        tab.evaluate("HTMLFormElement.prototype.submit = () => { document.title = 'no network'; }")
        tab.get_by_role("button", name=SEND).click()
        expect(tab).to_have_title("no network")

        tab.goto("/lapor/terima-kasih/")
        tab.goto("/perangkat/")

        expect(tab.get_by_text("Laporan kedua: sampah menumpuk di pasar").first).to_be_visible()

    def test_that_was_sent_does_not_rise_again_by_going_back(self, tab: Page) -> None:
        begin(tab)
        tab.get_by_role("button", name=SEND).click()
        expect(tab.get_by_role("heading", level=1)).to_have_text(RECEIVED)
        expect(tab.locator(".code").first).to_be_visible()
        until(tab, "() => sessionStorage.getItem('lapor.sent') !== null")
        tab.go_back()

        expect(tab.get_by_text("Tulisan ini sudah Anda kirim dan sudah kami terima.")).to_be_visible()
        expect(tab.get_by_label(WORDS)).to_have_value("")
        assert tab.evaluate(KEPT_HERE) == []
        tab.get_by_role("link", name="Lihat tanda terima").click()
        expect(tab.locator("#code")).to_have_text(show_code(Report.objects.get().code))
        tab.goto("/lapor/")
        expect(tab.get_by_label(WORDS)).to_have_value("")

    def test_written_after_going_back_has_a_title_of_its_own(self, tab: Page) -> None:
        begin(tab)
        title = tab.locator("#id_title")
        expect(title).to_have_value("Lampu jalan di depan sekolah padam sejak dua minggu")
        tab.get_by_role("button", name=SEND).click()
        expect(tab.get_by_role("heading", level=1)).to_have_text(RECEIVED)
        until(tab, "() => sessionStorage.getItem('lapor.sent') !== null")
        tab.go_back()
        expect(tab.get_by_label(WORDS)).to_have_value("")
        tab.get_by_label(WORDS).fill("Sampah menumpuk di pasar sejak Senin.")

        expect(title).to_have_value("Sampah menumpuk di pasar sejak Senin")

    def test_that_comes_back_lets_its_proposed_title_follow_the_text(self, tab: Page) -> None:
        begin(tab)
        title = tab.locator("#id_title")
        expect(title).to_have_value("Lampu jalan di depan sekolah padam sejak dua minggu")
        tab.get_by_label(WORDS).press_sequentially(" Tolong.")
        until(tab, f"async () => JSON.stringify(await ({KEPT_HERE})()).includes('Tolong.')")
        tab.reload()
        expect(tab.get_by_label(WORDS)).to_have_value(TEXT + " Tolong.")
        tab.get_by_label(WORDS).fill("Sampah menumpuk di pasar sejak Senin.")

        expect(title).to_have_value("Sampah menumpuk di pasar sejak Senin")

    def test_of_a_comment_comes_back_after_the_network_failed(
        self, tab: Page, app: BrowserContext, world: World
    ) -> None:
        case = Case(world).is_in_progress()
        tab.goto(f"/publik/{case.number}/")
        tab.get_by_text("Tulis komentar").click()
        box = tab.locator("#komentar textarea")
        box.fill("Di gang sebelah juga padam.")
        expect(tab.get_by_text(KEPT)).to_be_visible()
        app.set_offline(True)
        tab.get_by_role("button", name="Kirim komentar").click()
        expect(tab.get_by_text("Tidak ada jaringan", exact=False).first).to_be_visible()
        tab.goto("about:blank")
        app.set_offline(False)
        tab.goto(f"/publik/{case.number}/")

        expect(box).to_have_value("Di gang sebelah juga padam.")

    def test_of_a_category_that_is_gone_says_so(self, tab: Page, world: World) -> None:
        Category.objects.create(code="lampu", name_id="Penerangan jalan", name_en="Street lights")
        tab.goto("/lapor/")
        unfold(tab, "whom")
        tab.get_by_label("Tentang apa?").select_option("lampu")
        tab.get_by_label(WORDS).fill(TEXT)
        expect(tab.get_by_text(KEPT)).to_be_visible()
        Category.objects.filter(code="lampu").update(is_active=False)
        tab.reload()

        expect(tab.get_by_text("sudah tidak ada")).to_be_visible()
        expect(tab.get_by_label("Tentang apa?")).to_have_value("")
        expect(tab.get_by_label(WORDS)).to_have_value(TEXT)

    def test_of_more_than_thirty_days_is_offered_for_deletion(self, tab: Page) -> None:
        begin(tab)
        tab.evaluate(AGED)
        tab.reload()

        notice = tab.locator(".draft-notes")
        expect(notice).to_contain_text("lebih dari 30 hari")
        expect(notice).to_contain_text(
            re.compile(r"(Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu), \d+ \w+ \d{4} pukul \d\d\.\d\d WITA")
        )
        expect(tab.get_by_label(WORDS)).to_have_value(TEXT)
        notice.get_by_role("button", name="Hapus draf ini").click()
        expect(tab.get_by_label(WORDS)).to_have_value("")

    def test_of_a_secret_report_can_be_forgotten_with_the_tab(self, tab: Page, app: BrowserContext) -> None:
        begin(tab)
        unfold(tab, "secrecy")
        tab.get_by_label("Rahasia").check()
        expect(tab.get_by_text("Draf ini hanya ada di perangkat ini.")).to_be_visible()
        tab.get_by_label("Lupakan begitu tab ini saya tutup").check()
        tab.get_by_label(WORDS).press_sequentially(" Nama saya jangan disebut.")
        until(tab, "() => sessionStorage.getItem('report').includes('jangan disebut')")
        tab.reload()
        expect(tab.get_by_label(WORDS)).to_have_value(TEXT + " Nama saya jangan disebut.")

        app.set_offline(True)
        tab.get_by_role("button", name=SEND).click()
        expect(tab.get_by_text("Anda meminta kami tidak menyimpan apa pun")).to_be_visible()
        assert tab.evaluate(KEPT_HERE) == []
        tab.close()
        app.set_offline(False)
        tab = app.new_page()
        tab.goto("/lapor/")
        expect(tab.get_by_label(WORDS)).to_have_value("")

    def test_of_an_answer_is_kept_under_a_name_that_hides_the_code(self, tab: Page, world: World) -> None:
        case = Case(world).is_pending()
        tab.goto("/lacak/")
        tab.get_by_label("Kode laporan").fill(case.code)
        tab.get_by_role("button", name="Tampilkan laporan").click()
        tab.get_by_text("Jawab pertanyaan").click()
        tab.get_by_label("Jawaban Anda").fill("Di Jalan Pejanggik, depan pasar.")
        expect(tab.get_by_text(KEPT).first).to_be_visible()
        tab.reload()

        expect(tab.get_by_label("Jawaban Anda")).to_have_value("Di Jalan Pejanggik, depan pasar.")
        everything = tab.evaluate(WHOLE_STORE)
        assert "Pejanggik" in everything
        assert case.code not in everything
        assert show_code(case.code) not in everything
        tab.get_by_role("button", name="Kirim jawaban").click()
        expect(tab.get_by_role("status").first).to_contain_text("Jawaban Anda ditambahkan")
        until(tab, f"async () => !(await ({WHOLE_STORE})()).includes('Pejanggik')")


@pytest.mark.parametrize(
    ("zone", "language", "said"),
    [
        ("Asia/Jakarta", "id", r"pukul \d\d\.\d\d WIB\."),
        ("Asia/Jayapura", "id", r"pukul \d\d\.\d\d WIT\."),
        ("Asia/Jayapura", "en", r"at \d\d:\d\d WIT\."),
        ("Asia/Tokyo", "id", r"pukul \d\d\.\d\d (GMT\+9|JST)\."),
    ],
)
def test_times_on_the_device_name_their_zone(
    browser: Browser, live_server: LiveServer, world: World, zone: str, language: str, said: str
) -> None:
    phone = browser.new_context(base_url=live_server.url, timezone_id=zone, locale="en-US")
    phone.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    page = phone.new_page()
    page.goto("/lapor/")
    page.locator("#id_text").fill(TEXT)

    expect(page.locator(".draft-bar")).to_contain_text(re.compile(said))
    phone.close()


class TestSharing:
    """The phone posts what another app shared; in Chromium a form of our own does it the same way."""

    def share(self, tab: Page, *files: Any, text: str = TEXT) -> None:
        tab.goto("/bantuan/")
        tab.evaluate(SHARE, [text, [[f["name"], f["mimeType"], f.get("size", 0)] for f in files]])
        tab.wait_for_url("**/lapor/")

    def test_puts_a_photo_and_a_text_into_the_form(self, tab: Page) -> None:
        self.share(tab, {"name": "banjir.jpg", "mimeType": "image/jpeg", "size": 5000})

        expect(tab.get_by_label(WORDS)).to_have_value(TEXT)
        expect(tab.get_by_text("banjir.jpg", exact=True)).to_be_visible()
        expect(tab.get_by_text("Yang Anda bagikan sudah ditambahkan di sini.")).to_be_visible()

    def test_tells_of_a_video_of_forty_megabytes_and_keeps_the_text(self, tab: Page) -> None:
        self.share(tab, {"name": "banjir.mp4", "mimeType": "video/mp4", "size": 40 * 1024 * 1024})

        expect(tab.get_by_text("“banjir.mp4” tidak ikut: 40 MB terlalu besar")).to_be_visible()
        expect(tab.get_by_label(WORDS)).to_have_value(TEXT)

    def test_waits_beside_what_is_being_written_until_its_writer_asks_for_it(self, tab: Page) -> None:
        begin(tab, "Ini sudah saya tulis sebelumnya.")
        self.share(tab, {"name": "banjir.jpg", "mimeType": "image/jpeg", "size": 5000}, text="Ini dari aplikasi lain.")

        expect(tab.get_by_text("“Ini dari aplikasi lain.”")).to_be_visible()
        expect(tab.get_by_label(WORDS)).to_have_value("Ini sudah saya tulis sebelumnya.")
        expect(tab.get_by_text("banjir.jpg", exact=True)).to_have_count(0)
        tab.get_by_role("button", name="Tambahkan ke laporan saya").click()
        expect(tab.get_by_label(WORDS)).to_have_value("Ini sudah saya tulis sebelumnya.\n\nIni dari aplikasi lain.")
        expect(tab.get_by_text("banjir.jpg", exact=True)).to_be_visible()
        until(tab, f"async () => JSON.stringify(await ({KEPT_HERE})()).includes('Ini dari aplikasi lain.')")
        tab.reload()
        expect(tab.get_by_label(WORDS)).to_have_value("Ini sudah saya tulis sebelumnya.\n\nIni dari aplikasi lain.")
        expect(tab.get_by_text("“Ini dari aplikasi lain.”")).to_have_count(0)

    def test_of_another_site_is_thrown_away_by_one_press(self, tab: Page) -> None:
        begin(tab, "Ini sudah saya tulis sebelumnya.")
        self.share(tab, text="Suntikan dari situs lain.")
        tab.get_by_role("button", name="Hapus yang dibagikan").click()
        until(tab, f"async () => !(await ({WHOLE_STORE})()).includes('Suntikan')")
        tab.reload()

        expect(tab.get_by_label(WORDS)).to_have_value("Ini sudah saya tulis sebelumnya.")
        expect(tab.get_by_text("Suntikan")).to_have_count(0)

    def test_works_without_a_network(self, tab: Page, app: BrowserContext) -> None:
        tab.goto("/bantuan/")
        app.set_offline(True)
        tab.evaluate(SHARE, [TEXT, []])
        tab.wait_for_url("**/lapor/")

        expect(tab.get_by_label(WORDS)).to_have_value(TEXT)
