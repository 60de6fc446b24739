"""The pictures of docs/panduan, taken here; `make guides` takes them anew.

A picture is stale when the words on its page are no longer the words that stood there when it was taken. Pixels are not
compared: fonts differ from machine to machine, words do not.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from PIL import Image
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer
from tests.builders import Case, World
from tests.desk.conftest import account_of
from tests.sop.days import at

from lapor.kernel import guides

FOLDER = guides.PLACES[1] / "gambar"
WORDS = Path(__file__).with_name("guide_pictures.json")
DRAW = bool(os.environ.get("LAPOR_DRAW_GUIDES"))
NOW = "Mon 2 Mar 2026 09:00 WITA"
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 780}
CODE = re.compile(r"\b[0-9A-Z]{4}(?:[- ][0-9A-Z]{4}){2,}\b")


@dataclass(frozen=True)
class Picture:
    """One picture: its file's name, who looks (empty: nobody signed in), the address, the screen."""

    name: str
    who: str
    address: str
    screen: dict[str, int]


PICTURES = (
    Picture("halaman-depan", "", "/", PHONE),
    Picture("formulir", "", "/lapor/", PHONE),
    Picture("laporan-publik", "", "/publik/", PHONE),
    Picture("kotak-masuk-nasional", "admin-pusat", "/meja/?tab=unverified", DESK),
    Picture("kotak-masuk", "admin-kota", "/meja/?tab=unverified", DESK),
    Picture("periksa", "admin-kota", "/meja/laporan/{submitted}/periksa/", DESK),
    Picture("papan", "admin-kota", "/meja/pemantauan/", DESK),
    Picture("entri-manual", "admin-kota", "/meja/entri/", DESK),
    Picture("kotak-masuk-unit", "pp-pupr", "/meja/?tab=disposed", DESK),
    Picture("kasus", "pp-pupr", "/meja/laporan/{in_progress}/", DESK),
    Picture("jawaban", "pp-pupr", "/meja/laporan/{in_progress}/tindak-lanjut/", DESK),
    Picture("keterlambatan", "pp-pupr", "/meja/keterlambatan/", DESK),
    Picture("pimpinan", "pimpinan-pupr", "/meja/pimpinan/", PHONE),
    Picture("satuan-kerja", "petugas-bina-marga", "/meja/tugas/{forwarded}/", PHONE),
)

TOLD = (
    ("Lampu jalan padam di Jalan Pemuda", "Sejak hari Minggu tiga lampu jalan di depan Puskesmas padam.", "submitted"),
    ("Saluran air tersumbat dekat pasar", "Air got meluap ke jalan setiap hujan, sampah menumpuk.", "submitted"),
    ("Trotoar rusak di depan sekolah", "Ubin trotoar lepas, dua anak terjatuh pekan lalu.", "submitted"),
    ("Jembatan kayu lapuk", "Papan jembatan ke dusun sebelah sudah patah, sepeda motor sulit lewat.", "in_progress"),
    ("Jalan berlubang di tikungan", "Lubang dalam di tikungan, sudah dua kali ada yang jatuh.", "forwarded"),
    ("Rambu pasar hilang", "Rambu dilarang parkir di depan pasar hilang sejak pekan lalu.", "followed_up"),
    ("Sampah menumpuk di terminal", "Sudah dua bulan sampah di terminal tidak diangkut, baunya menyengat.", "late"),
)


@pytest.fixture
def now() -> Iterator[None]:
    """Make it the morning of the stories, here and on the server, which is this process."""
    with time_machine.travel(at(NOW), tick=True):
        yield


@pytest.fixture
def numbers(now: None, world: World) -> dict[str, str]:
    """Seven reports in the hands of the city; their human numbers by what became of them."""
    return {state: _told(world, title, text, state).number for title, text, state in TOLD}


def _told(world: World, title: str, text: str, state: str) -> Case:
    received = "Mon 19 Jan 2026 10:00 WITA" if state == "late" else "Wed 25 Feb 2026 10:00 WITA"
    case = Case(world, NOW).is_submitted(on=received, title=title, text=text)
    if state == "in_progress":
        case.is_in_progress(on="Thu 26 Feb 2026 10:00 WITA")
    if state == "forwarded":
        case.is_with_unit_officer(on="Thu 26 Feb 2026 11:00 WITA")
    if state == "followed_up":
        case.is_in_progress(on="Thu 26 Feb 2026 12:00 WITA").is_followed_up(on="Fri 27 Feb 2026 10:00 WITA")
    if state == "late":
        case.is_disposed(on="Tue 20 Jan 2026 10:00 WITA").sweep("Mon 2 Mar 2026 08:00 WITA")
    return case


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_a_guides_picture_shows_the_page_as_it_is(
    browser: Browser, live_server: LiveServer, world: World, numbers: dict[str, str], picture: Picture
) -> None:
    context = browser.new_context(
        viewport=picture.screen,  # type: ignore[arg-type]
        locale="id-ID",
        timezone_id="Asia/Makassar",
        device_scale_factor=1.5,
        base_url=live_server.url,
    )
    if picture.who:
        context.add_cookies([_session(world, picture.who, live_server.url)])
    page = context.new_page()
    page.clock.set_fixed_time(at(NOW))
    answer = page.goto(picture.address.format(**numbers))
    page.wait_for_load_state("networkidle")
    assert answer is not None
    assert answer.ok

    if DRAW:
        _draw(page, picture.name)

    assert (FOLDER / f"{picture.name}.webp").is_file()
    assert _words(page) == _kept().get(picture.name), "the page changed: run `make guides` and look at the picture"
    context.close()


def test_every_picture_is_taken_here_and_stands_in_a_guide() -> None:
    bodies = "".join(guide.body for guide in guides.guides())

    shown = set(re.findall(r'src="/panduan/gambar/([a-z0-9-]+)\.webp"', bodies))
    assert shown == {picture.name for picture in PICTURES} == {file.stem for file in FOLDER.iterdir()}


def _session(world: World, who: str, url: str) -> Any:
    """Return the cookie of a session in which this officer is signed in."""
    account = account_of(world, who)
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    return {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": url}


def _words(page: Page) -> str:
    words = page.locator("main").inner_text()
    return " ".join(CODE.sub("KODE", words).split())


def _kept() -> dict[str, str]:
    return json.loads(WORDS.read_text(encoding="utf-8")) if WORDS.exists() else {}


def _draw(page: Page, name: str) -> None:
    """Keep the picture, small enough to be read over a slow line, and its words."""
    FOLDER.mkdir(exist_ok=True)
    with Image.open(BytesIO(page.screenshot(animations="disabled"))) as shot:
        shot.save(FOLDER / f"{name}.webp", quality=72, method=6)
    kept = {**_kept(), name: _words(page)}
    WORDS.write_text(json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
