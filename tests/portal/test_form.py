"""The form's help, over HTTP: advice, places, files in parts, a stale page, drafts of last week, text out of Word."""

from __future__ import annotations

import html
import io
import re
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pi_heif
import pytest
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image
from tests.builders import Case, World
from tests.portal.conftest import NOW, Answer
from tests.portal.test_budgets import grow
from tests.portal.test_files import fetch
from tests.portal.test_filing import TEXT, filled, photo, send
from tests.portal.test_limits import SOMEBODY, STRANGER
from tests.sop.days import at

from lapor.agencies.models import Category, Place
from lapor.portal.views import filing, helping
from lapor.reports import parts
from lapor.reports.files import LARGEST
from lapor.reports.models import Evidence, Filing, Report, ReportText
from lapor.reports.queries.similar import WINDOW, similar_public

PART = 1_000
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(autouse=True)
def nothing_counted() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def advice(client: Client, text: str, **said: str) -> str:
    """Return the fragments for a text, in one line."""
    answer = client.post("/lapor/saran/", {"kind": "complaint", "text": text, **said})
    assert answer.status_code == 200
    return " ".join(answer.text.split())


# --- The coach -----------------------------------------------------------------------------------


def test_the_coach_asks_for_what_is_missing_and_thanks_when_nothing_is(citizen: Client, world: World) -> None:
    begun = advice(citizen, "Lampu jalan padam semua, anak-anak takut. Mohon diperbaiki.")
    told = advice(citizen, "Kemarin petugas di Jalan Mawar membentak anak saya karena salah paham. Mohon ditindak.")

    assert "Di mana tepatnya?" in begun
    assert begun.count("coach-found") == 4
    assert "Sudah cukup bagi petugas" in told
    assert told.count("coach-found") == 6


def test_a_wish_and_a_question_are_asked_what_they_need(citizen: Client, world: World) -> None:
    wish = advice(citizen, "Saya mengusulkan agar dibangun taman bermain anak di Jalan Mawar.", kind="complaint")
    question = advice(citizen, "Apa saja syarat membuat kartu identitas anak?", kind="complaint")

    assert "Kapan terjadinya" not in wish
    assert "Untuk daerah atau kantor mana?" in question


def test_the_line_of_the_kind_says_what_the_words_plainly_are(citizen: Client, world: World) -> None:
    question, hint = "Mau tanya, apa saja syarat membuat kartu identitas anak?", "Mungkin: Permintaan informasi"
    wish = "Saya mengusulkan agar ada taman di Jalan Mawar."

    assert f"{hint}, karena “Mau tanya, apa saja syarat”" in advice(citizen, question, kind="complaint")
    assert all(hint not in advice(citizen, question, kind=chosen) for chosen in ("information", "aspiration"))
    assert hint not in advice(citizen, "Mau tanya, kapan jalan berlubang ini diperbaiki?", kind="complaint")
    assert "Mungkin: Aspirasi, karena “Saya mengusulkan" in advice(citizen, wish, kind="complaint")


def test_danger_comes_before_every_question_with_the_number_that_answers_at_once(citizen: Client, world: World) -> None:
    fire = advice(citizen, "Tolong, rumah terbakar di sebelah pasar")
    calm = advice(citizen, "Tempat sampah di sebelah pasar penuh")

    assert 'Ada bahaya sekarang? Telepon <a href="tel:113">113</a> (Pemadam kebakaran).' in fire
    assert 'href="tel:110"' in advice(citizen, "Ada tawuran, warga dipukuli di depan pasar")
    assert '<a href="tel:119">119 ext. 8</a>' in advice(citizen, "Tetangga saya bilang ingin mati saja, tolong")
    assert "Laporan dibaca pada hari kerja." in fire
    assert "bahaya" not in calm


