"""The app on a phone: written without a network, sent once there is one, and nothing left behind that is nobody's."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.builders import Case, World
from tests.journeys.conftest import PHONE

from lapor.agencies.models import Category
from lapor.kernel.codes import show_code
from lapor.reports.models import Evidence, Report

TEXT = "Lampu jalan di depan sekolah padam sejak dua minggu. Anak-anak takut lewat."
WORDS = "Apa yang terjadi, atau apa harapan Anda?"
SEND = "Kirim laporan"
KEPT = "Tersimpan di perangkat ini"


def photo(name: str = "lampu.jpg") -> Any:
    """Return a photo as the browser's file chooser would."""
    content = io.BytesIO()
    Image.effect_noise((320, 240), 40).convert("RGB").save(content, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": content.getvalue()}


@pytest.fixture
def context(browser: Browser, live_server: LiveServer, world: World) -> Iterator[BrowserContext]:
    """A phone that came here before: the service worker is at work."""
    phone = browser.new_context(viewport=PHONE, locale="id-ID", timezone_id="Asia/Makassar", base_url=live_server.url)  # type: ignore[arg-type]
    page = phone.new_page()
    page.goto("/bantuan/")
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("navigator.serviceWorker.controller")
    page.close()
    yield phone
    phone.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A tab of that phone; a broken policy or script fails the test."""
    tab = context.new_page()
    complaints: list[str] = []
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("console", lambda line: complaints.append(line.text) if "Content Security Policy" in line.text else None)
    yield tab
    assert complaints == []


def until(page: Page, is_so: str) -> None:
    """Wait until a function of the page answers yes; Playwright's own way would need `eval`, which our policy forbids."""
    for _ in range(100):
        if page.evaluate(is_so):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {is_so[:200]}")


def begin(page: Page, text: str = TEXT) -> None:
    """Open the form and write."""
    page.goto("/lapor/")
    page.get_by_label(WORDS).fill(text)
    expect(page.get_by_text(KEPT)).to_be_visible()


def test_a_report_with_a_photo_written_without_a_network_is_one_report_when_there_is_one(
    page: Page, context: BrowserContext
) -> None:
    context.set_offline(True)
    page.goto("/lapor/")  # the page comes from the phone
    page.get_by_label(WORDS).fill(TEXT)
    page.get_by_label("Foto atau berkas").set_input_files(photo())
    page.get_by_role("button", name=SEND).click()

    waiting = page.locator("[data-outbox]")
    expect(waiting).to_contain_text("Menunggu jaringan")
    assert not Report.objects.exists()

    page.goto("/perangkat/")  # it waits there too, after the page was closed
    expect(page.locator("[data-outbox]")).to_contain_text("Menunggu jaringan")
    context.set_offline(False)

    proof = page.locator("[data-outbox]")
    expect(proof).to_contain_text("Terkirim")
    report = Report.objects.get()
    expect(proof.locator(".code")).to_have_text(show_code(report.code))
    assert Evidence.objects.get().name == "lampu.jpg"

    page.goto("/lapor/")  # nothing of it stands in the form any more
    expect(page.get_by_label(WORDS)).to_have_value("")
    context.set_offline(True)
    page.goto("/perangkat/")  # the proof is read without a network, until it is forgotten
    expect(page.locator(".code")).to_have_text(show_code(report.code))
    page.get_by_role("button", name="Hapus bukti dari perangkat ini").click()
    expect(page.get_by_text("Tidak ada yang tersimpan di sini.")).to_be_visible()
    assert Report.objects.count() == 1


def test_the_network_that_dies_in_the_middle_of_sending_loses_nothing_and_doubles_nothing(
    page: Page, context: BrowserContext
) -> None:
    begin(page)
    page.get_by_label("Foto atau berkas").set_input_files(photo())
    expect(page.locator(".file-done")).to_be_visible()
    page.evaluate(ARRIVES)  # the server has it, and its answer never comes
    first = Report.objects.get()
    context.set_offline(True)
    page.get_by_role("button", name=SEND).click()
    expect(page.locator("[data-outbox]")).to_contain_text("Menunggu jaringan")
    context.set_offline(False)

    expect(page.locator("[data-outbox]")).to_contain_text("Terkirim")
    assert Report.objects.get() == first  # the second try only fetched its proof
    expect(page.locator("[data-outbox] .code")).to_have_text(show_code(first.code))
    assert Evidence.objects.count() == 1


def test_a_server_that_fails_is_asked_again(page: Page, context: BrowserContext) -> None:
    begin(page)
    context.set_offline(True)
    page.get_by_role("button", name=SEND).click()
    expect(page.locator("[data-outbox]")).to_contain_text("Menunggu jaringan")
    context.route("**/lapor/kirim/", lambda route: route.fulfill(status=503, body="later"))
    context.set_offline(False)
    page.get_by_role("button", name="Kirim sekarang").click()

    expect(page.locator("[data-outbox]")).to_contain_text("Menunggu jaringan")
    context.unroute("**/lapor/kirim/")
    page.get_by_role("button", name="Kirim sekarang").click()

    expect(page.locator("[data-outbox]")).to_contain_text("Terkirim")
    assert Report.objects.count() == 1


def test_what_the_server_refuses_wants_to_be_looked_at_and_goes_back_into_the_form(
    page: Page, context: BrowserContext
) -> None:
    begin(page)
    page.get_by_label("Nomor ponsel atau surel").fill("nomor saya")
    context.set_offline(True)
    page.get_by_role("button", name=SEND).click()
    expect(page.locator("[data-outbox]")).to_contain_text("Menunggu jaringan")
    context.set_offline(False)

    expect(page.locator("[data-outbox]")).to_contain_text("Perlu Anda lihat")
    expect(page.locator("[data-outbox]")).to_contain_text("Ini bukan nomor telepon")
    page.get_by_role("button", name="Buka di formulir").click()
    expect(page.get_by_label(WORDS)).to_have_value(TEXT)
    page.get_by_label("Nomor ponsel atau surel").fill("0812 3456 7890")
    page.get_by_role("button", name=SEND).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Terima kasih. Laporan Anda sudah kami terima.")
    assert Report.objects.count() == 1


class TestADraft:
    def test_comes_back_with_its_photo_after_a_reload_and_goes_when_it_was_sent(self, page: Page) -> None:
        begin(page)
        page.get_by_label("Foto atau berkas").set_input_files(photo())
        page.get_by_label("Anonim").check()
        page.get_by_label(WORDS).press_sequentially(" Tolong.")
        expect(page.get_by_text(KEPT)).to_be_visible()
        page.goto("/bantuan/")
        page.goto("/lapor/")

        expect(page.get_by_label(WORDS)).to_have_value(TEXT + " Tolong.")
        expect(page.get_by_label("Anonim")).to_be_checked()
        expect(page.get_by_text("lampu.jpg", exact=True)).to_be_visible()
        page.get_by_role("button", name=SEND).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Terima kasih. Laporan Anda sudah kami terima.")
        page.goto("/lapor/")
        expect(page.get_by_label(WORDS)).to_have_value("")
        assert Evidence.objects.get().name == "lampu.jpg"

    def test_survives_the_browser(self, page: Page, context: BrowserContext) -> None:
        begin(page)
        page.close()
        tab = context.new_page()
        tab.goto("/lapor/")

        expect(tab.get_by_label(WORDS)).to_have_value(TEXT)

    def test_is_deleted_when_its_writer_says_so(self, page: Page) -> None:
        begin(page)
        page.get_by_role("button", name="Hapus draf ini").click()

        expect(page.get_by_label(WORDS)).to_have_value("")
        page.reload()
        expect(page.get_by_label(WORDS)).to_have_value("")

    def test_in_two_tabs_loses_no_word_of_either(self, page: Page, context: BrowserContext) -> None:
        begin(page, "Kata dari tab pertama, yang panjang.")
        other = context.new_page()
        other.goto("/lapor/")
        other.get_by_label(WORDS).fill("Kata dari tab kedua, yang lebih baru.")
        told = page.get_by_text("Laporan ini Anda lanjutkan di tab lain.")
        expect(told).to_be_visible()
        expect(page.get_by_label(WORDS)).to_have_value("Kata dari tab pertama, yang panjang.")

        page.get_by_label(WORDS).press_sequentially(" Lagi.")  # the newest keystroke is here now
        expect(page.get_by_text("Ada versi lain")).to_contain_text("Kata dari tab kedua")
        page.reload()
        expect(page.get_by_label(WORDS)).to_have_value("Kata dari tab pertama, yang panjang. Lagi.")
        page.get_by_role("button", name="Pakai versi yang lain").click()
        expect(page.get_by_label(WORDS)).to_have_value("Kata dari tab kedua, yang lebih baru.")

    def test_of_a_category_that_is_gone_says_so(self, page: Page, world: World) -> None:
        Category.objects.create(code="lampu", name_id="Penerangan jalan", name_en="Street lights")
        page.goto("/lapor/")
        page.get_by_label("Tentang apa?").select_option("lampu")
        page.get_by_label(WORDS).fill(TEXT)
        expect(page.get_by_text(KEPT)).to_be_visible()
        Category.objects.filter(code="lampu").update(is_active=False)
        page.reload()

        expect(page.get_by_text("sudah tidak ada")).to_be_visible()
        expect(page.get_by_label("Tentang apa?")).to_have_value("")
        expect(page.get_by_label(WORDS)).to_have_value(TEXT)

    def test_of_more_than_thirty_days_is_offered_for_deletion(self, page: Page) -> None:
        begin(page)
        page.evaluate(AGED)
        page.reload()

        notice = page.locator(".draft-notes")
        expect(notice).to_contain_text("lebih dari 30 hari")
        expect(page.get_by_label(WORDS)).to_have_value(TEXT)
        notice.get_by_role("button", name="Hapus draf ini").click()
        expect(page.get_by_label(WORDS)).to_have_value("")

    def test_of_a_secret_report_can_be_forgotten_with_the_tab(self, page: Page, context: BrowserContext) -> None:
        begin(page)
        page.get_by_label("Rahasia").check()
        expect(page.get_by_text("Draf ini hanya ada di perangkat ini.")).to_be_visible()
        page.get_by_label("Lupakan begitu tab ini saya tutup").check()
        page.get_by_label(WORDS).press_sequentially(" Nama saya jangan disebut.")
        until(page, "() => sessionStorage.getItem('report').includes('jangan disebut')")
        page.reload()
        expect(page.get_by_label(WORDS)).to_have_value(TEXT + " Nama saya jangan disebut.")

        context.set_offline(True)
        page.get_by_role("button", name=SEND).click()
        expect(page.get_by_text("Anda meminta kami tidak menyimpan apa pun")).to_be_visible()
        assert page.evaluate(KEPT_HERE) == []
        page.close()
        context.set_offline(False)
        tab = context.new_page()
        tab.goto("/lapor/")
        expect(tab.get_by_label(WORDS)).to_have_value("")

    def test_of_an_answer_is_kept_under_a_name_that_hides_the_code(self, page: Page, world: World) -> None:
        case = Case(world).is_pending()
        page.goto("/lacak/")
        page.get_by_label("Kode laporan").fill(case.code)
        page.get_by_role("button", name="Tampilkan laporan").click()
        page.get_by_text("Jawab pertanyaan").click()
        page.get_by_label("Jawaban Anda").fill("Di Jalan Pejanggik, depan pasar.")
        expect(page.get_by_text(KEPT).first).to_be_visible()
        page.reload()

        expect(page.get_by_label("Jawaban Anda")).to_have_value("Di Jalan Pejanggik, depan pasar.")
        everything = page.evaluate(WHOLE_STORE)
        assert "Pejanggik" in everything
        assert case.code not in everything
        assert show_code(case.code) not in everything
        page.get_by_role("button", name="Kirim jawaban").click()
        expect(page.get_by_role("status").first).to_contain_text("Jawaban Anda ditambahkan")
        until(page, f"async () => !(await ({WHOLE_STORE})()).includes('Pejanggik')")


class TestSharing:
    """The phone posts what another app shared; in Chromium a form of our own does it the same way."""

    def share(self, page: Page, *files: Any, text: str = TEXT) -> None:
        page.goto("/bantuan/")
        page.evaluate(SHARE, [text, [[f["name"], f["mimeType"], f.get("size", 0)] for f in files]])
        page.wait_for_url("**/lapor/")

    def test_puts_a_photo_and_a_text_into_the_form(self, page: Page) -> None:
        self.share(page, {"name": "banjir.jpg", "mimeType": "image/jpeg", "size": 5000})

        expect(page.get_by_label(WORDS)).to_have_value(TEXT)
        expect(page.get_by_text("banjir.jpg", exact=True)).to_be_visible()
        expect(page.get_by_text("Yang Anda bagikan sudah ditambahkan di sini.")).to_be_visible()

    def test_tells_of_a_video_of_forty_megabytes_and_keeps_the_text(self, page: Page) -> None:
        self.share(page, {"name": "banjir.mp4", "mimeType": "video/mp4", "size": 40 * 1024 * 1024})

        expect(page.get_by_text("“banjir.mp4” tidak ikut: 40 MB terlalu besar")).to_be_visible()
        expect(page.get_by_label(WORDS)).to_have_value(TEXT)

    def test_adds_to_what_is_being_written(self, page: Page) -> None:
        begin(page, "Ini sudah saya tulis sebelumnya.")
        self.share(page, text="Ini dari aplikasi lain.")

        expect(page.get_by_label(WORDS)).to_have_value("Ini sudah saya tulis sebelumnya.\n\nIni dari aplikasi lain.")

    def test_works_without_a_network(self, page: Page, context: BrowserContext) -> None:
        page.goto("/bantuan/")
        context.set_offline(True)
        page.evaluate(SHARE, [TEXT, []])
        page.wait_for_url("**/lapor/")

        expect(page.get_by_label(WORDS)).to_have_value(TEXT)


class TestWithoutANetwork:
    def test_a_page_that_needs_one_says_so_and_leads_to_the_form(self, page: Page, context: BrowserContext) -> None:
        context.set_offline(True)
        page.goto("/publik/")

        expect(page.get_by_text("Sedang tidak ada jaringan")).to_be_visible()
        page.get_by_role("link", name="Tulis laporan").click()
        expect(page.get_by_label(WORDS)).to_be_visible()

    def test_it_speaks_the_language_that_was_chosen(
        self, page: Page, context: BrowserContext, live_server: LiveServer
    ) -> None:
        context.add_cookies([{"name": "django_language", "value": "en", "url": live_server.url}])
        page.goto("/bantuan/")
        until(page, f"async () => (await ({CACHED})()).includes('/luring/perangkat-en/')")
        context.set_offline(True)
        page.goto("/publik/")

        expect(page.get_by_text("There is no network now")).to_be_visible()


def test_nothing_personal_is_ever_cached(
    page: Page, context: BrowserContext, world: World, live_server: LiveServer
) -> None:
    case = Case(world).is_disposed()
    begin(page)
    page.get_by_role("button", name=SEND).click()
    expect(page.locator("#code")).to_be_visible()
    page.goto("/lacak/")
    expect(page.locator(".standing")).to_be_visible()
    page.goto(f"/publik/{case.report.number}/")
    page.goto("/masuk/")
    page.goto("/meja/")

    kept = page.evaluate(f"({CACHED})()")
    assert kept
    assert all(address.startswith(("/static/build/", "/luring/", "/-/")) for address in kept), kept
    assert not [address for address in kept if "desk" in address]
    content = page.evaluate(CACHED_TEXT)
    assert Report.objects.exclude(code=case.code).get().code[:5] not in content
    assert "csrftoken" not in content
    assert show_code(case.code) not in content


def test_the_desk_is_out_of_reach(page: Page, context: BrowserContext) -> None:
    """Without a network the desk fails as any site does: nothing of ours stands in for it."""
    context.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.goto("/meja/")


class TestTheHintToInstall:
    def test_never_stands_before_the_first_report(self, page: Page) -> None:
        page.goto("/lapor/")
        page.evaluate(MAY_INSTALL)
        expect(page.get_by_label(WORDS)).to_be_visible()

        expect(page.get_by_text("LAPOR! di layar ponsel Anda")).to_have_count(0)

    def test_comes_after_a_report_and_never_again_once_refused(self, page: Page) -> None:
        begin(page)
        page.get_by_role("button", name=SEND).click()
        expect(page.locator("#code")).to_be_visible()
        page.evaluate(MAY_INSTALL)
        hint = page.get_by_role("complementary", name="LAPOR! di layar ponsel Anda")
        expect(hint).to_be_visible()
        hint.get_by_role("button", name="Nanti saja").click()
        page.reload()
        page.evaluate(MAY_INSTALL)

        expect(page.locator("#code")).to_be_visible()
        expect(hint).to_have_count(0)


ARRIVES = """async () => {
  const body = new FormData(document.querySelector("form[data-draft=report]"));
  await fetch("/lapor/", { method: "POST", body, redirect: "manual" });
}"""
AGED = """async () => {
  const db = await new Promise((done) => { indexedDB.open("lapor").onsuccess = (event) => done(event.target.result); });
  const store = db.transaction("drafts", "readwrite").objectStore("drafts");
  await new Promise((done) => { store.get("report").onsuccess = ({ target }) => {
    store.put({ ...target.result, at: Date.now() - 31 * 24 * 3600 * 1000 }).onsuccess = done; }; });
  db.close();
}"""
WHOLE_STORE = """async () => {
  const db = await new Promise((done) => { indexedDB.open("lapor").onsuccess = (event) => done(event.target.result); });
  const read = (name, how) => new Promise((done) => {
    db.transaction(name).objectStore(name)[how]().onsuccess = ({ target }) => done(target.result); });
  const all = [];
  for (const name of db.objectStoreNames) all.push(name, await read(name, "getAllKeys"), await read(name, "getAll"));
  db.close();
  return JSON.stringify(all) + JSON.stringify(localStorage) + JSON.stringify(sessionStorage);
}"""
KEPT_HERE = """async () => {
  const db = await new Promise((done) => { indexedDB.open("lapor").onsuccess = (event) => done(event.target.result); });
  const read = (name) => new Promise((done) => {
    db.transaction(name).objectStore(name).getAll().onsuccess = ({ target }) => done(target.result); });
  const found = [...await read("drafts"), ...await read("outbox"), ...await read("files")];
  db.close();
  return found;
}"""
CACHED = """async () => {
  const names = [];
  for (const cache of await caches.keys())
    for (const { url } of await (await caches.open(cache)).keys()) names.push(new URL(url).pathname);
  return names;
}"""
CACHED_TEXT = """async () => {
  let text = "";
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const answer = await cache.match(request);
      if (/text|html|language/.test(answer.headers.get("Content-Type") ?? "")) text += await answer.text();
    }
  }
  return text;
}"""
SHARE = """([text, files]) => {
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: "/lapor/bagikan/", enctype: "multipart/form-data" });
  form.append(Object.assign(document.createElement("input"), { name: "text", value: text }));
  const chooser = Object.assign(document.createElement("input"), { type: "file", name: "photos", multiple: true });
  const transfer = new DataTransfer();
  for (const [name, type, size] of files) transfer.items.add(new File([new Uint8Array(size)], name, { type }));
  chooser.files = transfer.files;
  form.append(chooser);
  document.body.append(form);
  form.submit();
}"""
MAY_INSTALL = """() => window.dispatchEvent(Object.assign(new Event("beforeinstallprompt"), {
  prompt() {}, userChoice: Promise.resolve({ outcome: "dismissed" }) }))"""
