"""Queries per page: few, and no more when there are many reports, steps or institutions."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.builders import Case, World
from tests.portal.test_filing import send

from lapor.agencies.models import Agency, Calendar, Category, Place
from lapor.reports.usecases import reply

# Address: the most queries the page may ask, whatever is in the database.
BUDGET = {
    "/": 5,
    "/i/kota-uji/": 7,
    "/lapor/": 2,
    "/perangkat/": 0,
    "/luring/lapor-id/": 2,
    "/luring/perangkat-en/": 0,
    "/manifest.webmanifest": 0,
    "/sw.js": 0,
    "/publik/": 4,
    "/publik/?status=disposed&agency=kota-uji": 5,
    "/publik/?place=Nusa+Tenggara+Barat": 7,
    "/publik/?place=52&q=jalan": 10,
    "/publik/?q=jalan+berlubang&agency=kota-uji&category=jalan-rusak&place=Ampenan&period=month&sort=supported": 13,
    "/publik/peta/": 3,
    "/publik/peta/?place=Nusa+Tenggara+Barat": 6,
    "/i/kota-uji/publik/": 6,
    "/i/kota-uji/publik/?place=52&q=jalan": 11,
    "/i/kota-uji/publik/peta/": 4,
    "/publik/kabar.atom": 1,
    "/i/kota-uji/kabar.atom": 2,
    "/tombol/kota-uji/": 2,
    "/tombol/kota-uji/bingkai/": 1,
    "/poster/?tentang=Halte+Uji&instansi=kota-uji": 3,
    "/robots.txt": 0,
    "/sitemap.xml": 1,
    "/sitemap/halaman.xml": 1,
    "/sitemap/laporan-0.xml": 1,
    "/sop/": 1,
    "/bantuan/": 2,
    "/privasi/": 0,
    "/aksesibilitas/": 0,
    "/dasar-hukum/": 2,
    "/lacak/": 0,
    "/masuk/": 1,  # the buttons of the institutions' own sign-ons: one query for all
}


def queries(client: Client, address: str) -> int:
    """Return how many queries the page asked the database."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def grow(world: World) -> None:
    """Fill the world with more reports, places, categories and institutions."""
    for n in range(12):
        Case(world).is_submitted(title=f"Laporan {n}").is_disposed()
    wita = Calendar.objects.get(code="wita")
    for n in range(12):
        Place.objects.create(code=f"98.{n}", name=f"Tempat {n}", level="city")
        Category.objects.create(code=f"topik-{n}", name_id=f"Topik {n}", name_en=f"Topic {n}")
        Agency.objects.create(code=f"lembaga-{n}", name=f"Lembaga {n}", kind="institution", calendar=wita)


def test_each_page_keeps_its_budget_and_does_not_ask_more_when_there_is_more(citizen: Client, world: World) -> None:
    Case(world).is_submitted().is_disposed()
    few = {address: queries(citizen, address) for address in BUDGET}

    grow(world)
    many = {address: queries(citizen, address) for address in BUDGET}

    assert many == few
    assert {address: n for address, n in few.items() if n > BUDGET[address]} == {}


def test_a_score_card_does_not_ask_more_when_there_is_more_and_keeps_some(citizen: Client, world: World) -> None:
    cache.clear()
    Case(world).is_submitted().is_disposed()
    few = queries(citizen, "/i/kota-uji/laporan/")
    kept = queries(citizen, "/i/kota-uji/laporan/")

    grow(world)
    cache.clear()

    assert queries(citizen, "/i/kota-uji/laporan/") == few <= 13  # on time: two questions, each with its own index
    assert queries(citizen, "/i/kota-uji/laporan/") == kept < few


def says_more(case: Case, times: int = 10) -> None:
    """Give the report more steps with words."""
    for n in range(times):
        case.act(reply.reply, "reporter", text=f"Pesan nomor {n}")


@pytest.mark.parametrize(
    ("reach", "budget"),
    [(Case.is_submitted, 25), (Case.is_disposed, 26), (Case.is_followed_up, 22)],
    ids=["new", "disposed", "followed up"],
)
def test_the_reports_page_does_not_ask_more_when_more_happened(
    citizen: Client, case: Case, world: World, reach: Callable[[Case], Case], budget: int
) -> None:
    reach(case)
    says_more(case, times=1)
    citizen.post("/lacak/", {"code": case.code})
    few = queries(citizen, "/lacak/")
    assert few <= budget

    says_more(case, times=9)
    grow(world)

    assert queries(citizen, "/lacak/") == few


def test_a_public_report_does_not_ask_more_when_more_happened(citizen: Client, case: Case, world: World) -> None:
    case.is_disposed()
    address = f"/publik/{case.report.number}/"
    few = queries(citizen, address)
    assert few <= 12

    says_more(case)
    grow(world)

    assert queries(citizen, address) == few


def test_filing_takes_as_many_queries_when_there_is_more(citizen: Client, world: World) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert send(citizen, agency="kota-uji").status_code == 302
        return len(found)

    asked()  # the session's first report also makes the session
    few = asked()
    grow(world)

    assert asked() == few