def test_danger_is_said_on_the_receipt_too_for_who_has_no_javascript(citizen: Client, world: World) -> None:
    send(citizen, text="Ayah tidak sadarkan diri di depan puskesmas, pintunya terkunci.")

    assert "Telepon 119 (Ambulans)." in citizen.get("/lapor/terima-kasih/").text


def test_a_date_and_a_place_in_their_own_fields_answer_too(citizen: Client, world: World) -> None:
    told = advice(citizen, "Lampu jalan padam semua", happened_on="2026-03-01", where="Ampenan")

    assert told.count("coach-found") == 3


def test_advice_stands_in_nobodys_way_and_keeps_nothing(citizen: Client, world: World) -> None:
    advice(citizen, "x")

    assert send(citizen, text="Lampu jalan padam").status_code == 302
    assert Report.objects.count() == 1


def test_a_category_is_offered_with_its_reason_and_only_while_it_is_used(citizen: Client, world: World) -> None:
    offered = advice(citizen, "Sampah menumpuk di pasar")
    Category.objects.filter(code="sampah").update(is_active=False)
    gone = advice(citizen, "Sampah menumpuk di pasar")

    assert 'data-value="sampah"' in offered
    assert "karena “sampah" in offered
    assert 'data-value="sampah"' not in gone


def test_signs_of_corruption_advise_secret_until_it_is_chosen(citizen: Client, world: World) -> None:
    text = "Ada pungli di loket, petugas minta uang."

    assert "Sebaiknya: Rahasia</b>" in advice(citizen, text)
    assert "Sebaiknya: Rahasia" not in advice(citizen, text, secret="on")
    assert 'unless-secret"' in advice(citizen, text).partition("Sebaiknya laporan seperti ini")[0]


def test_who_asks_for_secrecy_or_tells_of_harm_is_advised_secret(citizen: Client, world: World) -> None:
    assert "Tulisan Anda menyebut “rahasiakan”" in advice(citizen, "Preman di pasar galak. Mohon rahasiakan nama saya.")
    assert "Sebaiknya: Rahasia</b>" in advice(citizen, "Gurunya mencabuli murid di kelas.")


def test_who_wants_to_stay_unknown_is_told_which_words_name_them(citizen: Client, world: World) -> None:
    text = "Nama saya Wati Contoh, telepon 0812 3456 7890. Lampu mati."

    warned = advice(citizen, text)
    assert 'if-private"' in warned.partition("“Nama saya Wati Contoh”")[0]
    assert "“Nama saya Wati Contoh”: nama Anda" in warned
    assert "“0812 3456 7890”: nomor telepon" in warned
    noted = advice(citizen, "Lampu mati", place_note="depan rumah saya")
    assert "“depan rumah saya”: alamat rumah Anda" in noted


@pytest.mark.parametrize("text", ["<script>alert(1)</script> pungli " * 9, "\x00", "a" * 30_000, "\u202e" * 99])
def test_hostile_words_come_back_as_words(citizen: Client, world: World, text: str) -> None:
    assert "<script" not in advice(citizen, text, anonymous="on", place_note=text)


# --- Folded parts --------------------------------------------------------------------------------


def folded(answer: Any) -> dict[str, tuple[bool, str]]:
    """Return of each part of the form whether it is open, and what its line says."""
    found = re.findall(r'<details class="part" data-part="(\w+)"( open)?>.*?data-said[^>]*>([^<]*)<', answer.text, re.S)
    return {name: (bool(is_open), html.unescape(said)) for name, is_open, said in found}


def test_all_but_the_text_is_folded_and_says_what_is_in_it(citizen: Client, world: World) -> None:
    assert folded(citizen.get("/lapor/")) == {
        "kind": (False, "Pengaduan"),
        "files": (False, "belum ada"),
        "place": (False, "belum diisi"),
        "whom": (False, "belum dipilih; kami carikan"),
        "secrecy": (False, "biasa: nama untuk petugas"),
        "contact": (False, "kosong; pantau lewat kode"),
    }


