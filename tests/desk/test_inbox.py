"""The inbox: narrowed, searched, kept as a view, acted on by many; each from both sides of role, desk and secrecy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from urllib.parse import parse_qs

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.builders import Case, World, officer_at
from tests.desk.conftest import NOW, SignIn

from lapor.reports.models import BulkRun, Claim, FirstView, Report, SavedView
from lapor.reports.queries import inbox, tabs
from lapor.reports.queries.filters import Filters
from lapor.reports.queries.inbox import Tab
from lapor.reports.usecases import classify, closing, confirm, edit, forward, return_, support
from lapor.reports.usecases.counts import fold_counts
from lapor.sop.vocabulary import Role

SCHOOL = "Lampu jalan di depan sekolah dasar padam sejak tiga minggu, anak-anak takut lewat."


def found(browser: Client, address: str) -> set[str]:
    """Return the numbers of the reports that the list shows."""
    page = browser.get(f"/meja/?{address}")
    assert page.status_code == 200, address
    return {part.split("/")[0] for part in page.text.split('href="/meja/laporan/')[1:]}


@pytest.fixture
def lamp(world: World) -> Case:
    """A report about a lamp, beside the hole in the road that `case` tells of."""
    return Case(world, NOW).is_submitted(title="Lampu sekolah padam", text=SCHOOL)


# --- Tabs and counts ------------------------------------------------------------------------------


def counts(case: Case, who: str) -> dict[str, int | None]:
    return {str(view.tab): view.count for view in tabs.tabs(case.world[who])}


def test_counts_are_exact_before_and_after_they_are_folded(case: Case) -> None:
    case.is_in_progress()
    Case(case.world, NOW).is_submitted()

    before = counts(case, "admin-kota")
    fold_counts()
    Case(case.world, NOW).is_submitted()

    assert (before["unverified"], before["in_progress"], before["closed"]) == (1, 1, 0)
    assert counts(case, "admin-kota")["unverified"] == 2
    assert counts(case, "admin-lembaga")["unverified"] == 0
    assert counts(case, "pp-pupr")["in_progress"] == 1
    assert counts(case, "pp-kesehatan")["in_progress"] == 0


def test_S12_what_waits_for_release_has_a_tab_of_its_own(case: Case) -> None:
    case.is_with_unit_officer()
    assert counts(case, "pp-pupr")["release"] == 0

    case.act(forward.answer_liaison, "petugas-bina-marga", text="Sudah kami ukur, aspal dipasang besok.")

    assert counts(case, "pp-pupr")["release"] == 1
    assert [row.number for row in inbox.inbox(case.world["pp-pupr"], Tab.RELEASE, now=case.now).rows] == [case.number]
    assert inbox.inbox(case.world["pp-kesehatan"], Tab.RELEASE, now=case.now).rows == ()


def test_S55_what_came_back_and_what_was_sent_back_are_two_tabs(case: Case) -> None:
    case.is_disposed()
    case.act(return_.return_report, "pp-pupr", competent_body="Dinas Kesehatan", why="Bukan jalan kota.")

    assert (counts(case, "admin-kota")["returned"], counts(case, "admin-kota")["sent_back"]) == (1, 0)
    assert counts(case, "pp-pupr")["sent_back"] == 1
    case.act(return_.return_report, "admin-kota", competent_body="Balai jalan", why="Jalan nasional.")

    assert (counts(case, "admin-kota")["returned"], counts(case, "admin-kota")["sent_back"]) == (0, 1)
    assert counts(case, "admin-pusat")["returned"] == 1
    assert counts(case, "pp-kesehatan")["sent_back"] == 0


def test_observers_count_only_what_is_not_secret(case: Case) -> None:
    case.is_submitted()
    Case(case.world, NOW).is_submitted(secret=True)

    assert counts(case, "admin-kota")["unverified"] == 2
    assert counts(case, "panrb")["unverified"] == 1
    assert counts(case, "inspektorat")["unverified"] == 1


# --- Filters --------------------------------------------------------------------------------------

OF_THE_LAMP = {
    "q=sekolah": "words",
    "q=ketakutan": "another form of the same stem",
    "q=%22lampu+jalan%22": "words together",
    "q=lampu+-berlubang": "a word left out",
    "classification=information": "classification",
    "category=penerangan-jalan": "category",
    "tag=mendesak": "tag",
    "anonymous=yes": "anonymous",
    "secret=yes": "secret",
    "channel=agency_web": "channel",
    "supports=2": "supports",
    "place=Ampenan+Tengah": "kelurahan",
    "place=Ampenan": "district",
    "first=2026-03-01": "from a day on",
}


@pytest.fixture
def pair(case: Case, lamp: Case) -> tuple[Case, Case]:
    """The hole of last November, with a unit; the lamp with everything that a filter asks for."""
    case.is_disposed(on="Mon 3 Nov 2025 09:00 WITA").on(NOW)
    subject = {"classification": "information", "category": "penerangan-jalan", "tags": ["mendesak"]}
    lamp.act(classify.classify_report, "admin-kota", **subject, place="52.71.01.1005")
    marks = {"is_anonymous": True, "is_secret": True, "channel": "agency_web", "rating": 4}
    Report.objects.filter(code=lamp.code).update(**marks)
    return case, lamp


@pytest.mark.parametrize("query", OF_THE_LAMP, ids=OF_THE_LAMP.values())
def test_each_filter_leaves_what_fits_and_takes_the_rest_out(pair: tuple[Case, Case], sits: SignIn, query: str) -> None:
    road, lamp = pair
    if query.startswith("supports"):
        Report.objects.filter(code=lamp.code).update(is_secret=False)
        lamp.is_disposed()
        for person in ("satu", "dua"):
            support.support_report(number=lamp.number, person=person, now=lamp.now)
    browser = sits("admin-kota")

    assert found(browser, "tab=all") == {road.number, lamp.number}
    assert found(browser, f"tab=all&{query}") == {lamp.number}


def test_what_is_due_soon_is_neither_late_nor_far(case: Case, lamp: Case, sits: SignIn) -> None:
    soon = Case(case.world).is_submitted(on="Thu 26 Feb 2026 09:00 WITA")
    browser = sits("admin-kota")

    assert found(browser, "clock=soon") == {soon.number}
    assert found(browser, "clock=today") == set()


OF_THE_ROAD = {
    "clock=late": "late",
    "unit=dinas-pupr": "unit",
    "last=2026-02-27": "until a day",
    "status=disposed": "status",
    "hops=1": "hops",
    "anonymous=no": "not anonymous",
}


@pytest.mark.parametrize("query", OF_THE_ROAD, ids=OF_THE_ROAD.values())
def test_each_filter_leaves_the_other_one_too(pair: tuple[Case, Case], sits: SignIn, query: str) -> None:
    road, _lamp = pair

    assert found(sits("admin-kota"), f"tab=all&{query}") == {road.number}


def test_returned_rated_and_acted_on_are_filters_too(case: Case, lamp: Case, sits: SignIn) -> None:
    case.is_disposed().act(return_.return_report, "pp-pupr", competent_body="Balai jalan", why="Bukan jalan kota.")
    lamp.is_in_progress().is_followed_up()
    lamp.act(confirm.confirm_done, "reporter", rating=2)
    browser, me = sits("admin-kota"), case.world["admin-kota"].appointment

    assert found(browser, "tab=all&returned=1") == {case.number}
    assert found(browser, "tab=all&rating=2") == {lamp.number}
    assert found(browser, f"tab=all&officer={me}") == {case.number, lamp.number}
    assert found(browser, f"tab=all&officer={case.world['pp-pupr'].appointment}") == {case.number, lamp.number}


def test_the_text_finds_secret_reports_for_their_desk_and_for_nobody_else(case: Case, sits: SignIn) -> None:
    case.is_submitted(title="Pungutan liar terowongan", text=SCHOOL, secret=True).is_disposed()

    for name in ("admin-kota", "pp-pupr", "pimpinan-pupr", "admin-pusat"):
        assert found(sits(name), "q=terowongan") == {case.number}, name
    for name in ("panrb", "inspektorat", "ombudsman", "admin-lembaga", "pp-kesehatan", "pp-biro", "petugas-bina-marga"):
        page = sits(name).get("/meja/?q=terowongan").text
        assert case.number not in page, name
        assert "Pungutan" not in page, name


def test_words_follow_a_new_wording_and_the_original_is_found_too(case: Case, sits: SignIn) -> None:
    case.is_submitted()
    case.act(edit.edit_wording, "admin-kota", title="Lubang besar", text="Aspal terkelupas parah.", reason="structure")

    assert found(sits("admin-kota"), "q=terkelupas") == {case.number}
    assert found(sits("admin-kota"), "q=membahayakan") == {case.number}


def test_a_search_looks_everywhere_and_a_tab_narrows_it(case: Case, lamp: Case, sits: SignIn) -> None:
    case.is_disposed()
    browser = sits("admin-kota")

    assert found(browser, "q=jalan") == {case.number, lamp.number}
    assert found(browser, "q=jalan&tab=disposed") == {case.number}
    assert "tab=disposed&amp;q=jalan" in browser.get("/meja/?q=jalan").text


def test_chips_say_what_is_active_and_each_leads_to_the_list_without_it(lamp: Case, sits: SignIn) -> None:
    page = sits("admin-kota").get("/meja/?tab=all&q=sekolah&channel=web&status=unverified&status=closed").text

    chips = [part.split('"')[0] for part in page.split('class="filter-chip" href="?')[1:]]
    asked = [parse_qs(chip.replace("&amp;", "&")) for chip in chips]
    assert ["q" in one for one in asked] == [False, True, True, True]
    assert ["channel" in one for one in asked].count(False) == 1
    assert all(one["tab"] == ["all"] for one in asked)
    assert sorted(len(one["status"]) for one in asked) == [1, 1, 2, 2]


def test_small_words_alone_are_told_so(lamp: Case, sits: SignIn) -> None:
    page = sits("admin-kota").get("/meja/?q=yang+di").text

    assert "Tidak ada yang dicari" in page


def test_an_unknown_place_finds_nothing_and_says_why(lamp: Case, sits: SignIn) -> None:
    page = sits("admin-kota").get("/meja/?tab=all&place=Atlantis").text

    assert lamp.number not in page
    assert "Tempat ini tidak kami kenal" in page


@pytest.mark.parametrize(
    "query",
    [
        "status=entah", "hops=-1", "hops=99999999999999999999", "supports=1e9", "rating=9", "officer=1;DROP",
        "first=0000-99-99",
        "last=31/31/2026", "unit=%00", "category=%27", "tag=%22%7D", "q=%27%22%5C%26%7C%21", "q=%00", "place=%25_",
        "secret=maybe", "clock=%F0%9F%92%A5", "col=entah", "view=99999", "view=x", "after=MTo6&tab=all",
        "officer=" + "9" * 30,
        "q=" + "a" * 5000, "panel=1&q=" + "x%20" * 400, "after=OTk5OTk5OTk5OTk5OTk5OTk5OTk5OToxMA&tab=all",
    ],
)  # fmt: skip
def test_whatever_an_address_asks_the_inbox_stays_calm(lamp: Case, sits: SignIn, query: str) -> None:
    assert sits("admin-kota").get(f"/meja/?{query}").status_code == 200


def test_another_desks_officer_is_no_filter(lamp: Case, sits: SignIn) -> None:
    """A filter by an officer of another desk is as if it were not asked, and the name is not told."""
    stranger = lamp.world["pp-biro"].appointment

    page = sits("admin-kota").get(f"/meja/?tab=all&officer={stranger}").text

    assert "filter-chip" not in page
    assert "Pp-Biro" not in page


def test_the_order_goes_on_behind_the_page_with_filters(world: World, sits: SignIn) -> None:
    numbers = {Case(world, NOW).is_submitted().number for _ in range(30)}
    browser = sits("admin-kota")

    for order in ("tab=unverified&channel=web", "tab=all&channel=web", "tab=unverified&order=newest&q=pasar"):
        first = browser.get(f"/meja/?{order}").text
        cursor = first.split("after=")[1].split('"')[0]
        second = found(browser, f"{order}&after={cursor}")
        assert len(second) == 5
        assert found(browser, order) | second == numbers


def test_a_list_that_is_too_long_is_looked_through_in_parts_and_says_so(
    world: World, sits: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "LOOKED", 10)
    old = Case(world, NOW).is_submitted(classification="aspiration")
    for _ in range(15):
        Case(world, NOW).is_submitted()
    browser = sits("admin-kota")

    page = browser.get("/meja/?tab=all&classification=aspiration").text
    assert "10 laporan dari daftar ini sudah ditelusuri" in page
    assert old.number not in page
    cursor = page.split("after=")[1].split('"')[0]

    assert found(browser, f"tab=all&classification=aspiration&after={cursor}") == {old.number}
    last = browser.get(f"/meja/?tab=all&classification=aspiration&after={cursor}").text
    assert 'rel="next"' not in last


def test_a_range_of_days_is_reached_at_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "LOOKED", 5)
    old = Case(world).is_submitted(on="Mon 3 Nov 2025 09:00 WITA", classification="aspiration")
    for _ in range(8):
        Case(world, NOW).is_submitted()
    asked = Filters(classification="aspiration", last=date(2025, 11, 30))

    page = inbox.inbox(world["admin-kota"], Tab.ALL, now=Case(world, NOW).now, filters=asked)

    assert [row.number for row in page.rows] == [old.number]
    assert page.looked is None


def test_frequent_words_are_looked_for_among_the_newest_and_rare_ones_in_all(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "LOOKED_FOR_WORDS", 3)
    cases = [Case(world, NOW).is_submitted() for _ in range(6)]

    def look(are_rare: bool) -> inbox.Page:
        monkeypatch.setattr("lapor.reports.queries.filters.RARE", 10**9 if are_rare else -1)
        return inbox.inbox(world["admin-kota"], Tab.ALL, now=cases[0].now, filters=Filters(text="pasar"))

    assert (len(look(True).rows), look(True).looked) == (6, None)
    assert (len(look(False).rows), look(False).looked) == (3, 3)


# --- Saved views ----------------------------------------------------------------------------------


@pytest.fixture
def colleague(world: World, sits: SignIn) -> Client:
    """A browser of a second admin of the city."""
    world.actors["admin-kota-2"] = officer_at(world.agency("kota-uji"), Role.AGENCY_ADMIN, "admin-kota-2")
    return sits("admin-kota-2")


def keep(browser: Client, name: str = "Lampu", **more: str) -> SavedView:
    asked = {"do": "keep", "name": name, "query": "tab=unverified&q=sekolah&after=x&panel=1&evil=1&col=channel"}
    assert browser.post("/meja/tampilan-daftar/", {**asked, **more}).status_code == 302
    return SavedView.objects.get(name=name)


def test_a_view_keeps_filters_and_columns_and_opens_them_again(case: Case, lamp: Case, sits: SignIn) -> None:
    case.is_submitted()
    browser = sits("admin-kota")

    view = keep(browser)

    assert (view.query, view.columns) == ("tab=unverified&q=sekolah", ["channel"])
    assert found(browser, f"view={view.pk}") == {lamp.number}
    assert "Website" in browser.get(f"/meja/?view={view.pk}").text


def test_a_shared_view_is_the_desks_and_an_own_one_nobody_elses(lamp: Case, sits: SignIn, colleague: Client) -> None:
    mine = keep(sits("admin-kota"), "Rahasia saya")
    ours = keep(sits("admin-kota"), "Milik meja", shared="1")

    page = colleague.get("/meja/").text
    assert "Milik meja" in page
    assert "Rahasia saya" not in page
    assert found(colleague, f"view={ours.pk}&tab=closed") == {lamp.number}
    assert "Rahasia saya" not in colleague.get(f"/meja/?view={mine.pk}").text
    for name in ("admin-lembaga", "pp-pupr", "admin-pusat"):
        assert "Milik meja" not in sits(name).get("/meja/").text, name


def test_nobody_changes_a_colleagues_view(lamp: Case, sits: SignIn, colleague: Client) -> None:
    mine = keep(sits("admin-kota"), "Rahasia saya")
    ours = keep(sits("admin-kota"), "Milik meja", shared="1")

    colleague.post("/meja/tampilan-daftar/", {"do": "drop", "view": ours.pk})
    colleague.post("/meja/tampilan-daftar/", {"do": "first", "view": mine.pk})
    keep_same_name = {"do": "keep", "name": "Milik meja", "query": "tab=closed"}
    colleague.post("/meja/tampilan-daftar/", keep_same_name)

    assert SavedView.objects.get(pk=ours.pk).query == ours.query
    assert not FirstView.objects.exists()


def test_the_inbox_opens_with_the_view_chosen_and_as_usual_again(case: Case, lamp: Case, sits: SignIn) -> None:
    case.is_submitted()
    browser = sits("admin-kota")
    view = keep(browser)

    browser.post("/meja/tampilan-daftar/", {"do": "first", "view": view.pk})
    assert found(browser, "") == {lamp.number}
    browser.post("/meja/tampilan-daftar/", {"do": "usual", "view": view.pk})
    assert found(browser, "") == {case.number, lamp.number}
    browser.post("/meja/tampilan-daftar/", {"do": "first", "view": view.pk})
    browser.post("/meja/tampilan-daftar/", {"do": "drop", "view": view.pk})

    assert found(browser, "") == {case.number, lamp.number}


@pytest.mark.parametrize("typed", [{"name": ""}, {"name": " "}, {"name": "x" * 61}, {"do": "drop", "view": "abc"}])
def test_a_view_that_cannot_be_kept_is_refused_in_words(lamp: Case, sits: SignIn, typed: dict[str, str]) -> None:
    answer = sits("admin-kota").post("/meja/tampilan-daftar/", {"do": "keep", "query": "", **typed}, follow=True)

    assert answer.status_code == 200
    assert "alert-danger" in answer.text
    assert not SavedView.objects.exists()


# --- News, turns ----------------------------------------------------------------------------------


def newest_of(browser: Client) -> str:
    return browser.get("/meja/").text.split("data-arrivals=")[1].split("since=")[1].split('"')[0]


def test_what_came_in_is_told_once_asked_and_only_to_its_desk(case: Case, sits: SignIn) -> None:
    browser, other = sits("admin-kota"), sits("admin-lembaga")
    since, others = newest_of(browser), newest_of(other)

    quiet = browser.get(f"/meja/baru/?since={since}")
    assert (quiet.status_code, quiet.text.strip()) == (200, "")
    assert browser.get(f"/meja/baru/?since={since}", headers={"If-None-Match": quiet["ETag"]}).status_code == 304
    case.is_submitted()

    told = browser.get(f"/meja/baru/?since={since}", headers={"If-None-Match": quiet["ETag"]})
    assert "1 laporan masuk" in told.text
    assert other.get(f"/meja/baru/?since={others}").text.strip() == ""


@pytest.mark.parametrize("since", ["", "x", "-1", "9" * 40])
def test_a_broken_mark_is_answered_calmly(case: Case, sits: SignIn, since: str) -> None:
    assert sits("admin-kota").get(f"/meja/baru/?since={since}").status_code == 200


def test_asking_for_news_stays_cheap(case: Case, sits: SignIn) -> None:
    browser = sits("admin-kota")
    browser.get("/meja/baru/?since=0")

    with CaptureQueriesContext(connection) as counted:
        browser.get("/meja/baru/?since=0")

    assert len([one for one in counted if "outgoingmessage" in one["sql"]]) == 1
    assert len(counted) <= 7


def test_next_opens_what_is_due_first_and_says_when_nothing_is_left(case: Case, sits: SignIn) -> None:
    case.is_submitted()
    browser = sits("admin-kota")

    assert case.number in browser.post("/meja/berikutnya/")["Location"]
    case.is_disposed()
    assert "Tidak ada yang menunggu Anda" in browser.post("/meja/berikutnya/", follow=True).text
    assert browser.get("/meja/berikutnya/", follow=False).headers["Location"] == "/meja/"
    assert sits("panrb").post("/meja/berikutnya/").status_code == 403


def test_a_case_says_which_colleague_reads_it(case: Case, sits: SignIn, colleague: Client) -> None:
    case.is_submitted()
    address = f"/meja/laporan/{case.number}/membaca/"
    assert sits("admin-kota").post(address).text.strip() == ""

    assert "Admin-Kota sedang membaca laporan ini sejak 09.00" in colleague.post(address).text
    assert "sedang membaca" in colleague.get(f"/meja/laporan/{case.number}/").text
    sits("admin-kota").post(address, {"gone": "1"})
    assert "sedang membaca" not in colleague.get(f"/meja/laporan/{case.number}/").text
    assert sits("pp-biro").post(address).status_code == 404
    assert Claim.objects.count() == 0


# --- Many at once ---------------------------------------------------------------------------------


def preview(browser: Client, do: str, *cases: Case) -> str:
    answer = browser.get("/meja/banyak/", {"do": do, "n": [f"{one.number}:{one.report.version}" for one in cases]})
    assert answer.status_code == 200, answer.text[:500]
    return answer.text


def sent(browser: Client, page: str, do: str, **words: str) -> str:
    key = page.split('name="key" value="')[1].split('"')[0]
    chosen = [part.split('"')[0] for part in page.split('name="n" value="')[1:]]
    answer = browser.post("/meja/banyak/", {"do": do, "key": key, "n": chosen, **words}, follow=True)
    return answer.text


def test_many_are_looked_at_first_and_nothing_is_done_by_looking(case: Case, lamp: Case, sits: SignIn) -> None:
    case.is_disposed()

    page = preview(sits("admin-kota"), "disposisi", case, lamp)

    assert "Menjadi “Terdisposisi, Belum Ditindaklanjuti”" in page
    assert "tidak dapat dilakukan" in page
    assert f'value="{lamp.number}:' in page
    assert f'value="{case.number}:' not in page
    assert str(lamp.status) == "unverified"
    assert not BulkRun.objects.exists()


def test_many_are_disposed_each_in_its_own_step(case: Case, lamp: Case, sits: SignIn) -> None:
    case.is_submitted()
    browser = sits("admin-kota")

    said = sent(browser, preview(browser, "disposisi", case, lamp), "disposisi", to="dinas-pupr", note="Mohon segera.")

    assert "Selesai untuk 2 laporan" in said
    for one in (case, lamp):
        assert one.holder[1] == "dinas-pupr"
        assert one.ledger[-1] == "S29 S43 dispose by agency_admin"


def test_a_report_that_changed_meanwhile_is_left_and_the_others_go_on(case: Case, lamp: Case, sits: SignIn) -> None:
    case.is_submitted()
    browser = sits("admin-kota")
    page = preview(browser, "disposisi", case, lamp)
    case.act(classify.classify_report, "admin-kota", classification="complaint")

    said = sent(browser, page, "disposisi", to="dinas-pupr")

    assert "Selesai untuk 1 laporan" in said
    assert "Laporan ini berubah" in said
    assert (str(case.status), str(lamp.status)) == ("unverified", "disposed")


def test_a_report_that_moved_on_since_the_preview_has_its_line_in_the_result(
    case: Case, lamp: Case, sits: SignIn
) -> None:
    case.is_submitted()
    browser = sits("admin-kota")
    page = preview(browser, "arsip", case, lamp)
    case.is_disposed()

    said = sent(browser, page, "arsip", reason="spam", text="Ini iklan.")

    assert "Selesai untuk 1 laporan" in said
    assert "1 laporan tidak dapat dikerjakan" in said
    assert case.number in said


def test_sent_twice_is_done_once(case: Case, lamp: Case, sits: SignIn) -> None:
    case.is_submitted()
    browser = sits("admin-kota")
    page = preview(browser, "catatan", case, lamp)

    first = sent(browser, page, "catatan", text="Dibahas di rapat Senin.")
    again = sent(browser, page, "catatan", text="Dibahas di rapat Senin.")

    assert "Selesai untuk 2 laporan" in first
    assert "Selesai untuk 2 laporan" in again
    assert case.report.responses.filter(kind="note").count() == 1
    assert BulkRun.objects.count() == 1


def test_a_form_that_is_not_filled_in_does_nothing(case: Case, lamp: Case, sits: SignIn) -> None:
    case.is_submitted()
    browser = sits("admin-kota")

    said = sent(browser, preview(browser, "arsip", case, lamp), "arsip", reason="spam")

    assert "error-summary" in said
    assert not BulkRun.objects.exists()
    assert str(case.status) == "unverified"


def test_archiving_many_tells_each_reporter(case: Case, lamp: Case, sits: SignIn) -> None:
    case.is_submitted()
    browser = sits("admin-kota")

    sent(browser, preview(browser, "arsip", case, lamp), "arsip", reason="suggestion", text="Terima kasih.")

    for one in (case, lamp):
        assert str(one.status) == "archived"
        assert "reporter" in one.told


def test_tags_are_added_and_all_else_stays(pair: tuple[Case, Case], sits: SignIn) -> None:
    road, lamp = pair
    browser = sits("admin-kota")

    said = sent(browser, preview(browser, "tag", road, lamp), "tag", tags="Musim hujan, mendesak")

    assert "Selesai untuk 2 laporan" in said
    assert lamp.report.tags == ["mendesak", "musim hujan"]
    assert (lamp.report.classification, lamp.report.place_id is None) == ("information", False)
    assert road.report.tags == ["musim hujan", "mendesak"]


def test_a_liaison_accepts_many(case: Case, lamp: Case, sits: SignIn) -> None:
    case.is_disposed()
    lamp.is_disposed()
    browser = sits("pp-pupr")

    said = sent(browser, preview(browser, "terima", case, lamp), "terima")

    assert "Selesai untuk 2 laporan" in said
    assert all(one.report.accepted_at for one in (case, lamp))


@pytest.mark.parametrize(
    ("who", "do"),
    [("pp-pupr", "arsip"), ("admin-kota", "terima"), ("admin-kota", "setujui-tutup"), ("admin-kota", "verifikasi"),
     ("admin-kota", "tindak-lanjut"), ("admin-kota", "entah"), ("admin-kota", "")],
)  # fmt: skip
def test_only_what_the_table_gives_the_role_is_offered_for_many(case: Case, sits: SignIn, who: str, do: str) -> None:
    case.is_disposed()

    answer = sits(who).get("/meja/banyak/", {"do": do, "n": f"{case.number}:1"})

    assert answer.status_code == 422
    assert "Jalan berlubang" not in answer.text


@pytest.mark.parametrize("who", ["admin-lembaga", "pp-biro", "pp-kesehatan"])
def test_numbers_of_others_show_and_do_nothing(case: Case, sits: SignIn, who: str) -> None:
    case.is_submitted(secret=True)
    browser = sits(who)
    asked = {"do": "catatan", "n": f"{case.number}:1"}

    assert "Jalan berlubang" not in browser.get("/meja/banyak/", asked).text
    answer = browser.post("/meja/banyak/", {**asked, "key": "6f1d3c1e-0000-4000-8000-000000000001", "text": "Halo."})

    assert "Jalan berlubang" not in answer.text
    assert not BulkRun.objects.exists()


def test_a_result_is_read_by_who_sent_it_and_by_nobody_else(
    case: Case, lamp: Case, sits: SignIn, colleague: Client
) -> None:
    browser = sits("admin-kota")
    sent(browser, preview(browser, "catatan", lamp), "catatan", text="Dibahas.")
    address = f"/meja/banyak/{BulkRun.objects.get().key}/"

    assert browser.get(address).status_code == 200
    assert colleague.get(address).status_code == 404


@pytest.mark.parametrize("asked", [{}, {"do": "catatan"}, {"do": "catatan", "n": []}])
def test_without_a_choice_the_page_says_how_to_choose_and_leads_back(
    world: World, sits: SignIn, asked: dict[str, str]
) -> None:
    browser = sits("admin-kota")

    for answer in (browser.get("/meja/banyak/", asked), browser.post("/meja/banyak/", asked)):
        assert answer.status_code == 422
        assert "Belum ada laporan yang dipilih. Centang laporan di daftar" in answer.text
        assert 'class="btn btn-primary" href="/meja/"' in answer.text


@pytest.mark.parametrize("chosen", [["x"] * 3, [f"UJI-2026-{n:06d}:1" for n in range(60)], ["%00:9", ":"]])
def test_no_or_too_many_or_broken_choices_end_in_a_sentence(lamp: Case, sits: SignIn, chosen: list[str]) -> None:
    answer = sits("admin-kota").get("/meja/banyak/", {"do": "catatan", "n": chosen})

    assert answer.status_code in (200, 422)


@pytest.fixture
def wide(world: World) -> Callable[[int], None]:
    """File so many reports."""

    def more(times: int) -> None:
        for _ in range(times):
            Case(world, NOW).is_submitted()

    return more


FILTERED = (
    "tab=all&q=jalan&category=penerangan-jalan&place=Ampenan&unit=dinas-pupr&hops=1&supports=1&clock=late&panel=1"
)


@pytest.mark.parametrize(
    ("address", "most"),
    [("tab=unverified", 17), ("tab=unverified&channel=web", 18), ("tab=all&q=jalan", 21), (FILTERED, 34)],
)
def test_a_list_asks_no_more_when_there_is_more(
    sits: SignIn, wide: Callable[[int], None], address: str, most: int
) -> None:
    browser = sits("admin-kota")
    wide(2)
    browser.get(f"/meja/?{address}")

    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            browser.get(f"/meja/?{address}")
        return len(counted)

    few = queries()
    wide(6)

    assert queries() == few <= most


def test_an_unsent_closing_is_no_closing(case: Case) -> None:
    case.is_followed_up(on="Mon 1 Dec 2025 09:00 WITA").on(NOW)
    assert counts(case, "admin-kota")["closing"] == 0

    case.act(closing.request_closing, "admin-kota", why="Sudah selesai.")

    assert counts(case, "admin-kota")["closing"] == counts(case, "admin-pusat")["closing"] == 1


def test_a_submission_is_found_at_once(case: Case) -> None:
    text = "Gorong-gorong tersumbat sampah plastik di belakang masjid raya."
    case.is_submitted(text=text, title="Gorong-gorong tersumbat")

    page = inbox.inbox(case.world["admin-kota"], Tab.ALL, now=case.now, filters=Filters(text="tersumbat plastik"))

    assert [row.number for row in page.rows] == [case.number]
