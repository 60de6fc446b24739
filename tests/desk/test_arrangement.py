"""What admins keep in order: units, desks without an officer, keywords, rules, ready texts, and the record."""

from __future__ import annotations

from typing import Any

import pytest
from tests.builders import Case, World
from tests.desk.conftest import NOW, SignIn, account_of

from lapor.agencies.models import Agency, Appointment, Category, Keyword, RoutingRule, Template
from lapor.kernel.models import Deed
from lapor.reports.models import Report

# --- Units ---------------------------------------------------------------------------------------


def test_a_unit_is_founded_and_stands_in_the_tree(world: World, sits: SignIn) -> None:
    browser = sits("admin-kota")
    browser.post("/meja/satuan/", {"parent": "kota-uji", "name": "Dinas Perpustakaan", "short_name": "Perpus"})
    browser.post("/meja/satuan/", {"parent": "kota-uji-dinas-perpustakaan", "name": "Bidang Koleksi"})

    made = Agency.objects.get(name="Bidang Koleksi")
    assert (made.kind, made.parent and made.parent.name) == ("subunit", "Dinas Perpustakaan")
    assert made.institution == world.agency("kota-uji")
    assert "Bidang Koleksi" in browser.get("/meja/satuan/").text
    assert [deed.about for deed in Deed.objects.filter(action="unit_founded")] == [
        "Dinas Perpustakaan",
        "Bidang Koleksi",
    ]


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"parent": "kota-uji", "name": "dinas pupr"}, 422),
        ({"parent": "lembaga-uji", "name": "Dinas Baru"}, 422),
        ({"parent": "kota-uji", "name": " "}, 422),
        ({"parent": "tidak-ada", "name": "Dinas Baru"}, 422),
    ],
)
def test_a_unit_that_does_not_fit_is_not_founded(world: World, sits: SignIn, said: dict[str, str], status: int) -> None:
    before = Agency.objects.count()

    assert sits("admin-kota").post("/meja/satuan/", said).status_code == status
    assert Agency.objects.count() == before


def test_a_unit_keeps_its_code_under_another_name(world: World, sits: SignIn) -> None:
    sits("admin-kota").post("/meja/satuan/dinas-pupr/", {"do": "rename", "name": "Dinas Pekerjaan Umum"})

    assert Agency.objects.get(code="dinas-pupr").name == "Dinas Pekerjaan Umum"


def test_a_unit_with_open_reports_stays_and_the_sentence_says_what_to_do(case: Case, sits: SignIn) -> None:
    case.is_disposed()
    rules = RoutingRule.objects.filter(unit__code="dinas-pupr").count()

    answer = sits("admin-kota").post("/meja/satuan/dinas-pupr/", {"do": "abolish", "into": "dinas-kesehatan"})

    assert answer.status_code == 409
    assert "1 laporan terbuka" in answer.text
    assert answer.text.count("Serahkan semua laporan terbuka ke unit lain") == 2  # the sentence, and what it names
    assert Agency.objects.get(code="dinas-pupr").is_receiving
    assert RoutingRule.objects.filter(unit__code="dinas-pupr").count() == rules


def test_open_reports_below_a_unit_keep_it_too(case: Case, sits: SignIn) -> None:
    case.is_with_unit_officer()

    assert sits("admin-kota").post("/meja/satuan/bidang-bina-marga/", {"do": "abolish"}).status_code == 409
    assert sits("admin-kota").post("/meja/satuan/dinas-pupr/", {"do": "abolish"}).status_code == 409


def test_a_merged_unit_receives_nothing_and_its_rules_go_over(world: World, sits: SignIn) -> None:
    city, category = world.agency("kota-uji"), Category.objects.all()[0]
    rule = RoutingRule.objects.create(institution=city, category=category, unit=world.agency("dinas-pupr"))

    sits("admin-kota").post("/meja/satuan/dinas-pupr/", {"do": "abolish", "into": "dinas-kesehatan"})

    rule.refresh_from_db()
    assert rule.unit.code == "dinas-kesehatan"
    assert Agency.objects.get(code="dinas-pupr").merged_into == world.agency("dinas-kesehatan")
    assert not Agency.objects.get(code="dinas-pupr").is_receiving
    assert not Agency.objects.get(code="bidang-bina-marga").is_receiving
    assert Deed.objects.get(action="unit_merged").account == account_of(world, "admin-kota").pk


@pytest.mark.parametrize("address", ["/meja/satuan/biro-uji/", "/meja/satuan/kota-uji/", "/meja/satuan/tidak-ada/"])
def test_nobody_arranges_anothers_units(world: World, sits: SignIn, address: str) -> None:
    browser = sits("admin-kota")

    assert browser.get(address).status_code == 404
    assert browser.post(address, {"do": "rename", "name": "Milik kami"}).status_code == 404
    assert not Agency.objects.filter(name="Milik kami").exists()


# --- Desks without an officer --------------------------------------------------------------------