def test_what_the_page_itself_chose_is_told_and_opens_nothing(citizen: Client, world: World) -> None:
    assert folded(citizen.get("/lapor/?instansi=kota-uji"))["whom"] == (False, "Kota Uji")


def test_a_refused_form_opens_where_something_is_held_or_wrong(citizen: Client, world: World) -> None:
    said = folded(
        send(
            citizen,
            text="x",
            title="Lampu",
            happened_on="2026-03-01",
            where="Ampenan",
            latitude="-8.5",
            longitude="116.1",
            category="penerangan-jalan",
            secret="on",
            photos=[photo()],
        )
    )

    assert said == {
        "kind": (False, "Pengaduan · Lampu"),
        "files": (True, "Berkas: 1"),
        "place": (True, "Minggu, 1 Maret 2026 · Ampenan · titik di peta"),
        "whom": (True, "Penerangan jalan umum"),
        "secrecy": (True, "Rahasia"),
        "contact": (False, "kosong; pantau lewat kode"),
    }


def test_a_part_with_an_error_is_open_with_the_words_as_they_were_typed(citizen: Client, world: World) -> None:
    said = folded(send(citizen, happened_on="besok", contact="nomor saya", title="x" * 151, kind="aspiration"))

    assert said["place"] == (True, "besok")
    assert said["contact"] == (True, "nomor saya")
    assert said["kind"] == (True, "Aspirasi · " + "x" * 151)


# --- Similar reports -----------------------------------------------------------------------------

SAME = "Lampu penerangan padam gelap gulita depan sekolah dasar Karang Jangkong, murid takut melintas malam hari"


def test_a_similar_public_report_is_offered_and_a_hidden_one_never(citizen: Client, world: World) -> None:
    shown = Case(world).is_submitted(title="Lampu penerangan padam", text=SAME).is_disposed()
    hidden = [
        Case(world).is_submitted(title="Lampu rahasia", text=SAME, secret=True).is_disposed(),
        Case(world).is_submitted(title="Lampu pengawasan", text=SAME, classification="oversight").is_disposed(),
        Case(world).is_submitted(title="Lampu belum dibaca", text=SAME),
    ]

    offered = advice(citizen, SAME + ", mohon dibetulkan", agency="kota-uji")

    assert f"/publik/{shown.report.number}/" in offered
    assert not any(one.report.number in offered or one.report.title in offered for one in hidden)
    assert shown.code not in offered


def test_the_report_of_the_same_place_is_offered_first(citizen: Client, world: World) -> None:
    far = Case(world).is_submitted(title="Lampu jauh", text=SAME, place="52.71.02").is_disposed()
    near = Case(world).is_submitted(title="Lampu dekat", text=SAME, place="52.71.01.1004").is_disposed()
    Case(world).is_submitted(title="Lampu lain", text=SAME, place="52.71.02").is_disposed()

    offered = advice(citizen, SAME, where="Ampenan Selatan, Ampenan, Kota Mataram")

    assert offered.index(near.report.number) < offered.index(far.report.number)


def test_a_short_or_different_text_is_offered_nothing(citizen: Client, world: World) -> None:
    Case(world).is_submitted(title="Lampu penerangan padam", text=SAME).is_disposed()

    short = advice(citizen, SAME[:40])
    other = advice(citizen, "Antrean kartu keluarga di kantor kelurahan terlalu panjang dan lama sekali.")

    assert "Kami carikan selagi Anda menulis." in short
    assert "Belum ada yang hampir sama." in other
    assert "cukup panjang" in short
    assert "cukup panjang" not in other
    assert "akan dibaca sebagai laporan baru" in other
    assert "similar-list" not in short + other


