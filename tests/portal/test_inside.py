"""Inside an institution's path: its look, only its reports, and no way that leads out by mistake."""

from __future__ import annotations

import json
import re
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils.timezone import localtime
from pytest_django.fixtures import Settings
from tests.builders import Case, World

from lapor.reports.usecases.counts import fold_counts

SCRIPT = re.compile(r'<script type="application/ld\+json" nonce="([^"]+)">(.*?)</script>', re.DOTALL)


def in_json(client: Client, address: str) -> dict[str, object]:
    """Return a page's JSON-LD; its nonce must be the one of the policy."""
    answer = client.get(address)
    ((nonce, text),) = SCRIPT.findall(answer.content.decode())
    assert f"'nonce-{nonce}'" in answer.headers["Content-Security-Policy"]
    found: dict[str, object] = json.loads(text)
    return found


@pytest.fixture
def two(world: World) -> tuple[Case, Case]:
    """Return a public report of the city and one of the ministry."""
    city = Case(world).is_submitted(title="Jalan kota", place="52.71.01").is_disposed()
    other = Case(world).is_submitted(title="Layanan lembaga", agency="lembaga-uji", place="51.71")
    other.is_disposed(to="biro-layanan", by="admin-lembaga")
    fold_counts()
    return city, other


def test_list_and_map_show_only_its_own_and_stay_inside(citizen: Client, two: tuple[Case, Case]) -> None:
    page = citizen.get("/i/kota-uji/publik/", {"agency": "lembaga-uji"})

    assert [card.title for card in page.context["cards"]] == ["Jalan kota"]
    assert page.context["cards"][0].url == f"/i/kota-uji/publik/{two[0].number}/"
    text = page.content.decode()
    assert "Kota Uji" in text
    assert 'href="/publik/' not in text
    plan = citizen.get("/i/kota-uji/publik/peta/").content.decode()
    assert "Ampenan" in plan
    assert "Denpasar" not in plan
    assert 'href="/publik/' not in plan


@pytest.mark.parametrize("address", ["/i/kota-uji/", "/i/kota-uji/laporan/"])
def test_its_other_pages_lead_inside(citizen: Client, two: tuple[Case, Case], address: str) -> None:
    text = citizen.get(address).content.decode()

    assert 'href="/i/kota-uji/publik/"' in text
    assert f'href="/i/kota-uji/publik/{two[0].number}/"' in text
    assert 'href="/publik/' not in text


def test_a_report_is_read_inside_and_another_institutions_outside(citizen: Client, two: tuple[Case, Case]) -> None:
    own, other = (case.number for case in two)

    page = citizen.get(f"/i/kota-uji/publik/{own}/").content.decode()
    assert f'<link rel="canonical" href="http://localhost:8000/publik/{own}/">' in page
    assert 'href="/i/kota-uji/publik/"' in page
    assert citizen.get(f"/i/kota-uji/publik/{other}/").headers["Location"] == f"/publik/{other}/"
    assert citizen.get("/i/kota-uji/publik/UJI-2026-999999/").status_code == 404
    assert citizen.get("/i/tidak-ada/publik/").status_code == 404
    assert citizen.get(f"/i/tidak-ada/publik/{own}/").status_code == 404


@pytest.fixture
def at_host(settings: Settings) -> dict[str, Any]:
    """Return the headers of who comes by the city's host name."""
    settings.ALLOWED_HOSTS = [".lapor.example"]
    settings.LAPOR_BASE_URL = "https://lapor.example"
    return {"HTTP_HOST": "uji.lapor.example"}


def test_under_its_host_name_it_shows_its_own_feed_and_reports(
    citizen: Client, two: tuple[Case, Case], at_host: dict[str, Any]
) -> None:
    own, other = (case.number for case in two)

    feed = citizen.get("/publik/kabar.atom", **at_host).content.decode()
    away = citizen.get(f"/publik/{other}/", **at_host)

    assert own in feed
    assert other not in feed
    assert citizen.get(f"/publik/{own}/", **at_host).status_code == 200
    assert away.headers["Location"] == f"https://lapor.example/publik/{other}/"
    assert citizen.get(f"/publik/{other}/", HTTP_HOST="lapor.example").status_code == 200


def test_an_institution_at_the_common_address_sends_nobody_in_a_circle(
    citizen: Client, two: tuple[Case, Case], at_host: dict[str, Any], settings: Settings
) -> None:
    settings.LAPOR_BASE_URL = "https://uji.lapor.example"

    assert citizen.get(f"/publik/{two[1].number}/", **at_host).status_code == 200


@pytest.mark.parametrize(
    ("by_path", "by_host"),
    [
        ("/i/kota-uji/", "/"),
        ("/i/kota-uji/publik/", "/publik/"),
        ("/i/kota-uji/publik/peta/", "/publik/peta/"),
        ("/i/kota-uji/laporan/", "/i/kota-uji/laporan/"),
    ],
)
def test_a_page_has_one_canonical_address_however_it_is_reached(
    citizen: Client, two: tuple[Case, Case], at_host: dict[str, Any], by_path: str, by_host: str
) -> None:
    canonical = f'<link rel="canonical" href="https://lapor.example{by_path}">'

    assert canonical in citizen.get(by_path, HTTP_HOST="lapor.example").content.decode()
    assert canonical in citizen.get(by_host, **at_host).content.decode()


def test_who_supports_inside_stays_inside_and_nobody_is_led_elsewhere(citizen: Client, two: tuple[Case, Case]) -> None:
    address = f"/publik/{two[0].number}/dukung/"

    inside = citizen.post(address, {"inside": "kota-uji"})
    strange = citizen.post(address, {"inside": "//example.org"})

    assert inside.headers["Location"] == f"/i/kota-uji/publik/{two[0].number}/#dukung"
    assert strange.headers["Location"] == f"/publik/{two[0].number}/#dukung"


def test_a_report_speaks_to_machines_of_what_its_page_shows(citizen: Client, world: World) -> None:
    case = Case(world).is_submitted(
        title="</script><script>alert(1)</script>",
        text="Lampu <!-- padam & gelap\u2028 di jalan </SCRIPT ><img src=x>",
        place="52.71.01.1007",
        place_note="Rumah nomor 7, pagar hijau",
        name="Pelapor Uji",
    )
    case.is_disposed()

    answer = citizen.get(f"/publik/{case.number}/").content.decode()
    said = in_json(citizen, f"/publik/{case.number}/")

    ((_, text),) = SCRIPT.findall(answer)
    assert not set(text) & set("<>&\u2028")
    assert said["headline"] == case.report.title
    assert said["contentLocation"] == {"@type": "Place", "name": "Ampenan"}
    assert said["@id"] == f"http://localhost:8000/publik/{case.number}/"
    assert said["datePublished"] == localtime(case.report.received_at, ZoneInfo("Asia/Makassar")).date().isoformat()
    assert said["creativeWorkStatus"] == "Menunggu ditindaklanjuti"
    assert "author" not in said
    hidden = ("pagar hijau", "Pelapor Uji", "Ampenan Utara", case.code)
    assert [word for word in hidden if word in json.dumps(said)] == []


def test_a_score_card_speaks_to_machines_in_counts(citizen: Client, two: tuple[Case, Case]) -> None:
    said = in_json(citizen, "/i/kota-uji/laporan/")

    assert said["about"] == {"@type": "GovernmentOrganization", "name": "Kota Uji"}
    values = {one["name"]: one["value"] for one in said["variableMeasured"]}  # type: ignore[attr-defined]
    assert (values["received"], values["open"], values["confirmed"]) == (1, 1, 0)
    assert "median_working_days" not in values