def test_S16_a_desk_with_open_reports_and_nobody_in_force_stands_first(case: Case, sits: SignIn) -> None:
    case.is_disposed()
    browser = sits("admin-kota")
    assert "Dinas Pupr" not in browser.get("/meja/satuan/tanpa-petugas/").text

    Appointment.objects.filter(pk=case.world["pp-pupr"].appointment or 0).update(ended_on="2026-03-02")

    first = browser.get("/meja/satuan/tanpa-petugas/").context["desks"][0]
    assert (first.code, first.reports, first.role) == ("dinas-pupr", 1, "liaison")
    strangers = sits("admin-lembaga").get("/meja/satuan/tanpa-petugas/").context["desks"]
    assert "dinas-pupr" not in {one.code for one in strangers}


# --- Keywords and rules --------------------------------------------------------------------------


def test_a_keyword_is_kept_as_it_is_compared_and_belongs_to_one(world: World, sits: SignIn) -> None:
    sits("admin-kota").post("/meja/penerusan/", {"do": "keyword", "word": "uji. kota"})

    assert Keyword.objects.get(word="UJIKOTA").agency.code == "kota-uji"
    answer = sits("admin-lembaga").post("/meja/penerusan/", {"do": "keyword", "word": "Uji Kota"})
    assert answer.status_code == 422
    assert "sudah dipakai" in answer.text


@pytest.mark.parametrize("word", ["", ".", "x", "ключ", "a" * 41])
def test_what_is_no_keyword_is_refused(world: World, sits: SignIn, word: str) -> None:
    before = Keyword.objects.count()

    assert sits("admin-kota").post("/meja/penerusan/", {"do": "keyword", "word": word}).status_code == 422
    assert Keyword.objects.count() == before


def test_a_rule_is_added_tried_and_removed(world: World, sits: SignIn) -> None:
    RoutingRule.objects.filter(institution__code="kota-uji").delete()
    browser, category = sits("admin-kota"), Category.objects.filter(is_active=True)[0].code
    said: dict[str, Any] = {"do": "rule", "category": category, "unit": "dinas-pupr", "place": ""}
    trial = {"try-category": category, "try-place": ""}
    assert browser.get("/meja/penerusan/", trial).context["found"] is None

    browser.post("/meja/penerusan/", said)

    assert browser.get("/meja/penerusan/", trial).context["found"].code == "dinas-pupr"
    assert browser.post("/meja/penerusan/", said).status_code == 422
    rule = RoutingRule.objects.get(institution__code="kota-uji").pk
    sits("admin-lembaga").post("/meja/penerusan/", {"do": "remove_rule", "id": rule})
    assert RoutingRule.objects.filter(pk=rule).exists()
    browser.post("/meja/penerusan/", {"do": "remove_rule", "id": rule})
    assert not RoutingRule.objects.filter(pk=rule).exists()


def test_the_narrower_rule_wins_in_the_trial_as_it_does_for_reports(world: World, sits: SignIn) -> None:
    RoutingRule.objects.filter(institution__code="kota-uji").delete()
    browser, category = sits("admin-kota"), Category.objects.filter(is_active=True)[0].code
    rule = {"do": "rule", "category": category}
    browser.post("/meja/penerusan/", {**rule, "unit": "dinas-pupr", "place": ""})
    browser.post("/meja/penerusan/", {**rule, "unit": "dinas-kesehatan", "place": "Ampenan, Kota Mataram"})

    page = browser.get("/meja/penerusan/", {"try-category": category, "try-place": "Ampenan, Kota Mataram"})

    assert page.context["found"].code == "dinas-kesehatan"


def test_an_unknown_place_is_said_so(world: World, sits: SignIn) -> None:
    category = Category.objects.filter(is_active=True)[0].code

    page = sits("admin-kota").get("/meja/penerusan/", {"try-category": category, "try-place": "Entah Berantah"})

    assert "tidak mengenal tempat itu" in page.text


# --- Ready texts ---------------------------------------------------------------------------------


def test_a_ready_text_is_written_and_changed(world: World, sits: SignIn) -> None:
    browser = sits("admin-kota")
    said = {"kind": "follow_up", "name": "Selesai", "text": "Selesai pada {{ tanggal }}.", "is_active": "on"}

    assert browser.post("/meja/templat/baru/", said).status_code == 302
    kept = Template.objects.get()
    assert "tanggal" in browser.get("/meja/templat/").text
    browser.post(f"/meja/templat/{kept.pk}/", {**said, "name": "Sudah selesai"})

    assert Template.objects.get().name == "Sudah selesai"
    assert sits("admin-lembaga").get(f"/meja/templat/{kept.pk}/").status_code == 404
    assert sits("admin-lembaga").post(f"/meja/templat/{kept.pk}/", said).status_code == 404


def test_a_half_written_field_is_refused_with_the_words_kept(world: World, sits: SignIn) -> None:
    said = {"kind": "follow_up", "name": "Selesai", "text": "Selesai pada {{ tanggal.", "is_active": "on"}

    answer = sits("admin-kota").post("/meja/templat/baru/", said)

    assert answer.status_code == 422
    assert "Selesai pada {{ tanggal." in answer.text
    assert not Template.objects.exists()