@pytest.mark.parametrize(
    ("published", "asked"),
    [
        (
            "Jadwal imunisasi anak di puskesmas hari apa saja dan apakah harus membawa KK?",
            "Apakah mengurus KTP untuk anak saya harus membawa KK, dan hari apa saja loket perekaman melayani?",
        ),
        (
            "Plafon kelas anak saya jebol sejak hujan bulan lalu, murid terpaksa belajar bergantian di teras.",
            "Anak saya kelas lima dipukul guru sejak bulan lalu, murid lain terpaksa ikut diam karena takut.",
        ),
        (
            "Sampah menumpuk di Kelurahan Ampenan Selatan, Kecamatan Ampenan, tidak diangkut.",
            "Di Ampenan Selatan, Kecamatan Ampenan, lampu penerangan padam dan sampai sekarang gelap gulita.",
        ),
    ],
)
def test_words_of_any_report_and_of_its_place_make_no_two_reports_similar(
    citizen: Client, world: World, published: str, asked: str
) -> None:
    for _n in range(3):
        Case(world).is_submitted(title=published[:30], text=published, place="52.71.01.1004").is_disposed()

    assert "similar-list" not in advice(citizen, asked, agency="kota-uji")
    assert "similar-list" in advice(citizen, f"{published} Mohon bantuannya segera.", agency="kota-uji")


@pytest.mark.parametrize("code", ["kota-uji\x00", "\x00", "\ud800", "x" * 100_000, "kota uji'"])
@pytest.mark.parametrize("field", ["agency", "category"])
def test_what_can_be_no_code_counts_as_none_chosen(citizen: Client, world: World, field: str, code: str) -> None:
    Case(world).is_submitted(title="Lampu penerangan padam", text=SAME).is_disposed()
    sent = code.encode("utf-8", "surrogatepass")

    answer = citizen.post("/lapor/saran/", urlencode({"text": SAME, field: sent}), content_type=FORM)

    assert answer.status_code == 200
    assert "similar-list" in answer.text
    assert len(similar_public(SAME, agency=code) if field == "agency" else similar_public(SAME, category=code)) == 1


# --- Places --------------------------------------------------------------------------------------


def places(client: Client, typed: str) -> list[str]:
    return [one["name"] for one in client.get("/lapor/tempat/", {"q": typed}).json()["places"]]


def test_a_place_brings_its_rough_point_so_that_the_map_opens_there(citizen: Client, world: World) -> None:
    (first, *_) = citizen.get("/lapor/tempat/", {"q": "ampenan"}).json()["places"]

    assert first["at"] == [pytest.approx(-8.6, abs=0.2), pytest.approx(116.1, abs=0.2)]


def test_places_are_found_by_how_their_name_begins_and_tell_where_they_lie(citizen: Client, world: World) -> None:
    assert "Ampenan Selatan, Ampenan, Kota Mataram" in places(citizen, "ampenan sel")
    assert places(citizen, "Kel. Ampenan Sel") == places(citizen, "ampenan sel")
    assert places(citizen, "a") == []
    assert places(citizen, "%") == places(citizen, "\x00\x00") == []
    assert len(places(citizen, "ka")) == 8


def test_what_was_chosen_leads_to_the_one_place_that_was_meant(citizen: Client, world: World) -> None:
    twin = Place.objects.create(code="98", name="Kota Kembar", level="city")
    above = Place.objects.create(code="98.01", name="Ampenan", level="district", parent=twin)
    Place.objects.create(code="98.01.1", name="Ampenan Selatan", level="village", parent=above)

    send(citizen, where="Ampenan Selatan, Ampenan, Kota Mataram")
    send(citizen, where="Ampenan Selatan, Ampenan")

    first, second = Report.objects.order_by("id")
    assert first.place is not None
    assert first.place.code == "52.71.01.1004"
    assert second.place is None
    assert second.place_note == "Ampenan Selatan, Ampenan."


def test_the_page_carries_no_list_of_all_places(citizen: Client, world: World) -> None:
    assert "Ampenan Selatan" not in citizen.get("/lapor/").text


# --- Position, somebody else, consent ------------------------------------------------------------


