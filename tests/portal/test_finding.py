"""Finding public reports: by words in every form, by filters, in every order, from an address anybody may type."""

from __future__ import annotations

import json
import re

import pytest
from django.db import connection
from django.test import Client
from tests.builders import Case, World

from lapor.agencies.models import Agency, Place
from lapor.reports.models import Listing
from lapor.reports.queries import places, search
from lapor.reports.queries.places import places_with_reports
from lapor.reports.usecases import classify, edit, secrecy
from lapor.reports.usecases.counts import fold_counts
from lapor.reports.usecases.listing import list_again
from lapor.reports.usecases.support import support_report
from lapor.sop.vocabulary import EditReason


def titles(client: Client, **asked: str) -> list[str]:
    """Return the titles that a list shows."""
    answer = client.get("/publik/", asked)
    assert answer.status_code == 200
    return [card.title for card in answer.context["cards"]]


def shown(world: World, title: str, text: str = "", on: str = "Mon 2 Mar 2026 09:00 WITA", **more: str) -> Case:
    """Return a public report."""
    case = Case(world, on)
    return case.is_submitted(title=title, text=text or f"{title}. Mohon segera diperbaiki.", **more).is_disposed()


@pytest.mark.parametrize(
    "asked",
    ["lubang", "berlubang", "LUBANG", "jl berlubang", "jalan yang berlubang", '"jalan berlubang"', "jalan -banjir",
     '"jalan berlubang', "berlubang di pasar", "banjir or berlubang", "jalan-jalan"],
)  # fmt: skip
def test_words_are_found_in_every_form_people_type(citizen: Client, world: World, asked: str) -> None:
    shown(world, "Jalan berlubang di depan pasar")
    shown(world, "Lampu padam di taman")

    assert titles(citizen, q=asked) == ["Jalan berlubang di depan pasar"]


@pytest.mark.parametrize("asked", ["sekolah", "jalan -berlubang", '"lubang pasar"', "lampu berlubang"])
def test_what_is_not_there_is_not_found(citizen: Client, world: World, asked: str) -> None:
    shown(world, "Jalan berlubang di depan pasar")

    assert titles(citizen, q=asked) == []


def test_an_identity_card_is_found_however_it_is_written(citizen: Client, world: World) -> None:
    shown(world, "Pengurusan e-KTP lambat")

    assert all(titles(citizen, q=asked) for asked in ("ktp", "KTP", "e-ktp", "eKTP"))


GARBAGE = [
    "'", '"', '"""', "-", "--", "!!", "& | !", "<->", "(((", ")", "\\", "%_%", "'; DROP TABLE x; --", "a:*", ":*",
    "\x00", "\u202e", "😀", "x" * 5_000, "kata " * 1_000, "-jalan", "or", "or or", "jalan or",
    "<script>alert(1)</script>",    "'@a1'", "@a1 & jalan",
]  # fmt: skip


@pytest.mark.parametrize("asked", GARBAGE)
def test_whatever_people_type_is_answered_calmly(citizen: Client, world: World, asked: str) -> None:
    shown(world, "Jalan berlubang di depan pasar")

    answer = citizen.get("/publik/", {"q": asked})

    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("name", ["agency", "category", "place", "status", "period", "sort", "after"])
@pytest.mark.parametrize("value", ["\x00", "x" * 3_000, "' or 1=1", "📍", "../../etc", "-1", "bukan-apa-apa"])
def test_filters_that_name_nothing_are_answered_calmly(citizen: Client, world: World, name: str, value: str) -> None:
    shown(world, "Jalan berlubang di depan pasar")

    assert citizen.get("/publik/", {name: value}).status_code == 200
    assert citizen.get("/publik/", {name: value, "q": "jalan", "sort": "supported"}).status_code == 200


@pytest.mark.parametrize("asked", ["yang di dan", "-banjir", "jalan or -banjir"])
def test_what_names_nothing_is_told_apart_from_nothing_found(citizen: Client, world: World, asked: str) -> None:
    shown(world, "Jalan berlubang di depan pasar")

    answer = citizen.get("/publik/", {"q": asked})

    assert answer.context["found"].only_small_words
    assert "hampir setiap laporan" in answer.content.decode()


