"""Writing a report on a phone: the coach, photos one by one, places by keyboard, the position with consent."""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Response, expect
from pytest_django.live_server_helper import LiveServer
from tests.builders import Case, World
from tests.journeys.conftest import PHONE
from tests.journeys.keeping import unfold
from tests.journeys.test_every_page import AXE, RULES

from lapor.reports.models import Evidence, Filing, Report

HEADERS = 400  # bytes of an answer beside its body
PARTS = ("kind", "files", "place", "whom", "secrecy", "contact")
TEXT = "Lampu jalan di depan sekolah padam sejak dua minggu."


def photo(name: str = "lampu.jpg", width: int = 320) -> Any:
    """Return a photo as the browser's file chooser would; noise, so that it has some weight."""
    content = io.BytesIO()
    Image.effect_noise((width, width), 90).convert("RGB").save(content, "JPEG", quality=95)
    return {"name": name, "mimeType": "image/jpeg", "buffer": content.getvalue()}


@pytest.fixture
def context(browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    """A phone that is touched, without a service worker between the page and the server."""
    opened = browser.new_context(
        viewport=PHONE,  # type: ignore[arg-type]
        locale="id-ID",
        base_url=live_server.url,
        has_touch=True,
        is_mobile=True,
        service_workers="block",
    )
    yield opened
    opened.close()


@pytest.fixture
def form(context: BrowserContext, world: World) -> Iterator[Page]:
    """The open form; an error of a script or of the policy fails the test."""
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if "Content Security Policy" in line.text else None)
    page.goto("/lapor/")
    yield page
    assert complaints == []


def write(form: Page, text: str = TEXT) -> None:
    form.get_by_label("Apa yang terjadi, atau apa harapan Anda?").fill(text)


def line(form: Page, part: str) -> Locator:
    """Return what the line of a part says in words."""
    return form.locator(f"[data-part={part}] .part-told")


def send(form: Page) -> None:
    form.get_by_role("button", name="Kirim laporan").click()
    expect(form.get_by_role("heading", level=1)).to_have_text("Terima kasih. Laporan Anda sudah kami terima.")


def test_what_the_text_tells_arrives_and_moves_nothing_and_blocks_nothing(form: Page) -> None:
    send_button = form.get_by_role("button", name="Kirim laporan")
    before = send_button.bounding_box()
    expect(form.locator("[data-part=whom] .part-said")).to_be_visible()
    expect(form.locator("[data-part=whom] .part-said")).to_have_text("belum dipilih; kami carikan")

    write(form)

    expect(form.locator(".coach-found")).to_have_count(3)
    expect(form.locator("#coach-next")).to_contain_text("Siapa yang terlibat")
    expect(line(form, "kind")).to_have_text("Pengaduan · Lampu jalan di depan sekolah padam sejak dua minggu")
    expect(line(form, "whom")).to_contain_text("Mungkin: Penerangan jalan umum")
    expect(form.locator("[data-part=whom] .part-said")).to_be_hidden()
    after = send_button.bounding_box()
    assert before is not None
    assert after is not None
    assert after["y"] == pytest.approx(before["y"], abs=1)
    assert moved(form) == 0

    unfold(form, "whom")
    form.locator(".chip-choose").first.click()
    expect(form.get_by_label("Tentang apa?")).to_have_value("penerangan-jalan")
    expect(line(form, "whom")).to_have_text("Penerangan jalan umum")
    send(form)
    assert Report.objects.get().title == "Lampu jalan di depan sekolah padam sejak dua minggu"


def test_suggestions_move_nothing_while_every_part_is_open(form: Page) -> None:
    unfold(form, *PARTS)
    form.locator("#chips").scroll_into_view_if_needed()
    write(form, TEXT + " Ada pungli.")

    expect(form.locator(".chip-choose").first).to_be_visible()
    expect(form.locator("#privacy-advice")).to_contain_text("Sebaiknya laporan seperti ini Rahasia")
    assert moved(form) == 0


def moved(page: Page) -> float:
    """Return the cumulative layout shift so far, as browsers report it."""
    shift: float = page.evaluate(
        """() => new Promise((done) => {
            let sum = 0;
            const add = (one) => { if (!one.hadRecentInput) sum += one.value; };
            const watch = new PerformanceObserver((list) => list.getEntries().forEach(add));
            watch.observe({ type: "layout-shift", buffered: true });
            setTimeout(() => done(sum), 100);
        })"""
    )
    return shift