def test_the_exact_point_is_kept_for_officers_only(citizen: Client, case: Case) -> None:
    send(citizen, agency="kota-uji", latitude="-8.5833312", longitude="116.1166698", for_other="on", consent="2026-11")
    case.code = Report.objects.get().code
    case.is_disposed()
    kept = Filing.objects.get()

    assert (str(kept.latitude), str(kept.longitude)) == ("-8.58333", "116.11667")
    assert (kept.for_other, kept.consent) == (True, "2026-11")
    for address in (f"/publik/{case.report.number}/", "/publik/", "/"):
        assert "8.58333" not in citizen.get(address).text
    assert "Anda melaporkannya untuk orang lain" in citizen.get("/lapor/terima-kasih/").text


@pytest.mark.parametrize(
    ("latitude", "longitude"), [("-8.5", ""), ("", "116"), ("91", "0"), ("nan", "1"), ("x", "y"), ("1e99", "1")]
)
def test_half_a_point_or_none_on_earth_is_none_and_holds_nothing_up(
    citizen: Client, world: World, latitude: str, longitude: str
) -> None:
    assert send(citizen, latitude=latitude, longitude=longitude).status_code == 302
    assert not Filing.objects.exists()


def test_words_that_nobody_was_shown_are_no_consent(citizen: Client, world: World) -> None:
    send(citizen, consent="1999-01", for_other="on")

    assert Filing.objects.get().consent == ""


# --- Nothing typed is lost -----------------------------------------------------------------------


def test_a_stale_page_comes_back_as_it_was_typed_with_a_fresh_token(world: World) -> None:
    strict = Client(enforce_csrf_checks=True)
    typed = filled(title="Lampu padam", contact="0812 3456 7890", photos=[photo()])

    stale = strict.post("/lapor/", typed)
    assert stale.status_code == 403
    assert not Report.objects.exists()
    form = stale.context["form"]
    assert (form["text"].value(), form["title"].value()) == (TEXT, "Lampu padam")
    assert [one.file.name for one in form.kept] == ["lampu.jpg"]
    assert "tekan “Kirim” sekali lagi" in stale.text

    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', stale.text)
    assert token is not None
    again = {**typed, "csrfmiddlewaretoken": token[1], "kept": [form.kept[0].token]}
    again.pop("photos")
    assert strict.post("/lapor/", again).status_code == 302
    assert Report.objects.count() == Evidence.objects.count() == 1


def test_a_draft_of_last_week_with_a_deleted_category_goes_on_without_it(citizen: Client, world: World) -> None:
    answer = send(citizen, category="sudah-dihapus")

    assert Report.objects.get().category is None
    assert "Kategori yang Anda pilih sudah tidak dipakai" in citizen.get(answer["Location"]).text


def test_two_tabs_with_one_draft_make_one_report_and_the_second_is_asked(citizen: Client, world: World) -> None:
    key = str(uuid.uuid4())
    send(citizen, key=key)

    other = send(citizen, key=key, text=TEXT + " Sudah dua minggu.")

    assert other.status_code == 422
    assert other.context["form"]["text"].value() == TEXT + " Sudah dua minggu."
    assert Report.objects.count() == 1


def test_text_out_of_a_word_processor_is_what_was_meant(citizen: Client, world: World) -> None:
    send(
        citizen,
        text="“Lam\u00adpu”\u00a0jalan\tpadam\x0bdi\u2028depan sekolah – \u202egelap\u202c\ufeff",
        title="Lam\u00adpu\u00a0padam",
    )

    assert ReportText.objects.get().original == "“Lampu” jalan\tpadam\ndi\ndepan sekolah – gelap"
    assert Report.objects.get().title == "Lampu padam"


# --- Files ---------------------------------------------------------------------------------------


def part(client: Client, content: bytes, offset: int, **said: Any) -> Answer:
    """Send one part of a file."""
    piece = SimpleUploadedFile("part", content)
    return client.post("/lapor/unggah/", {"part": piece, "offset": offset, **said})


