"""The pages by which an officer leaves or is away: what goes over, what became of it, and no report left behind."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries
from tests.builders import Case, World, officer_at
from tests.desk.conftest import NOW, SignIn, account_of
from tests.desk.test_budgets import queries_of
from tests.sop.days import at

from lapor.agencies.models import Absence, Agency, Appointment, Decree
from lapor.reports.models import AnswerDraft, HandOver
from lapor.reports.queries import unmanned
from lapor.reports.queries.unmanned import PAGE, unmanned_desks
from lapor.reports.usecases.answer import keep_draft
from lapor.reports.usecases.hand_over import hand_over_work
from lapor.sop.vocabulary import Action, Role

WORDS = "Lubang di depan pasar kami periksa besok."


def seat(world: World, who: str = "pp-pupr") -> int:
    return world[who].appointment or 0


def page(world: World, name: str, who: str = "pp-pupr") -> str:
    return f"/meja/petugas/{seat(world, who)}/{name}/"


@pytest.fixture
def drafted(case: Case) -> Case:
    """A report for which its liaison has begun an answer."""
    case.is_disposed()
    keep_draft(
        code=case.number, action=Action.RESPOND_FIRST, fields={"text": WORDS}, actor=case.world["pp-pupr"],
        now=at(NOW), version=case.report.version,
    )  # fmt: skip
    return case


@pytest.fixture
def mate(world: World) -> int:
    """A second liaison of roads, by account."""
    world.actors["rekan"] = officer_at(world.agency("dinas-pupr"), Role.LIAISON, "rekan")
    return world["rekan"].account or 0


def leaves(mate: int, **more: Any) -> dict[str, Any]:
    return {"successor": mate, "ended_on": "2026-03-02", **more}


def test_the_page_shows_exactly_what_goes_over_without_its_words(drafted: Case, world: World, sits: SignIn) -> None:
    shown = sits("admin-kota").get(page(world, "serah-terima")).text

    assert drafted.number in shown
    assert "konsep" in shown
    assert WORDS not in shown


def test_one_press_hands_over_and_both_read_the_result(drafted: Case, world: World, mate: int, sits: SignIn) -> None:
    answer = sits("admin-kota").post(page(world, "serah-terima"), leaves(mate))

    result = answer["Location"]
    assert "1 hal sudah diserahkan" in sits("admin-kota").get(result).text
    mine = sits("rekan").get(result).text
    assert f"/meja/laporan/{drafted.number}/respon-awal/" in mine
    assert WORDS in sits("rekan").get(f"/meja/laporan/{drafted.number}/respon-awal/").text
    assert sits("pp-pupr").get(result).status_code == 403
    assert sits("pp-kesehatan").get(result).status_code == 404
    assert sits("admin-lembaga").get(result).status_code == 404
    assert sits("inspektorat").get(result).status_code == 403


def test_a_successor_who_sits_in_another_role_changes_it_from_the_letters_page(
    drafted: Case, world: World, sits: SignIn
) -> None:
    decree = Decree.objects.get(institution__code="kota-uji").pk
    other = account_of(world, "pp-kesehatan").pk
    result = sits("admin-kota").post(page(world, "serah-terima"), leaves(other, decree=decree))["Location"]
    browser = sits("pp-kesehatan")

    assert drafted.number not in browser.get(result).text
    assert browser.post(result)["Location"] == result

    assert f"/meja/laporan/{drafted.number}/respon-awal/" in browser.get(result).text
    assert sits("admin-kota").post(result).status_code == 302  # nothing to change: the page again


def test_a_later_day_is_arranged_and_said(drafted: Case, world: World, mate: int, sits: SignIn) -> None:
    answer = sits("admin-kota").post(page(world, "serah-terima"), leaves(mate, ended_on="2026-03-09"), follow=True)

    assert "Sudah diatur" in answer.text
    assert "9 Mar 2026" in answer.text
    assert AnswerDraft.objects.get().account == world["pp-pupr"].account


@pytest.mark.parametrize(
    "typed",
    [
        {"successor": ""},
        {"successor": "0"},
        {"ended_on": "2026-03-01"},
        {"ended_on": "kemarin"},
        {"successor": "pp-kesehatan"},  # serves elsewhere, and no decree names them here
    ],
)
def test_a_refused_hand_over_changes_nothing_and_says_why(
    drafted: Case, world: World, mate: int, sits: SignIn, typed: dict[str, str]
) -> None:
    if typed.get("successor", "") in world.actors:
        typed = {"successor": str(account_of(world, typed["successor"]).pk)}

    answer = sits("admin-kota").post(page(world, "serah-terima"), leaves(mate, **typed))

    assert answer.status_code in (404, 409, 422)
    assert "field-error" in answer.text or "alert" in answer.text
    assert AnswerDraft.objects.get().account == world["pp-pupr"].account
    assert not HandOver.objects.exists()
    assert Appointment.objects.get(pk=seat(world)).ended_on is None


def test_a_seat_whose_decree_ran_out_stands_with_its_work_on_the_officers_page(
    drafted: Case, world: World, mate: int, sits: SignIn, today: time_machine.Traveller
) -> None:
    city = world.agency("kota-uji")
    first, last = date(2026, 1, 1), date(2026, 3, 2)
    old = Decree.objects.create(institution=city, number="LAMA", signed_on=first, valid_from=first, valid_to=last)
    Appointment.objects.filter(pk=seat(world)).update(decree=old)
    assert "pekerjaannya belum diserahkan" not in sits("admin-kota").get("/meja/petugas/").text

    today.move_to(at("Tue 3 Mar 2026 00:01 WITA"))

    browser = sits("admin-kota")
    assert "pekerjaannya belum diserahkan" in browser.get("/meja/petugas/").text
    assert page(world, "serah-terima") in browser.get("/meja/petugas/").text
    form = browser.get(page(world, "serah-terima"))
    assert "SK LAMA" in form.text
    assert "ended_on" not in form.context["form"].fields
    browser.post(page(world, "serah-terima"), {"successor": mate})
    assert AnswerDraft.objects.get().account == mate
    assert "pekerjaannya belum diserahkan" not in browser.get("/meja/petugas/").text


def test_whoever_was_named_anew_left_nothing_behind(
    drafted: Case, world: World, sits: SignIn, today: time_machine.Traveller
) -> None:
    city = world.agency("kota-uji")
    first, last = date(2026, 1, 1), date(2026, 3, 2)
    old = Decree.objects.create(institution=city, number="LAMA", signed_on=first, valid_from=first, valid_to=last)
    lasting = Decree.objects.get(number="1/SK/UJI", institution=city)
    mine = Appointment.objects.filter(pk=seat(world))
    mine.update(decree=old)
    again = mine.get()
    Appointment.objects.create(account=again.account, agency=again.agency, role=again.role, decree=lasting)

    today.move_to(at("Tue 3 Mar 2026 00:01 WITA"))

    assert "pekerjaannya belum diserahkan" not in sits("admin-kota").get("/meja/petugas/").text


# --- Away ----------------------------------------------------------------------------------------


def test_an_absence_leads_on_to_the_work_in_hand_and_the_deputy_finds_it(
    drafted: Case, world: World, sits: SignIn
) -> None:
    browser, deputy = sits("admin-kota"), account_of(world, "pimpinan-pupr").pk
    days = {"first_day": "2026-03-02", "last_day": "2026-03-04", "why": "Cuti"}

    answer = browser.post(page(world, "ketidakhadiran"), {"deputy": deputy, **days})
    assert answer["Location"] == page(world, "pekerjaan")
    assert drafted.number in browser.get(answer["Location"]).text
    result = browser.post(page(world, "pekerjaan"), {"receiver": deputy})["Location"]

    assert "1 hal sudah diserahkan" in browser.get(result).text
    stands_in = sits("pimpinan-pupr")
    stands_in.post("/meja/peran/", {"role": seat(world)})
    assert WORDS in stands_in.get(f"/meja/laporan/{drafted.number}/respon-awal/").text


def test_where_nobody_may_take_it_the_page_says_what_to_do(drafted: Case, world: World, sits: SignIn) -> None:
    browser = sits("admin-kota")
    assert "tunjuk pelaksana harian dahulu" in browser.get(page(world, "pekerjaan")).text

    stranger = account_of(world, "pp-kesehatan").pk
    assert browser.post(page(world, "pekerjaan"), {"receiver": stranger}).status_code == 422
    assert not HandOver.objects.exists()


# --- Nobody follows ------------------------------------------------------------------------------


def test_S16_ending_the_last_officer_names_the_reports_and_the_three_ways_out(
    case: Case, world: World, sits: SignIn
) -> None:
    case.is_disposed()
    browser, address = sits("admin-kota"), page(world, "berhenti")

    shown = browser.get(address).text
    refused = browser.post(address, {"ended_on": "2026-03-02", "may_be_empty": "on"})

    for one in (shown, refused.text):
        assert case.number in one
        for way in (
            page(world, "serah-terima"),
            page(world, "ketidakhadiran"),
            "/meja/satuan/dinas-pupr/laporan-terbuka/",
        ):
            assert f'href="{way}"' in one
    assert refused.status_code == 409
    assert "1 laporan terbuka akan tertinggal" in refused.text
    assert Appointment.objects.get(pk=seat(world)).ended_on is None


def test_the_units_open_reports_go_to_another_unit_each_with_its_result(case: Case, world: World, sits: SignIn) -> None:
    case.is_disposed()
    Case(world).is_disposed()
    pending = Case(world).is_disposed()
    pending.is_pending(by="pp-pupr")
    browser = sits("admin-kota")

    preview = browser.get("/meja/satuan/dinas-pupr/laporan-terbuka/", follow=True)
    ready = [line["line"] for line in preview.context["lines"] if line["line"].step]
    sent = {
        "do": "serahkan", "key": preview.context["key"], "to": "dinas-kesehatan",
        "n": [f"{one.number}:{one.version}" for one in ready],
    }  # fmt: skip
    result = browser.post("/meja/banyak/", sent, follow=True)

    assert len(preview.context["lines"]) == len(ready) == result.context["run"].done == 3
    assert case.holder[1] == "dinas-kesehatan"
    assert str(pending.report.unit) == "Dinas Kesehatan"
    assert pending.status == "pending"


def test_only_the_own_institutions_units_are_emptied(case: Case, world: World, sits: SignIn) -> None:
    case.is_disposed()

    assert sits("admin-lembaga").get("/meja/satuan/dinas-pupr/laporan-terbuka/").status_code == 404
    assert sits("admin-pusat").get("/meja/satuan/dinas-pupr/laporan-terbuka/").status_code == 403
    assert sits("admin-kota").get("/meja/satuan/kota-uji/laporan-terbuka/").status_code == 404
    assert sits("admin-kota").get("/meja/satuan/tidak-ada/laporan-terbuka/").status_code == 404
    empty = sits("admin-kota").get("/meja/satuan/dinas-kesehatan/laporan-terbuka/", follow=True)
    assert "Tidak ada laporan terbuka" in empty.text


def test_an_empty_desk_is_left_only_when_that_is_ticked(world: World, sits: SignIn) -> None:
    browser, address = sits("admin-kota"), page(world, "berhenti")

    refused = browser.post(address, {"ended_on": "2026-03-02"})
    assert refused.status_code == 409
    assert "boleh kosong" in refused.text
    assert browser.post(address, {"ended_on": "2026-03-02", "may_be_empty": "on"}).status_code == 302

    assert Appointment.objects.get(pk=seat(world)).ended_on == date(2026, 3, 2)


def test_an_unmanned_desk_offers_to_hand_its_reports_on(case: Case, world: World, sits: SignIn) -> None:
    case.is_disposed()
    Appointment.objects.filter(pk=seat(world)).update(ended_on=date(2026, 3, 2))

    assert "/meja/satuan/dinas-pupr/laporan-terbuka/" in sits("admin-kota").get("/meja/satuan/tanpa-petugas/").text
    assert "/laporan-terbuka/" not in sits("admin-pusat").get("/meja/satuan/tanpa-petugas/").text


def test_unmanned_desks_come_a_page_at_a_time_those_with_reports_first(
    case: Case, world: World, sits: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    city, unit = world.agency("kota-uji"), world.agency("dinas-pupr")
    like = {"kind": "unit", "parent": city, "institution": city, "calendar": city.calendar, "profile": city.profile}
    Agency.objects.bulk_create(Agency(code=f"kosong-{n:02}", name=f"Aa Kosong {n:02}", **like) for n in range(60))
    case.is_disposed()
    Appointment.objects.filter(agency=unit).update(ended_on=date(2026, 3, 2))
    admin, other = world["admin-kota"], world["admin-lembaga"]

    with django_assert_num_queries(1):
        first = unmanned_desks(admin, now=at(NOW))
    second = unmanned_desks(admin, now=at(NOW), page=2)

    assert [len(first.rows), first.has_more, second.has_more] == [PAGE, True, False]
    assert [first.rows[0].code, first.rows[0].reports, first.rows[1].code] == ["dinas-pupr", 1, "kosong-00"]
    assert not {one.code for one in first.rows} & {one.code for one in second.rows}
    assert {f"kosong-{n:02}" for n in range(60)} <= {one.code for one in (*first.rows, *second.rows)}
    assert not any("kosong" in one.code for one in unmanned_desks(other, now=at(NOW)).rows)
    browser = sits("admin-kota")
    assert 'href="?page=2"' in browser.get("/meja/satuan/tanpa-petugas/").text
    assert 'href="?page=1"' in browser.get("/meja/satuan/tanpa-petugas/?page=2").text
    assert browser.get("/meja/satuan/tanpa-petugas/?page=99").status_code == 200


def test_of_a_desk_with_very_many_reports_it_is_said_that_there_are_more(
    case: Case, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    case.is_disposed()
    Case(world).is_disposed()
    Appointment.objects.filter(agency=world.agency("dinas-pupr")).update(ended_on=date(2026, 3, 2))

    monkeypatch.setattr(unmanned, "COUNTED_TO", 1)

    (found,) = [one for one in unmanned_desks(world["admin-kota"], now=at(NOW)).rows if one.code == "dinas-pupr"]
    assert (found.reports, found.is_more) == (1, True)


@pytest.mark.parametrize("name", ["serah-terima", "pekerjaan", "berhenti"])
def test_another_institutions_seat_is_no_seat(world: World, sits: SignIn, name: str) -> None:
    assert sits("admin-lembaga").get(page(world, name)).status_code == 404
    assert sits("admin-lembaga").post(page(world, name), {"ended_on": "2026-03-02"}).status_code == 404
    assert sits("admin-pusat").get(page(world, name)).status_code == 200
    assert sits("pimpinan-pupr").get(page(world, name)).status_code == 403
    assert not Absence.objects.exists()


# --- Queries -------------------------------------------------------------------------------------


def begun(world: World) -> None:
    """Let the liaison of roads begin an answer to one report more."""
    case = Case(world, NOW).is_disposed()
    keep_draft(
        code=case.number, action=Action.RESPOND_FIRST, fields={"text": WORDS}, actor=world["pp-pupr"], now=at(NOW),
        version=case.report.version,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("address", "most"),
    [("serah-terima", 21), ("pekerjaan", 21), ("berhenti", 23), ("", 15)],
)
def test_a_page_asks_no_more_when_more_is_in_hand(world: World, sits: SignIn, address: str, most: int) -> None:
    browser, where = sits("admin-kota"), page(world, address) if address else "/meja/petugas/"
    begun(world)
    if not address:  # the seats that ended with work in hand
        Appointment.objects.filter(pk=seat(world)).update(ended_on=date(2026, 3, 2))
    browser.get(where)
    few = queries_of(browser, where)

    for _ in range(4):
        Appointment.objects.filter(pk=seat(world)).update(ended_on=None)
        begun(world)
    if not address:
        Appointment.objects.filter(pk=seat(world)).update(ended_on=date(2026, 3, 2))

    assert queries_of(browser, where) == few <= most


def test_the_result_asks_no_more_when_more_went_over(world: World, mate: int, sits: SignIn) -> None:
    browser, counted = sits("admin-kota"), []
    for times in (1, 4):
        for _ in range(times):
            begun(world)
        number = hand_over_work(appointment=seat(world), receiver=mate, actor=world["admin-kota"], now=at(NOW))
        browser.get(f"/meja/serah-terima/{number}/")
        counted.append(queries_of(browser, f"/meja/serah-terima/{number}/"))

    assert counted[0] == counted[1] <= 14
