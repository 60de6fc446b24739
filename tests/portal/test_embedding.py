"""What leaves our pages: the button for other sites, posters, sitemap, robots, feeds."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from html import unescape

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, override_settings
from pytest_django.fixtures import Settings
from tests.builders import Case, World

from lapor.config.env import origins


def test_only_the_buttons_own_frame_may_be_framed_and_it_leaves_no_trace(citizen: Client, world: World) -> None:
    answer = citizen.get("/tombol/kota-uji/bingkai/")

    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert not answer.cookies
    assert "csrfmiddlewaretoken" not in answer.content.decode()
    assert "instansi=kota-uji" in answer.content.decode()
    assert "frame-ancestors 'none'" in citizen.get("/tombol/kota-uji/")["Content-Security-Policy"]


def test_the_code_to_copy_is_shown_as_code(citizen: Client, world: World) -> None:
    page = citizen.get("/tombol/kota-uji/").content.decode()

    assert "&lt;iframe" in page
    assert "<iframe" not in page
    assert 'href="http://testserver/lapor/?instansi=kota-uji"' in unescape(page)


@pytest.mark.parametrize(
    "address", ["/tombol/tidak-ada/", "/tombol/tidak-ada/bingkai/", "/i/tidak-ada/laporan/", "/i/x/kabar.atom"]
)
def test_an_unknown_institution_has_none_of_it(citizen: Client, world: World, address: str) -> None:
    assert citizen.get(address).status_code == 404


@pytest.mark.parametrize(
    "about", ["Halte Pasar", "<script>alert(1)</script>", "x" * 5_000, "\x00\u202e", "😀", '"><svg onload=x>']
)
def test_a_poster_is_drawn_for_whatever_it_is_about(citizen: Client, world: World, about: str) -> None:
    answer = citizen.get("/poster/", {"tentang": about, "instansi": "kota-uji"})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<script>alert" not in page
    assert "<svg onload" not in page
    assert "poster-qr" in page
    assert len(answer.context["subject"]) <= 80


@pytest.mark.parametrize(
    "address", ["/sitemap.xml", "/sitemap/halaman.xml", "/sitemap/laporan-0.xml", "/publik/kabar.atom"]
)
def test_machines_get_well_formed_pages(citizen: Client, world: World, address: str) -> None:
    Case(world).is_submitted(title='Jalan & "rusak" <berat>').is_disposed()

    ET.fromstring(citizen.get(address).content)  # noqa: S314 - our own page


def test_a_citizens_words_are_no_markup_in_the_feed_and_no_hour_is_told(citizen: Client, world: World) -> None:
    case = Case(world).is_submitted(title="Lampu <b>padam</b>", text="Jalan <b>gelap</b> & licin sekali malam ini.")
    case.is_disposed()
    space = "{http://www.w3.org/2005/Atom}"

    (entry,) = ET.fromstring(citizen.get("/publik/kabar.atom").content).iter(f"{space}entry")  # noqa: S314

    summary, published = entry.find(f"{space}summary"), entry.findtext(f"{space}published") or ""
    assert summary is not None
    assert summary.get("type") == "html"
    assert "Jalan &lt;b&gt;gelap&lt;/b&gt; &amp; licin" in (summary.text or "")
    assert "T00:00:00" in published


def test_a_public_page_tells_the_day_and_not_the_hour(citizen: Client, case: Case) -> None:
    case.is_submitted().is_disposed()

    page = citizen.get(f"/publik/{case.number}/").content.decode() + citizen.get("/publik/").content.decode()

    assert re.findall(r'datetime="\d{4}-\d\d-\d\d"', page)
    assert not re.search(r'datetime="[^"]*T', page)
    assert not re.search(r"\d\d[.:]\d\d WI(B|TA|T)", page)


def test_the_sitemap_names_guides_and_institutions(citizen: Client, world: World) -> None:
    found = citizen.get("/sitemap/halaman.xml").content.decode()

    for path in ("/", "/panduan/", "/panduan/masyarakat/", "/i/kota-uji/", "/i/kota-uji/laporan/"):
        assert f"<loc>http://localhost:8000{path}</loc>" in found


def test_the_sitemap_leads_to_every_public_report(citizen: Client, world: World) -> None:
    cases = [Case(world).is_submitted().is_disposed() for _ in range(3)]
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    index = ET.fromstring(citizen.get("/sitemap.xml").content)  # noqa: S314
    pages = [one.text or "" for one in index.iter(f"{space}loc")]

    found = "\n".join(citizen.get(page.removeprefix("http://testserver")).content.decode() for page in pages)

    assert all(case.number in found for case in cases)


@pytest.mark.parametrize("begin", ["x", "9" * 30, "-1"])
def test_a_broken_page_of_the_sitemap_is_nothing(citizen: Client, world: World, begin: str) -> None:
    assert citizen.get(f"/sitemap/laporan-{begin}.xml").status_code == 404


def test_the_code_of_a_poster_opens_the_form_with_what_it_is_about(citizen: Client, world: World) -> None:
    answer = citizen.get("/lapor/", {"tentang": "Halte <b>Pasar</b>" + "x" * 500, "instansi": "kota-uji"})

    begun = answer.context["form"].initial["text"]
    assert begun.startswith("Halte <b>Pasar</b>xxx")
    assert len(begun) == 82
    assert "Halte &lt;b&gt;Pasar&lt;/b&gt;x" in answer.content.decode()


def test_robots_are_kept_from_what_is_personal(citizen: Client, world: World) -> None:
    said = citizen.get("/robots.txt").content.decode()

    for path in ("/lacak/", "/akun/", "/laporan-saya/", "/berhenti/"):
        assert f"Disallow: {path}" in said
    assert "Sitemap: http://testserver/sitemap.xml" in said


def test_a_report_names_its_canonical_address_and_its_card(citizen: Client, case: Case) -> None:
    case.is_submitted(title='Jalan "rusak" <b>').is_disposed()

    page = citizen.get(f"/publik/{case.number.lower()}/?utm=x").content.decode()

    assert f'<link rel="canonical" href="http://localhost:8000/publik/{case.number}/">' in page
    assert f'<meta property="og:image" content="http://testserver/publik/{case.number}/gambar.png?v=' in page
    assert 'content="Jalan &quot;rusak&quot; &lt;b&gt;"' in page
    assert case.code not in page


def test_tiles_of_another_host_join_the_policy_and_nothing_else_does() -> None:
    assert origins("") == []
    assert origins("/tiles/{z}/{x}/{y}.png") == []
    assert origins("https://peta.contoh.example/{z}/{x}/{y}.png") == ["https://peta.contoh.example"]


@pytest.mark.parametrize(
    "template", ["http://a.example/{z}", "//a.example/{z}", "https://a; script-src *", "https://", "data:x"]
)
def test_other_tiles_stop_the_start(template: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        origins(template)


@override_settings(LAPOR_TILES="/ubin/{z}/{x}/{y}.png")
def test_the_map_is_told_of_the_operators_tiles(citizen: Client, world: World) -> None:
    from lapor.reports.usecases.counts import fold_counts

    Case(world).is_submitted(place="52.71.01").is_disposed()
    fold_counts()

    assert 'data-tiles="/ubin/{z}/{x}/{y}.png"' in citizen.get("/publik/peta/").content.decode()


def test_a_wrong_host_name_is_refused_and_not_tripped_over_also_in_the_demo(
    citizen: Client, world: World, settings: Settings
) -> None:
    settings.DEMO, settings.ALLOWED_HOSTS = True, ["lapor.example"]
    citizen.raise_request_exception = False

    assert citizen.get("/", HTTP_HOST="lain.example").status_code == 400