def test_a_title_that_somebody_wrote_is_left_alone(form: Page) -> None:
    unfold(form, "kind")
    form.get_by_label(re.compile("^Judul")).press_sequentially("Gelap")
    write(form)
    expect(form.locator(".coach-found")).to_have_count(3)

    send(form)
    assert Report.objects.get().title == "Gelap"


def test_a_text_that_no_form_can_carry_stays_on_the_page_whole(form: Page) -> None:
    """Set and sent by script: a browser takes its time to show 1.1 million letters."""
    went = []
    form.on(
        "request",
        lambda asked: went.append(asked) if asked.method == "POST" and asked.url.endswith("/lapor/") else None,
    )
    form.evaluate("document.querySelector('#id_text').value = 'a '.repeat(550_000)")
    form.evaluate("document.querySelector('.report-form').requestSubmit()")

    expect(form.locator(".report-form [role=alert]")).to_contain_text("Tulisannya terlalu panjang untuk dikirim")
    assert form.evaluate("document.querySelector('#id_text').value.length") == 1_100_000
    assert went == []
    form.evaluate("document.querySelector('#id_text').value = ''")
    write(form)
    expect(form.get_by_role("alert")).to_have_count(0)
    send(form)


def test_the_summary_of_errors_leads_into_a_part_that_was_folded(form: Page) -> None:
    write(form)
    unfold(form, "contact")
    form.get_by_label("Nomor ponsel atau surel").fill("nomor saya")
    form.get_by_role("button", name="Kirim laporan").click()
    part = form.locator("[data-part=contact]")
    expect(part).to_have_attribute("open", "")  # something is wrong in it
    expect(form.locator("[data-part=place]")).not_to_have_attribute("open", "")
    part.locator("summary").click()
    expect(part).not_to_have_attribute("open", "")

    form.locator(".error-summary a").click()

    expect(form.get_by_label("Nomor ponsel atau surel")).to_be_in_viewport()
    expect(part).to_have_attribute("open", "")


def test_photos_go_up_one_by_one_are_shown_and_taken_back(form: Page) -> None:
    write(form)
    unfold(form, "files")
    form.get_by_label("Foto atau berkas").set_input_files([photo("satu.jpg", 900), photo("dua.jpg")])

    expect(form.locator(".file-done")).to_have_count(2)
    assert not Evidence.objects.exists()
    assert form.locator("img.file-thumb").count() == 2
    form.get_by_role("button", name="Hapus satu.jpg").click()
    expect(form.locator(".file-item")).to_have_count(1)
    expect(line(form, "files")).to_have_text("Berkas: 1")

    send(form)
    assert Evidence.objects.get().name == "dua.jpg"


def test_an_upload_goes_on_after_the_network_was_away(form: Page) -> None:
    write(form)
    lost: list[str] = []

    def lose(route: Any) -> None:
        if len(lost) < 2:
            lost.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    form.route("**/lapor/unggah/", lose)
    form.get_by_label("Foto atau berkas").set_input_files(photo("besar.jpg", 900))

    expect(form.locator(".file-done")).to_have_count(1)
    assert len(lost) == 2
    send(form)
    assert Evidence.objects.get().name == "besar.jpg"


def test_a_video_and_a_huge_file_are_told_at_once_and_the_report_goes_without_them(form: Page) -> None:
    write(form)
    video: Any = {"name": "rapat.mp4", "mimeType": "video/mp4", "buffer": b"\0" * 2_000}
    huge: Any = {"name": "besar.pdf", "mimeType": "application/pdf", "buffer": b"%PDF" + b"0" * (16 * 1024 * 1024)}

    form.get_by_label("Foto atau berkas").set_input_files([video, huge, photo()])

    expect(form.locator(".file-wrong").first).to_contain_text("video belum bisa diterima. Tulisan Anda aman")
    expect(form.locator(".file-wrong").nth(1)).to_contain_text("terlalu besar, paling besar 15 MB")
    expect(form.locator(".file-done")).to_have_count(1)
    send(form)
    expect(form.get_by_text("“rapat.mp4” tidak berhasil diunggah.")).to_be_visible()
    assert Evidence.objects.get().name == "lampu.jpg"