# --- The record ----------------------------------------------------------------------------------


def test_each_sees_the_own_institutions_record_and_the_national_desk_all(world: World, sits: SignIn) -> None:
    for name, word in (("admin-kota", "UJISATU"), ("admin-lembaga", "UJIDUA")):
        sits(name).post("/meja/penerusan/", {"do": "keyword", "word": word})

    seen = {name: sits(name).get("/meja/jejak/").text for name in ("admin-kota", "admin-lembaga", "admin-pusat")}

    assert ("UJISATU" in seen["admin-kota"], "UJIDUA" in seen["admin-kota"]) == (True, False)
    assert ("UJISATU" in seen["admin-lembaga"], "UJIDUA" in seen["admin-lembaga"]) == (False, True)
    assert ("UJISATU" in seen["admin-pusat"], "UJIDUA" in seen["admin-pusat"]) == (True, True)


def test_the_record_is_searched_by_person_deed_and_day(world: World, sits: SignIn) -> None:
    browser = sits("admin-kota")
    browser.post("/meja/penerusan/", {"do": "keyword", "word": "UJISATU"})
    browser.post("/meja/satuan/", {"parent": "kota-uji", "name": "Dinas Arsip"})

    def found(**asked: str) -> list[str]:
        return [row.about for row, _words in browser.get("/meja/jejak/", asked).context["rows"]]

    assert found(action="unit_founded") == ["Dinas Arsip"]
    assert found(who="admin-kota") == ["Dinas Arsip", "UJISATU"]
    assert found(who="admin-lembaga") == []
    assert found(first="2026-03-02", last="2026-03-02") == ["Dinas Arsip", "UJISATU"]
    assert found(last="2026-03-01") == []


@pytest.mark.parametrize(
    "query", ["action=entah", "first=kapan", "before=x", "before=" + "9" * 30, "who=%00", "who=%25", "last=9999-12-31"]
)
def test_a_broken_question_to_the_record_is_no_accident(world: World, sits: SignIn, query: str) -> None:
    assert sits("admin-kota").get(f"/meja/jejak/?{query}").status_code == 200


def test_the_record_goes_on_where_a_page_ends(world: World, sits: SignIn) -> None:
    browser = sits("admin-kota")
    for n in range(60):
        Deed.objects.create(
            at="2026-03-01T00:00:00Z", institution=world.agency("kota-uji").pk, action="x", about=f"#{n}#"
        )

    first = browser.get("/meja/jejak/")
    second = browser.get("/meja/jejak/?" + first.context["older"])

    shown = [row.about for page in (first, second) for row, _words in page.context["rows"]]
    assert shown == [f"#{n}#" for n in reversed(range(60))]


def test_what_is_arranged_about_officers_is_on_record(world: World, sits: SignIn) -> None:
    browser, away = sits("admin-kota"), world["pp-pupr"].appointment
    days = {"first_day": "2026-03-02", "last_day": "2026-03-04", "deputy": account_of(world, "pimpinan-pupr").pk}
    browser.post(f"/meja/petugas/{away}/ketidakhadiran/", days)
    browser.post(
        "/meja/petugas/sk/",
        {"number": "7/UJI", "signed_on": "2026-03-02", "valid_from": "2026-03-02", "valid_to": "2026-12-31"},
    )

    assert list(Deed.objects.order_by("id").values_list("action", flat=True)) == ["absence_set", "decree_registered"]


# --- Queries -------------------------------------------------------------------------------------

BUDGETS = [
    ("/meja/keamanan/", 14),
    ("/meja/dukungan/", 11),
    ("/meja/satuan/", 11),
    ("/meja/satuan/dinas-pupr/", 12),
    ("/meja/satuan/tanpa-petugas/", 15),
    ("/meja/penerusan/", 14),
    ("/meja/templat/", 11),
    ("/meja/templat/baru/", 12),
    ("/meja/jejak/", 12),
]


@pytest.mark.parametrize(("address", "most"), BUDGETS)
def test_a_page_keeps_its_queries_however_much_there_is(world: World, sits: SignIn, address: str, most: int) -> None:
    from tests.desk.test_budgets import queries_of

    browser = sits("admin-kota")

    def grow(first: int, times: int) -> None:
        for n in range(first, first + times):
            Case(world, NOW).is_submitted()
            browser.post("/meja/satuan/", {"parent": "kota-uji", "name": f"Dinas Uji {n}"})
            browser.post("/meja/penerusan/", {"do": "keyword", "word": f"UJI{n}"})
            text = {"kind": "question", "name": f"Tanya {n}", "text": "Di mana?", "is_active": "on"}
            browser.post("/meja/templat/baru/", text)
        browser.get(address)  # messages of what was done are shown once

    grow(0, 1)
    few = queries_of(browser, address)
    grow(1, 12)
    many = queries_of(browser, address)

    assert Report.objects.count() == 13
    assert many == few
    assert many <= most, f"{address} asks {many} queries"