def test_a_filter_leaves_what_it_names_and_its_chip_takes_it_away(citizen: Client, world: World) -> None:
    place = Place.objects.get(code="52.71.01")
    shown(world, "Jalan rusak di Ampenan", category="jalan-rusak", place="52.71.01.1007")
    shown(world, "Lampu padam di Cakranegara", category="penerangan-jalan", place="52.71.03")

    assert titles(citizen, category="jalan-rusak") == ["Jalan rusak di Ampenan"]
    assert titles(citizen, place="Ampenan") == ["Jalan rusak di Ampenan"]
    assert titles(citizen, place=place.code, q="rusak") == ["Jalan rusak di Ampenan"]
    assert len(titles(citizen, place="52.71")) == 2
    assert len(titles(citizen, place="Nusa Tenggara Barat")) == 2
    assert titles(citizen, place="52", q="rusak") == ["Jalan rusak di Ampenan"]
    assert titles(citizen, place="Bali") == []
    assert titles(citizen, category="jalan-rusak", place="52.71.03") == []
    assert titles(citizen, agency="lembaga-uji") == []
    both = citizen.get("/publik/", {"category": "jalan-rusak", "place": "Ampenan", "status": "disposed"})
    assert [chip.text for chip in both.context["chips"]][1] == "Ampenan, Kota Mataram"
    assert all("Ampenan" not in chip.without for chip in both.context["chips"][1:2])
    for chip in both.context["chips"]:
        assert citizen.get(f"/publik/{chip.without}").status_code == 200


def test_a_category_above_finds_what_is_below_it(citizen: Client, world: World) -> None:
    shown(world, "Jalan rusak di Ampenan", category="jalan-rusak")

    assert titles(citizen, category="jalan") == ["Jalan rusak di Ampenan"]
    assert titles(citizen, category="jalan", q="ampenan") == ["Jalan rusak di Ampenan"]


def test_a_period_leaves_out_what_is_older(citizen: Client, world: World) -> None:
    shown(world, "Laporan lama", on="Mon 5 Jan 2026 09:00 WITA")
    shown(world, "Laporan baru", on="Fri 27 Feb 2026 09:00 WITA")

    assert titles(citizen, period="week") == ["Laporan baru"]
    assert titles(citizen, period="year") == ["Laporan baru", "Laporan lama"]


def test_the_orders_are_newest_most_supported_and_waiting_longest(citizen: Client, world: World) -> None:
    old = shown(world, "Laporan lama", on="Mon 5 Jan 2026 09:00 WITA")
    shown(world, "Laporan baru")
    for person in ("a", "b"):
        support_report(number=old.number, person=person, now=old.now)

    assert titles(citizen) == ["Laporan baru", "Laporan lama"]
    assert titles(citizen, sort="waiting") == ["Laporan lama", "Laporan baru"]
    assert titles(citizen, sort="supported") == ["Laporan lama"]


@pytest.mark.parametrize("sort", ["newest", "waiting", "supported"])
def test_every_order_goes_on_by_keyset_and_shows_each_report_once(citizen: Client, world: World, sort: str) -> None:
    made = [shown(world, f"Laporan nomor {n}") for n in range(23)]
    for case in made:
        support_report(number=case.number, person="a", now=case.now)

    first = citizen.get("/publik/", {"sort": sort})
    rest = citizen.get("/publik/", {"sort": sort, "after": first.context["older"]})

    seen = [card.title for page in (first, rest) for card in page.context["cards"]]
    assert sorted(seen) == sorted(f"Laporan nomor {n}" for n in range(23))


def test_a_corrected_wording_is_found_and_the_old_one_is_not(citizen: Client, case: Case) -> None:
    case.is_submitted(title="Jalan rusak parah", text="Jalan rusak parah milik Pak Anonimus.").is_disposed()
    reworded = {"title": "Jalan rusak", "text": "Jalan rusak berat di gang.", "reason": next(iter(EditReason))}
    case.act(edit.edit_wording, "admin-kota", **reworded)

    assert titles(citizen, q="anonimus") == []
    assert titles(citizen, q="gang") == ["Jalan rusak"]


def test_the_rows_made_anew_are_those_that_the_steps_made(world: World) -> None:
    shown(world, "Jalan rusak", category="jalan-rusak", place="52.71.01.1007")
    secret = shown(world, "Rahasia", place="52.71.03")
    secret.act(secrecy.change_secrecy, "reporter", anonymous=False, secret=True)
    fold_counts()
    fields = ("report", "agency", "category", "place", "city", "province", "status", "words", "supports")
    kept = list(Listing.objects.order_by("pk").values_list(*fields))
    counted = [(place.code, place.by_status) for place in places_with_reports("kota-uji").places]

    list_again()

    assert list(Listing.objects.order_by("pk").values_list(*fields)) == kept
    assert [(place.code, place.by_status) for place in places_with_reports("kota-uji").places] == counted
    assert counted == [("52.71.01", {"disposed": 1})]


def test_the_map_tells_districts_and_nothing_finer(citizen: Client, world: World) -> None:
    shown(world, "Jalan rusak", place="52.71.01.1007", place_note="Rumah nomor 7, pagar hijau")
    fold_counts()

    page = citizen.get("/publik/peta/").content.decode()

    (points,) = re.findall(r'<script id="map_points" type="application/json">(.*?)</script>', page)
    (point,) = json.loads(points)
    assert (point["name"], point["count"], point["lat"], point["lng"]) == ("Ampenan", 1, -8.57, 116.08)
    assert "Ampenan Utara" not in page
    assert "pagar hijau" not in page
    assert citizen.get(point["url"]).context["cards"][0].title == "Jalan rusak"