def upload(client: Client, content: bytes, name: str = "lampu.jpg") -> dict[str, Any]:
    """Send a file in parts, as the page does; return the last answer."""
    told: dict[str, Any] = {"token": "", "received": 0}
    while "received" in told and told["received"] < len(content):
        piece = content[told["received"] : told["received"] + PART]
        said = {"token": told["token"], "name": name, "size": len(content)}
        told = {"token": told["token"], **part(client, piece, told["received"], **said).json()}
    return told


def picture() -> bytes:
    content = io.BytesIO()
    Image.effect_noise((90, 60), 80).convert("RGB").save(content, "JPEG")
    return content.getvalue()


def test_a_file_that_came_in_parts_goes_with_the_report(citizen: Client, world: World) -> None:
    before = set(parts.folder().iterdir()) if parts.folder().is_dir() else set()
    told = upload(citizen, picture())

    assert len(picture()) > 2 * PART
    assert fetch(citizen, told["preview"])["Content-Type"] == "image/jpeg"
    send(citizen, kept=[told["kept"]])
    assert Evidence.objects.get().name == "lampu.jpg"
    assert set(parts.folder().iterdir()) <= before


def test_no_more_than_ten_files_go_together_however_they_came(citizen: Client, world: World) -> None:
    tokens = [upload(citizen, photo(size=(20 + n, 9)).read(), f"{n}.jpg")["kept"] for n in range(11)]

    answer = send(citizen, kept=tokens, photos=[photo("lagi.jpg")])
    receipt = citizen.get(answer["Location"]).text

    assert Evidence.objects.count() == 10
    assert "“10.jpg” tidak disertakan" in receipt
    assert "“lagi.jpg” tidak disertakan" in receipt


def test_after_a_lost_answer_the_upload_goes_on_where_the_server_stands(citizen: Client, world: World) -> None:
    content = picture()
    begun = part(citizen, content[:PART], 0, name="a.jpg", size=len(content)).json()
    part(citizen, content[PART : 2 * PART], PART, token=begun["token"])  # its answer is lost

    again = part(citizen, content[PART : 2 * PART], PART, token=begun["token"])
    assert (again.status_code, again.json()) == (409, {"received": 2 * PART})
    last = part(citizen, content[2 * PART :], 2 * PART, token=begun["token"])
    assert last.json()["kept"]


@pytest.mark.parametrize("token", ["palsu", "a:b:c", "x" * 3000])
def test_a_forged_token_begins_nothing(citizen: Client, world: World, token: str) -> None:
    assert part(citizen, b"x", 0, token=token).status_code == 404


def test_a_token_is_good_for_a_day(citizen: Client, world: World) -> None:
    token = part(citizen, b"\xff", 0, name="a.jpg", size=99).json()["token"]

    with time_machine.travel(at(NOW) + timedelta(days=1, seconds=1), tick=False):
        assert part(citizen, b"x", 1, token=token).status_code == 404


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(citizen: Client, world: World) -> None:
    answer = part(citizen, b"x", 0, name="besar.jpg", size=LARGEST + 1)

    assert answer.status_code == 422
    assert "paling besar 15 MB" in answer.json()["error"]


def test_nobody_fills_the_disk_with_more_than_was_announced(citizen: Client, world: World) -> None:
    token = part(citizen, b"x" * 50, 0, name="a.jpg", size=60).json()["token"]

    answer = part(citizen, b"x" * 5_000, 50, token=token)

    assert answer.status_code == 422  # sixty bytes were kept, and they are no photo
    assert "bukan foto" in answer.json()["error"]


def test_a_photo_of_an_iphone_is_kept_as_jpeg_without_its_notes(citizen: Client, world: World) -> None:
    send(citizen, photos=[SimpleUploadedFile("IMG_0001.HEIC", heic(), "image/heic")])

    kept = Evidence.objects.get()
    assert (kept.media_type, kept.width, kept.height) == ("image/jpeg", 64, 48)