def test_a_place_is_found_and_chosen_by_keyboard(form: Page) -> None:
    write(form)
    unfold(form, "place")
    where = form.get_by_role("combobox", name=re.compile("Kelurahan atau kecamatan"))
    where.press_sequentially("ampenan s")
    expect(form.locator(".combo-list li").first).to_be_visible()
    where.press("ArrowDown")
    expect(where).to_have_attribute("aria-activedescendant", re.compile("places-"))
    where.press("Enter")

    expect(where).to_have_value("Ampenan Selatan, Ampenan, Kota Mataram")
    expect(form.get_by_role("listbox")).to_be_hidden()
    send(form)
    place = Report.objects.get().place
    assert place is not None
    assert place.name == "Ampenan Selatan"


def test_the_position_is_asked_for_kept_and_taken_back(form: Page, context: BrowserContext) -> None:
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"latitude": -8.58333, "longitude": 116.11667, "accuracy": 20})
    write(form)
    latitude = form.locator("input[name=latitude]")
    expect(latitude).to_have_value("")  # nothing is asked before somebody presses
    unfold(form, "place")

    form.get_by_role("button", name="Gunakan posisi saya").click()
    expect(form.locator(".position-said")).to_contain_text("-8.58333, 116.11667")
    expect(line(form, "place")).to_have_text("titik di peta")
    form.get_by_role("button", name="Hapus titik").click()
    expect(latitude).to_have_value("")
    form.get_by_role("button", name="Gunakan posisi saya").click()
    expect(latitude).to_have_value("-8.58333")

    send(form)
    assert str(Filing.objects.get().longitude) == "116.11667"


def test_a_device_that_gives_no_position_is_no_dead_end(form: Page) -> None:
    write(form)
    unfold(form, "place")
    form.get_by_role("button", name="Gunakan posisi saya").click()

    expect(form.locator(".position-said")).to_contain_text("Tandai di peta, atau tulis alamatnya")
    send(form)


def test_a_point_is_marked_on_the_map_that_came_only_when_it_was_asked_for(form: Page, live_server: LiveServer) -> None:
    asked: list[str] = []
    form.on("request", lambda request: asked.append(request.url))
    write(form)
    unfold(form, "place")

    form.get_by_role("button", name="Tandai di peta").click()
    expect(form.locator(".position-map.leaflet-container")).to_be_visible()
    form.get_by_role("button", name="Taruh titik di tengah peta").click()

    expect(form.locator(".position-said")).to_contain_text("Titik dicatat")
    assert any("build/map" in address for address in asked)
    assert all(address.startswith((live_server.url, "blob:")) for address in asked)
    send(form)
    assert Filing.objects.get().latitude is not None


def test_the_map_opens_where_the_chosen_place_is(form: Page) -> None:
    write(form)
    unfold(form, "place")
    where = form.get_by_role("combobox", name=re.compile("Kelurahan atau kecamatan"))
    where.press_sequentially("ampenan s")
    form.locator(".combo-list li").first.click()

    form.get_by_role("button", name="Tandai di peta").click()
    form.get_by_role("button", name="Taruh titik di tengah peta").click()

    expect(form.locator(".position-said")).to_contain_text(re.compile(r"-8\.\d+, 116\.\d+"))


def test_who_reports_bribery_is_advised_and_who_hides_is_warned(form: Page) -> None:
    write(form, "Nama saya Wati. Ada pungli di loket, petugas minta uang kemarin.")

    expect(line(form, "secrecy")).to_contain_text("Sebaiknya: Rahasia")
    unfold(form, "secrecy")
    expect(form.locator("#privacy-advice")).to_contain_text("Sebaiknya laporan seperti ini Rahasia")
    form.get_by_label("Rahasia").check()
    expect(form.locator("#privacy-advice")).not_to_contain_text("Sebaiknya", use_inner_text=True)
    expect(line(form, "secrecy")).to_have_text("Rahasia")
    expect(form.locator("#privacy-advice")).to_contain_text("“Nama saya Wati”: nama Anda")
    send(form)
    assert Report.objects.get().is_secret