def test_the_map_of_an_institution_counts_only_its_own(citizen: Client, world: World) -> None:
    shown(world, "Jalan rusak", place="52.71.01")
    fold_counts()

    assert places_with_reports("lembaga-uji").places == []
    assert "Ampenan" in citizen.get("/publik/peta/", {"agency": "kota-uji"}).content.decode()
    assert "Ampenan" not in citizen.get("/publik/peta/", {"agency": "lembaga-uji"}).content.decode()


def counted_at(**asked: str) -> list[tuple[str, int]]:
    """Return which places a map shows, with their reports."""
    return [(place.name, place.total) for place in places_with_reports(**asked).places]


def test_the_map_of_a_province_or_a_city_shows_what_lies_in_it(citizen: Client, world: World) -> None:
    for place in ("52.71.01.1007", "52.71.03", "52.72", "51.71", "52"):
        shown(world, "Jalan rusak", place=place)
    fold_counts()
    mataram = [("Ampenan", 1), ("Cakranegara", 1)]

    assert counted_at(within="Kota Mataram") == mataram
    assert counted_at(within="52") == [*mataram, ("Kota Bima", 1), ("Nusa Tenggara Barat", 1)]
    assert counted_at(within="Bali") == [("Kota Denpasar", 1)]
    assert places_with_reports(within="Atlantis").unknown
    page = citizen.get("/publik/peta/", {"place": "Kota Mataram"}).content.decode()
    assert "Ampenan" in page
    assert "Denpasar" not in page
    assert "Atlantis" in citizen.get("/publik/peta/", {"place": "Atlantis"}).content.decode()


def test_a_map_of_very_many_places_adds_districts_up_to_their_cities(
    citizen: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "MOST_PLACES", 2)
    for place in ("52.71.01", "52.71.03", "52.72"):
        shown(world, "Jalan rusak", place=place)
    fold_counts()

    assert counted_at() == [("Kota Mataram", 2), ("Kota Bima", 1)]
    points = re.findall(r'"url": "([^"]+)"', citizen.get("/publik/peta/").content.decode())
    assert [len(citizen.get(url).context["cards"]) for url in points] == [2, 1]


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        ("agency_id = 1", "listed_by_agency"),
        ("category_id = 1", "listed_by_category"),
        ("place_id = 1", "listed_by_place"),
        ("city_id = 1", "listed_by_city"),
        ("province_id = 1", "listed_by_province"),
        ("status = 'closed'", "listed_by_status"),
        ("true", "listed"),
    ],
)
def test_each_filter_has_an_index_in_the_order_of_the_list(db: None, asked: str, index: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off")
        if index != "listed":  # of an empty table the whole list costs as little as its part
            cursor.execute("DROP INDEX listed")
        cursor.execute(
            f"EXPLAIN SELECT * FROM reports_listing WHERE {asked} ORDER BY received_at DESC, report_id DESC LIMIT 21"
        )
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert f"using {index} " in plan


def test_a_new_category_changes_the_row(world: World) -> None:
    case = shown(world, "Jalan rusak")
    before = Listing.objects.get().words

    case.act(classify.classify_report, "admin-kota", classification="complaint", category="jalan-rusak", tags=[])

    assert Listing.objects.get().words != before
    assert Agency.objects.get(code="kota-uji").pk == Listing.objects.get().agency_id


def test_what_no_officer_read_is_not_listed(world: World) -> None:
    Case(world).is_submitted()

    assert not Listing.objects.exists()


def test_a_place_named_by_its_code_is_shown_by_a_name_that_leads_back_to_it(citizen: Client, world: World) -> None:
    shown(world, "Jalan rusak di Mataram", place="52.71.02")

    named = citizen.get("/publik/", {"place": "52.71.02"}).context["found"].place

    assert titles(citizen, place=named) == ["Jalan rusak di Mataram"]


def test_a_rare_word_is_found_behind_the_newest_that_are_looked_through(
    citizen: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "LOOKED_THROUGH", 3)
    shown(world, "Terowongan gelap", on="Mon 2 Feb 2026 09:00 WITA")
    for n in range(6):
        shown(world, f"Jalan rusak {n}", on=f"Mon 23 Feb 2026 09:0{n} WITA")

    assert titles(citizen, q="terowongan") == ["Terowongan gelap"]
    assert titles(citizen, q="rusak") == [f"Jalan rusak {n}" for n in reversed(range(6))]
