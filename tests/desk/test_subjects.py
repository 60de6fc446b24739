"""Categories and tags: renamed, merged and taken out of use without touching a report; filters and forms follow."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.builders import Case, World
from tests.desk.conftest import NOW, SignIn, account_of
from tests.sop.days import at

from lapor.agencies.models import Category, RoutingRule, Tag, Template
from lapor.agencies.queries.by_name import category_codes
from lapor.agencies.queries.routing import suggested_unit
from lapor.agencies.refusals import NotYours, UnknownTag
from lapor.agencies.usecases.categories import keep_category, merge_category, use_category
from lapor.agencies.usecases.tags import add_tag, replace_tag, retire_tag
from lapor.kernel.models import Deed
from lapor.reports.models import SavedView
from lapor.reports.queries.search import Filters, search_public
from lapor.reports.usecases.classify import classify_report

PAGE = "/meja/kategori/"
NAME = "Trotoar dan akses penyandang disabilitas"


def merged(browser: Client, code: str = "trotoar", into: str = "jalan-rusak") -> Any:
    return browser.post(f"{PAGE}{code}/", {"do": "merge", "into": into})


def numbers(browser: Client, **asked: str) -> set[str]:
    """Return the numbers the inbox shows for these filters."""
    return {row.number for row in browser.get("/meja/", {"tab": "all", **asked}).context["list"].rows}


# --- Categories ----------------------------------------------------------------------------------


def test_a_category_is_added_and_can_be_chosen(world: World, sits: SignIn) -> None:
    said = {"name_id": "Jembatan gantung", "name_en": "Footbridges", "parent": "jalan"}

    assert sits("admin-pusat").post(PAGE, said).status_code == 302

    made = Category.objects.get(code="jembatan-gantung")
    assert (made.parent and made.parent.code, made.is_active) == ("jalan", True)
    assert sits("admin-pusat").post(PAGE, {**said, "name_id": "jembatan GANTUNG"}).status_code == 422
    case = Case(world, NOW).is_submitted(category="jembatan-gantung")
    assert case.report.category == made
    assert Deed.objects.get(action="category_kept").account == account_of(world, "admin-pusat").pk


def test_another_name_keeps_the_code_and_shows_on_old_reports(case: Case, sits: SignIn) -> None:
    case.is_submitted(category="trotoar")

    said = {"do": "rename", "name_id": "Jalur pejalan kaki", "name_en": "Walkways", "parent": "jalan"}
    assert sits("admin-pusat").post(f"{PAGE}trotoar/", said).status_code == 302

    assert "Jalur pejalan kaki" in sits("admin-kota").get(f"/meja/laporan/{case.number}/").text
    assert case.report.category is not None
    assert case.report.category.code == "trotoar"


def test_a_merge_is_looked_at_first_and_names_what_goes_over(world: World, sits: SignIn) -> None:
    city, browser = world.agency("kota-uji"), sits("admin-pusat")
    old, new = (Category.objects.get(code=code) for code in ("trotoar", "jalan-rusak"))
    RoutingRule.objects.filter(category__in=[old, new]).delete()
    pupr, health = world.agency("dinas-pupr"), world.agency("dinas-kesehatan")
    RoutingRule.objects.create(institution=city, category=old, unit=health)
    RoutingRule.objects.create(institution=city, category=new, unit=pupr)
    RoutingRule.objects.create(institution=world.agency("lembaga-uji"), category=old, unit=world.agency("biro-layanan"))
    text = Template.objects.create(kind="question", name="Tanya", text="Di mana?", category=old, changed_at=at(NOW))

    looked = browser.post(f"{PAGE}trotoar/", {"do": "look", "into": "jalan-rusak"}).context["following"]

    assert (looked.rules, looked.doubled, looked.texts) == (1, ("Kota Uji",), 1)
    assert RoutingRule.objects.filter(category=old).count() == 2
    assert merged(browser).status_code == 302
    assert not RoutingRule.objects.filter(category=old).exists()
    assert {rule.unit for rule in RoutingRule.objects.filter(category=new)} == {pupr, world.agency("biro-layanan")}
    text.refresh_from_db()
    assert text.category == new
    deed = Deed.objects.get(action="category_kept")
    assert deed.facts == {"rules": 1, "rules_removed": 1, "texts": 1}


def test_old_reports_keep_the_merged_category_and_every_filter_finds_them(case: Case, sits: SignIn) -> None:
    case.is_submitted(category="trotoar").is_disposed()
    other = Case(case.world, NOW).is_submitted(category="jalan-rusak").is_disposed()
    elsewhere = Case(case.world, NOW).is_submitted(category="sampah").is_disposed()
    merged(sits("admin-pusat"))

    assert case.report.category is not None
    assert case.report.category.code == "trotoar"
    desk, both = sits("admin-kota"), {case.number, other.number}
    for code in ("jalan-rusak", "trotoar"):
        assert numbers(desk, category=code) == both
        for words in ("", "berlubang"):
            found = search_public(words, Filters(category=code), now=at(NOW))
            assert {row.number for row in found.rows} == both
    assert numbers(desk, category="jalan") == both
    assert numbers(desk) == {*both, elsewhere.number}


def test_saved_views_and_older_forms_are_led_to_the_new_one(case: Case, sits: SignIn) -> None:
    case.is_submitted(category="jalan-rusak")
    desk = sits("admin-kota")
    view = SavedView.objects.create(
        desk=case.world.agency("kota-uji"), account=account_of(case.world, "admin-kota").pk,
        name="Trotoar", query="tab=all&category=trotoar", at=at(NOW),
    )  # fmt: skip
    merged(sits("admin-pusat"))

    page = desk.get("/meja/", {"tab": "unverified", "category": "trotoar", "panel": "1"})
    assert page.context["form"].cleaned_data["category"] == "jalan-rusak"
    assert [row.number for row in desk.get("/meja/", {"view": view.pk}).context["list"].rows] == [case.number]
    late = Case(case.world, NOW).is_submitted(category="trotoar")  # a form opened before the merge
    assert late.report.category is not None
    assert late.report.category.code == "jalan-rusak"
    assert category_codes()["trotoar"] == "jalan-rusak"


def test_a_public_link_to_a_merged_category_shows_the_new_one(world: World, sits: SignIn, client: Client) -> None:
    merged(sits("admin-pusat"))

    page = client.get("/publik/?category=trotoar")

    assert [chip.text for chip in page.context["chips"]] == ["Jalan rusak"]
    assert client.get("/publik/?category=tidak-ada").status_code == 200


def test_a_category_is_named_in_the_readers_language_on_its_own_page(world: World, sits: SignIn) -> None:
    browser = sits("admin-pusat")
    assert f"<h1>{NAME}</h1>" in browser.get(f"{PAGE}trotoar/").text
    browser.cookies["django_language"] = "en"

    page = browser.get(f"{PAGE}trotoar/").text

    assert "<h1>Pavements and access for disabled people</h1>" in page
    assert "Roads, bridges and drains › Damaged road" in page


def test_a_category_out_of_use_is_named_in_the_filters_with_a_word_for_it(
    world: World, sits: SignIn, client: Client
) -> None:
    sits("admin-pusat").post(f"{PAGE}trotoar/", {"do": "retire"})

    page = client.get("/publik/?category=trotoar")

    assert [chip.text for chip in page.context["chips"]] == [f"{NAME} (tidak dipakai lagi)"]
    assert f'<option value="trotoar" selected>{NAME}</option>' in page.text
    assert "trotoar" not in client.get("/publik/").text  # nobody chooses it anew
    assert f"Kategori: {NAME} (tidak dipakai lagi)" in sits("admin-kota").get("/meja/?category=trotoar").text


def test_a_rule_of_the_new_category_serves_reports_of_the_old(world: World, sits: SignIn) -> None:
    city, new = world.agency("kota-uji"), Category.objects.get(code="jalan-rusak")
    RoutingRule.objects.filter(institution=city).delete()
    RoutingRule.objects.create(institution=city, category=new, unit=world.agency("dinas-pupr"))
    merged(sits("admin-pusat"))

    found = suggested_unit(city.pk, Category.objects.get(code="trotoar"), None)

    assert found is not None
    assert found.code == "dinas-pupr"


def test_one_out_of_use_is_not_chosen_but_stays_where_it_is(case: Case, sits: SignIn) -> None:
    case.is_submitted(category="trotoar")
    assert sits("admin-pusat").post(f"{PAGE}trotoar/", {"do": "retire"}).status_code == 302

    form = sits("admin-kota").get(f"/meja/laporan/{case.number}/klasifikasi/").text
    assert 'value="trotoar" selected' in form
    case.act(classify_report, "admin-kota", classification="complaint", category="trotoar", tags=["pasar"])
    assert (case.report.tags, case.report.category and case.report.category.code) == (["pasar"], "trotoar")
    fresh = Case(case.world, NOW)
    with pytest.raises(Exception, match="kategori"):
        fresh.is_submitted(category="trotoar")
    assert sits("admin-pusat").post(f"{PAGE}trotoar/", {"do": "reuse"}).status_code == 302
    assert fresh.is_submitted(category="trotoar").report.category is not None


@pytest.mark.parametrize(
    ("code", "said", "status"),
    [
        ("jalan", {"do": "retire"}, 409),
        ("jalan", {"do": "merge", "into": "sampah"}, 409),
        ("jalan", {"do": "rename", "name_id": "Jalan", "name_en": "Roads", "parent": "kebersihan"}, 409),
        ("trotoar", {"do": "merge", "into": "trotoar"}, 422),
        ("trotoar", {"do": "merge", "into": "tidak-ada"}, 422),
        ("trotoar", {"do": "rename", "name_id": "Jalan rusak", "name_en": "x", "parent": "jalan"}, 422),
        ("trotoar", {"do": "rename", "name_id": "", "name_en": "x", "parent": "jalan"}, 422),
        ("trotoar", {"do": "rename", "name_id": "Trotoar", "name_en": "x", "parent": "jembatan"}, 422),
        ("tidak-ada", {"do": "retire"}, 404),
    ],
)
def test_what_would_break_the_tree_is_refused(world: World, sits: SignIn, code: str, said: Any, status: int) -> None:
    before = list(Category.objects.order_by("pk").values())

    assert sits("admin-pusat").post(f"{PAGE}{code}/", said).status_code == status
    assert list(Category.objects.order_by("pk").values()) == before


def test_a_merged_category_is_over_and_chains_lead_to_the_last(world: World, sits: SignIn) -> None:
    browser = sits("admin-pusat")
    merged(browser)
    assert browser.get(f"{PAGE}trotoar/").status_code == 404

    merged(browser, "jalan-rusak", "jembatan")

    assert {one.merged_into and one.merged_into.code for one in Category.objects.exclude(merged_into=None)} == {
        "jembatan"
    }


@pytest.mark.parametrize("who", ["admin-kota", "pp-pupr", "ombudsman", "panrb"])
def test_only_the_national_desk_changes_categories(world: World, sits: SignIn, who: str) -> None:
    before = list(Category.objects.order_by("pk").values())
    for answer in (sits(who).get(PAGE), merged(sits(who)), sits(who).post(PAGE, {"name_id": "A", "name_en": "B"})):
        assert answer.status_code == 403
    by: dict[str, Any] = {"actor": world[who], "now": at(NOW)}
    for act in (
        lambda: keep_category(name_id="A", name_en="B", **by),
        lambda: merge_category(category="trotoar", into="jembatan", **by),
        lambda: use_category(category="trotoar", in_use=False, **by),
    ):
        with pytest.raises(NotYours):
            act()
    assert list(Category.objects.order_by("pk").values()) == before


# --- Tags ----------------------------------------------------------------------------------------


def tagged(case: Case, *words: str) -> Case:
    report = case.is_submitted().report
    case.act(classify_report, "admin-kota", classification=report.classification, tags=words)
    return case


def test_a_kept_tag_is_offered_where_a_report_is_classified(case: Case, sits: SignIn) -> None:
    case.is_submitted()
    sits("admin-kota").post("/meja/tag/", {"do": "add", "word": "  Musrenbang "})

    assert Tag.objects.get().word == "musrenbang"
    assert "musrenbang" in sits("admin-kota").get(f"/meja/laporan/{case.number}/klasifikasi/").text
    assert sits("admin-kota").post("/meja/tag/", {"do": "add", "word": "musrenbang"}).status_code == 422
    assert sits("admin-kota").post("/meja/tag/", {"do": "add", "word": "a,b"}).status_code == 422
    assert "musrenbang" not in sits("admin-lembaga").get("/meja/tag/").text


def test_a_renamed_tag_stays_on_old_reports_and_finds_them(world: World, sits: SignIn) -> None:
    desk = sits("admin-kota")
    desk.post("/meja/tag/", {"do": "add", "word": "pasar"})
    old, new = tagged(Case(world, NOW), "pasar"), Case(world, NOW)

    desk.post("/meja/tag/", {"do": "replace", "tag": Tag.objects.get().pk, "word": "pasar rakyat"})
    tagged(new, "pasar")  # typed out of habit

    assert (old.report.tags, new.report.tags) == (["pasar"], ["pasar rakyat"])
    for word in ("pasar", "pasar rakyat"):
        assert numbers(desk, tag=word) == {old.number, new.number}
    assert numbers(desk, tag="lain") == set()


def test_a_tag_out_of_use_is_refused_on_a_new_report_and_kept_on_an_old_one(world: World, sits: SignIn) -> None:
    desk = sits("admin-kota")
    desk.post("/meja/tag/", {"do": "add", "word": "pasar"})
    old = tagged(Case(world, NOW), "pasar")
    desk.post("/meja/tag/", {"do": "retire", "id": Tag.objects.get().pk})

    old.act(classify_report, "admin-kota", classification="complaint", tags=["pasar", "lain"])
    with pytest.raises(Exception, match="pasar"):
        tagged(Case(world, NOW), "pasar")

    assert old.report.tags == ["pasar", "lain"]
    ministry = Case(world, NOW).is_submitted(agency="lembaga-uji")
    ministry.act(classify_report, "admin-lembaga", classification="complaint", tags=["pasar"])
    assert ministry.report.tags == ["pasar"]


def test_nobody_changes_the_tags_of_another(world: World, sits: SignIn) -> None:
    tag = add_tag(institution="kota-uji", word="pasar", actor=world["admin-kota"], now=at(NOW))
    by: dict[str, Any] = {"actor": world["admin-lembaga"], "now": at(NOW)}

    for who in ("admin-pusat", "pp-pupr", "inspektorat"):
        assert sits(who).get("/meja/tag/").status_code == 403
    for act in (
        lambda: retire_tag(institution="kota-uji", tag=tag.pk, **by),
        lambda: replace_tag(institution="kota-uji", tag=tag.pk, word="x", **by),
        lambda: add_tag(institution="kota-uji", word="x", **by),
    ):
        with pytest.raises(NotYours):
            act()
    with pytest.raises(UnknownTag):
        retire_tag(institution="lembaga-uji", tag=tag.pk, **by)
    assert sits("admin-lembaga").post("/meja/tag/", {"do": "retire", "id": tag.pk}).status_code == 404
    assert Tag.objects.get().is_active


@pytest.mark.parametrize(("who", "address", "most"), [("admin-pusat", PAGE, 8), ("admin-kota", "/meja/tag/", 8)])
def test_a_page_asks_no_more_when_there_are_more_rows(
    world: World, sits: SignIn, who: str, address: str, most: int
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert browser.get(address).status_code == 200
        return len(counted)

    browser = sits(who)
    browser.get(address)
    few = queries()
    for n in range(10):
        Category.objects.create(
            code=f"uji-{n}", name_id=f"Uji {n}", name_en="Test", merged_into=Category.objects.all()[0]
        )
        Tag.objects.create(institution=world.agency("kota-uji"), word=f"uji {n}")

    assert queries() == few <= most