def heic() -> bytes:
    """Return a photo as iPhones make it. Our library only reads; the bytes were written by its sibling once."""
    from tests.portal.heic_photo import PHOTO

    return PHOTO


def test_files_that_stayed_on_the_device_are_named_on_the_receipt(citizen: Client, world: World) -> None:
    answer = send(citizen, not_uploaded=["atap.jpg", "<b>x</b>.jpg"])
    receipt = citizen.get(answer["Location"]).text

    assert "“atap.jpg” tidak berhasil diunggah" in receipt
    assert "<b>x</b>" not in receipt


# --- Limits --------------------------------------------------------------------------------------


def test_after_a_flood_of_reports_the_text_stays_on_the_page_and_a_neighbour_village_files(world: World) -> None:
    somebody, stranger = Client(REMOTE_ADDR=SOMEBODY), Client(REMOTE_ADDR=STRANGER)
    request = somebody.get("/lapor/").wsgi_request
    for _ in range(filing.FILINGS.most):
        filing.FILINGS.count(request)

    waiting = send(somebody)

    assert waiting.status_code == 429
    assert waiting.context["form"]["text"].value() == TEXT
    assert "Tidak ada yang hilang" in waiting.text
    assert send(stranger).status_code == 302


@pytest.mark.parametrize(
    ("limit", "knock"),
    [
        (helping.ADVICE, lambda client: client.post("/lapor/saran/", {"text": "x"})),
        (helping.PLACES, lambda client: client.get("/lapor/tempat/?q=am")),
        (helping.UPLOADS, lambda client: part(client, b"x", 0, name="a.jpg", size=9)),
    ],
    ids=["advice", "places", "uploads"],
)
def test_each_helper_has_its_limit(world: World, limit: Any, knock: Any) -> None:
    client = Client(REMOTE_ADDR=SOMEBODY)
    assert knock(client).status_code == 200
    request = client.get("/bantuan/").wsgi_request
    for _ in range(limit.most):
        limit.count(request)

    assert knock(client).status_code == 429


def test_pi_heif_can_only_read() -> None:
    assert "x265" not in str(pi_heif.libheif_info())


# --- Queries -------------------------------------------------------------------------------------


def asked(knock: Any) -> int:
    """Return how many queries an answer needs."""
    with CaptureQueriesContext(connection) as found:
        assert knock().status_code == 200
    return len(found)


def test_the_forms_helpers_keep_their_budgets_and_ask_no_more_when_there_is_more(citizen: Client, world: World) -> None:
    helpers: dict[str, tuple[int, Any]] = {
        "advice": (2, lambda: citizen.post("/lapor/saran/", {"text": "Lampu jalan padam"})),
        "advice with similar reports": (5, lambda: citizen.post("/lapor/saran/", {"text": SAME})),
        "the same at one institution": (4, lambda: citizen.post("/lapor/saran/", {"text": SAME, "agency": "kota-uji"})),
        "places": (1, lambda: citizen.get("/lapor/tempat/?q=ampenan")),
        "a part of a file": (0, lambda: part(citizen, b"\xff", 0, name="a.jpg", size=99)),
    }
    Case(world).is_submitted(text=SAME).is_disposed()
    few = {name: asked(knock) for name, (_, knock) in helpers.items()}
    grow(world)

    assert {name: asked(knock) for name, (_, knock) in helpers.items()} == few
    assert all(few[name] <= budget for name, (budget, _) in helpers.items()), few


def test_similar_reports_are_looked_for_in_a_window_however_many_there_are(citizen: Client, world: World) -> None:
    Case(world).is_submitted(text=SAME).is_disposed()
    with CaptureQueriesContext(connection) as found:
        advice(citizen, SAME)

    windows = [one["sql"] for one in found if '"reports_listing"' in one["sql"] and "ORDER BY" in one["sql"]]
    assert windows
    assert all(f"LIMIT {WINDOW}" in sql for sql in windows)