def test_a_similar_report_is_offered_behind_one_line(form: Page, case: Case) -> None:
    said = "Lampu penerangan padam gelap gulita depan sekolah dasar Karang Jangkong, murid takut melintas malam"
    case.is_submitted(title="Lampu penerangan padam", text=said).is_disposed()

    write(form, said + " hari.")

    form.get_by_text("laporan serupa. Dukung salah satunya?").click()
    link = form.get_by_role("link", name=re.compile("Lampu penerangan padam"))
    expect(link).to_have_attribute("href", f"/publik/{case.report.number}/")
    unfold(form, "place", "kind")
    form.get_by_label("Alamat atau patokan").fill("Dekat gerbang")
    with form.expect_response("**/lapor/saran/"):
        form.get_by_label("Aspirasi").check()
    expect(form.locator(".coach-mark")).to_have_count(5)
    expect(link).to_be_visible()  # what was opened stays open


def test_without_javascript_everything_can_be_told(browser: Browser, live_server: LiveServer, world: World) -> None:
    plain = browser.new_context(
        viewport=PHONE,  # type: ignore[arg-type]
        locale="id-ID",
        base_url=live_server.url,
        java_script_enabled=False,
    )
    form = plain.new_page()
    form.goto("/lapor/")
    write(form)
    unfold(form, *PARTS)
    form.get_by_label("Aspirasi").check()
    form.get_by_label(re.compile("^Judul")).fill("Lampu padam")
    form.get_by_label("Foto atau berkas").set_input_files([photo("satu.jpg"), photo("dua.jpg", 200)])
    form.get_by_label("Kapan kejadiannya?").fill("2026-03-01")
    form.get_by_label("Kelurahan atau kecamatan").fill("Ampenan Selatan")
    form.get_by_label("Alamat atau patokan").fill("Dekat masjid")
    form.get_by_label("Instansi mana yang seharusnya menangani?").select_option("kota-uji")
    form.get_by_label("Tentang apa?").select_option("penerangan-jalan")
    form.get_by_label("Anonim").check()
    form.get_by_label("Saya melapor untuk orang lain").check()
    form.get_by_label("Nomor ponsel atau surel").fill("0812 3456 7890")
    send(form)
    plain.close()

    report = Report.objects.get()
    assert (report.classification, report.title, report.place_note) == ("aspiration", "Lampu padam", "Dekat masjid")
    assert report.place is not None
    assert report.category is not None
    assert report.is_anonymous
    assert Evidence.objects.count() == 2
    assert Filing.objects.get().for_other


def test_the_form_costs_at_most_120_kilobytes_at_the_first_visit(context: BrowserContext, world: World) -> None:
    page = context.new_page()
    bodies: list[tuple[str, int]] = []

    def weigh(answer: Response) -> None:
        bodies.append((answer.url, len(gzip.compress(answer.body())) + HEADERS))

    page.on("response", weigh)
    page.goto("/lapor/", wait_until="networkidle")

    assert len(bodies) >= 5
    assert sum(size for _, size in bodies) <= 120_000, bodies


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_at_work_is_readable_by_everybody(form: Page, case: Case, scheme: Any) -> None:
    said = "Lampu penerangan padam gelap gulita depan sekolah dasar Karang Jangkong, murid takut melintas malam"
    case.is_submitted(title="Lampu penerangan padam", text=said).is_disposed()
    form.emulate_media(color_scheme=scheme)
    unfold(form, *PARTS)
    write(form, f"Nama saya Wati. {said}. Ada pungli juga.")
    form.get_by_label("Anonim").check()
    video: Any = {"name": "rapat.mp4", "mimeType": "video/mp4", "buffer": b"\0" * 2_000}
    form.get_by_label("Foto atau berkas").set_input_files([photo(), video])
    form.get_by_text("laporan serupa. Dukung salah satunya?").click()
    form.get_by_role("button", name="Tandai di peta").click()
    expect(form.locator(".position-map.leaflet-container")).to_be_visible()
    form.get_by_role("button", name="Taruh titik di tengah peta").click()
    form.locator("#id_where").press_sequentially("ampenan s")
    expect(form.locator(".combo-list li").first).to_be_visible()
    expect(form.locator(".file-done")).to_have_count(1)
    form.locator("#id_where").press("ArrowDown")

    form.evaluate(AXE)
    found = form.evaluate("rules => axe.run({runOnly: rules})", RULES)

    assert [(one["id"], [node["html"][:150] for node in one["nodes"]]) for one in found["violations"]] == []
    assert form.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
