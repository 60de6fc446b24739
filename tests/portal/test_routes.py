"""Every address of the portal: who may, by which methods. An address that is not in this table fails."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.builders import World

from lapor.portal import urls

READ, FORM, ACT = {"GET", "HEAD"}, {"GET", "HEAD", "POST"}, {"POST"}

# Anybody may knock everywhere here; what is behind a report's doors is opened by its code alone, in the body of a POST.
ROUTES: dict[str, tuple[str, set[str]]] = {
    "home": ("/", READ),
    "institution": ("/i/kota-uji/", READ),
    "form": ("/lapor/", FORM),
    "advice": ("/lapor/saran/", ACT),
    "places": ("/lapor/tempat/", READ),
    "upload": ("/lapor/unggah/", ACT),
    "token": ("/lapor/kunci/", READ),
    "deliver": ("/lapor/kirim/", ACT),
    "share": ("/lapor/bagikan/", FORM),
    "ring": ("/lacak/ponsel/", ACT),
    "device": ("/perangkat/", READ),
    "shell": ("/luring/perangkat-id/", READ),
    "manifest": ("/manifest.webmanifest", READ),
    "service_worker": ("/sw.js", READ),
    "receipt": ("/lapor/terima-kasih/", READ),
    "track": ("/lacak/", FORM),
    "close": ("/lacak/tutup/", ACT),
    "receipt_pdf": ("/lacak/bukti.pdf", READ),
    "pin": ("/lacak/pin/", FORM),
    "save": ("/lacak/simpan/", ACT),
    "choose_news": ("/lacak/kabar/", ACT),
    "mine": ("/laporan-saya/", READ),
    "account": ("/akun/", FORM),
    "enter": ("/akun/masuk/", FORM),
    "prove": ("/akun/kode/", FORM),
    "add_passkey": ("/akun/kunci/", FORM),
    "passkey": ("/akun/kunci/masuk/", ACT),
    "change_passkey": ("/akun/kunci/ubah/", ACT),
    "correct": ("/akun/perbaiki/", ACT),
    "leave_everywhere": ("/akun/keluar-semua/", ACT),
    "download": ("/akun/data/", ACT),
    "erase": ("/akun/hapus/", FORM),
    "stop_news": ("/berhenti/x/", FORM),
    "stop_following": ("/kabar/x/keluar/", ACT),
    "act": ("/lacak/balas/", FORM),
    "public": ("/publik/", READ),
    "map": ("/publik/peta/", READ),
    "feed": ("/publik/kabar.atom", READ),
    "public_report": ("/publik/UJI-2026-000001/", READ),
    "share_picture": ("/publik/UJI-2026-000001/gambar.png", READ),
    "support": ("/publik/UJI-2026-000001/dukung/", ACT),
    "comment": ("/publik/UJI-2026-000001/komentar/", ACT),
    "follow": ("/publik/UJI-2026-000001/ikuti/", ACT),
    "cause": ("/penyebab/1/", READ),
    "news": ("/kabar/x/", FORM),
    "score_card": ("/i/kota-uji/laporan/", READ),
    "institution_reports": ("/i/kota-uji/publik/", READ),
    "institution_map": ("/i/kota-uji/publik/peta/", READ),
    "institution_report": ("/i/kota-uji/publik/UJI-2026-000001/", READ),
    "institution_feed": ("/i/kota-uji/kabar.atom", READ),
    "button": ("/tombol/kota-uji/", READ),
    "button_frame": ("/tombol/kota-uji/bingkai/", READ),
    "poster": ("/poster/", READ),
    "robots": ("/robots.txt", READ),
    "sitemap": ("/sitemap.xml", READ),
    "sitemap_of_pages": ("/sitemap/halaman.xml", READ),
    "sitemap_page": ("/sitemap/laporan-0.xml", READ),
    "file": ("/berkas/x/", READ),
    "crest": ("/lambang/0123456789abcdef.png", READ),
    "sop": ("/sop/", READ),
    "help": ("/bantuan/", READ),
    "guides": ("/panduan/", READ),
    "guide": ("/panduan/masyarakat/", READ),
    "guide_picture": ("/panduan/gambar/x.webp", READ),
    "favicon": ("/favicon.ico", READ),
    "privacy": ("/privasi/", READ),
    "accessibility": ("/aksesibilitas/", READ),
    "legal": ("/dasar-hukum/", READ),
    "sign_in": ("/masuk/", FORM),
    "sign_out": ("/keluar/", ACT),
    "factor": ("/masuk/langkah-dua/", FORM),
    "officer_key": ("/masuk/kunci/", ACT),
    "enrol": ("/masuk/pasang/", FORM),
    "enrol_key": ("/masuk/pasang/kunci/", ACT),
    "recovery": ("/masuk/kode-cadangan/", FORM),
    "sign_on": ("/masuk/lembaga/kota-uji/", READ),
    "sign_on_back": ("/masuk/lembaga/kota-uji/kembali/", READ),
}
SIGN_ON = {"sign_on", "sign_on_back"}
FRAMED = ("button_frame",)  # others may frame this one, and it sets no cookie
PERSONAL = (
    "upload",
    "ring",
    "token",
    "deliver",
    "receipt",
    "track",
    "close",
    "act",
    "sign_in",
    "sign_out",
    "receipt_pdf",
    "pin",
    "save",
    "choose_news",
    "mine",
    "account",
    "enter",
    "prove",
    "add_passkey",
    "passkey",
    "change_passkey",
    "correct",
    "leave_everywhere",
    "download",
    "erase",
    "stop_news",
    "factor",
    "officer_key",
    "enrol",
    "enrol_key",
    "recovery",
    "sign_on",
    "sign_on_back",
)


def test_the_table_names_every_address() -> None:
    assert {pattern.name for pattern in urls.urlpatterns} == set(ROUTES)


def test_no_address_has_room_for_a_tracking_code() -> None:
    parts = {part for pattern in urls.urlpatterns for part in pattern.pattern.converters}

    assert parts == {"cause", "code", "slug", "number", "link", "mark", "name"}
    of_institutions = {pattern.name for pattern in urls.urlpatterns if "code" in pattern.pattern.converters}
    inside = {"institution_reports", "institution_map", "institution_report", "institution_feed"}
    assert of_institutions == {"institution", "score_card", "button", "button_frame", *inside, *SIGN_ON}


@pytest.mark.parametrize("name", ROUTES)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
def test_an_address_answers_its_methods_and_refuses_all_others(
    citizen: Client, world: World, name: str, method: str
) -> None:
    address, methods = ROUTES[name]

    answer = citizen.generic(method, address)

    assert (answer.status_code == 405) == (method not in methods)
    assert answer.status_code < 500


@pytest.mark.parametrize("name", PERSONAL)
def test_what_is_personal_is_kept_by_no_cache(citizen: Client, world: World, name: str) -> None:
    address, methods = ROUTES[name]

    answer = citizen.post(address) if methods == ACT else citizen.get(address)

    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("name", [name for name, (_, methods) in ROUTES.items() if "GET" in methods])
def test_a_page_lets_nothing_foreign_in(citizen: Client, world: World, name: str) -> None:
    answer = citizen.get(ROUTES[name][0])

    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert ("frame-ancestors *" in policy) == (name in FRAMED)
    assert answer.get("X-Frame-Options") == (None if name in FRAMED else "DENY")
    assert answer["Referrer-Policy"] == "same-origin"
