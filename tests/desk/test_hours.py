"""Service hours: the usual week and periods such as Ramadan inform people, and touch no deadline."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.builders import Case, World
from tests.desk.conftest import NOW, SignIn, account_of
from tests.sop.days import at

from lapor.agencies.models import CalendarDay, OfficeHours
from lapor.agencies.queries.hours import opening_at
from lapor.agencies.refusals import NotYours, UnknownHours
from lapor.agencies.usecases.hours import keep_period_hours, keep_usual_hours, remove_period_hours
from lapor.desk.views.manual import ENTERED
from lapor.kernel.models import Deed
from lapor.portal.repeats import RECEIPT
from lapor.portal.reporter import DOORS
from lapor.reports.models import Deadline
from lapor.sop.hours_text import written_hours

PAGE, USUAL, PERIOD = "/meja/jam/", "/meja/jam/biasa/", "/meja/jam/masa/"
WEEK = ["08.00-15.00"] * 4 + ["08.00-11.00, 13.00-15.30", "", ""]
RAMADAN: dict[str, Any] = {"name": "Ramadan 1447 H", "first": "2026-03-03", "last": "2026-03-18"}


def said(week: list[str] = WEEK, **more: Any) -> dict[str, Any]:
    return {**{f"day_{n}": text for n, text in enumerate(week)}, "do": "keep", **more}


def opening(world: World, moment: str) -> tuple[bool, date, str] | None:
    found = opening_at(world.agency("kota-uji").pk, at(moment))
    return (found.is_open, found.day, written_hours(found.periods)) if found else None


def test_without_any_the_hours_of_the_law_hold(world: World, sits: SignIn) -> None:
    page = sits("admin-kota").get(PAGE)

    assert page.context["usual"].id == 0
    assert "Perpres 21/2023" in page.text
    assert opening(world, "Mon 2 Mar 2026 09:00 WITA") == (True, date(2026, 3, 2), "07.30-12.00, 13.00-16.00")


def test_the_usual_week_is_looked_at_first_and_then_shown_to_everybody(
    world: World, sits: SignIn, client: Client
) -> None:
    browser = sits("admin-kota")
    looked = browser.post(USUAL, said(do="look"))
    assert [written_hours(one.periods) for one in looked.context["preview"]][:5] == WEEK[:5]
    assert not OfficeHours.objects.exists()

    assert browser.post(USUAL, said()).status_code == 302
    browser.post(USUAL, said())

    assert OfficeHours.objects.get().week == WEEK
    assert "Kantor sedang buka: 08.00-15.00." in client.get("/i/kota-uji/laporan/").text
    assert Deed.objects.filter(action="hours_kept").first().account == account_of(world, "admin-kota").pk  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("moment", "then"),
    [
        ("Mon 2 Mar 2026 15:59 WITA", (True, date(2026, 3, 2), "13.00-16.00")),
        ("Mon 2 Mar 2026 12:30 WITA", (False, date(2026, 3, 2), "13.00-16.00")),
        ("Mon 2 Mar 2026 16:00 WITA", (False, date(2026, 3, 3), "08.00-15.00")),  # Ramadan begins on Tuesday
        ("Fri 6 Mar 2026 15:30 WITA", (False, date(2026, 3, 9), "08.00-15.00")),  # a weekend lies between
        ("Wed 18 Mar 2026 07:00 WITA", (False, date(2026, 3, 25), "07.30-12.00, 13.00-16.00")),  # Nyepi, Idul Fitri
    ],
)
def test_ramadan_holidays_and_weekends_are_in_what_people_are_told(
    world: World, sits: SignIn, moment: str, then: tuple[bool, date, str]
) -> None:
    assert sits("admin-kota").post(PERIOD, said(**RAMADAN)).status_code == 302

    assert opening(world, moment) == then


def test_the_counters_receipt_and_the_reporters_say_when_the_office_opens(
    world: World, sits: SignIn, client: Client
) -> None:
    sits("admin-kota").post(USUAL, said())
    with time_machine.travel(at("Sat 7 Mar 2026 10:00 WITA"), tick=False):
        case = Case(world, "Sat 7 Mar 2026 10:00 WITA").is_submitted()
        session = client.session
        session[RECEIPT], session[DOORS] = case.code, {case.code: ""}
        session.save()
        browser = sits("admin-kota")
        desk = browser.session
        desk[ENTERED] = [case.number]
        desk.save()
        for page in (client.get("/lapor/terima-kasih/"), browser.get(f"/meja/entri/tanda-terima/{case.number}/")):
            assert "Kantor buka Senin, 9 Maret 2026: 08.00-15.00." in page.text


def test_no_deadline_moves_with_the_hours(case: Case, sits: SignIn) -> None:
    case.is_disposed()
    before = list(Deadline.objects.order_by("pk").values("due_ordinal", "due_at", "promised_on"))
    sits("admin-kota").post(USUAL, said(["10.00-11.00", "", "", "", "", "", ""]))
    other = Case(case.world, NOW).is_disposed()

    assert (
        list(Deadline.objects.filter(report=case.report).order_by("pk").values("due_ordinal", "due_at", "promised_on"))
        == before
    )
    assert (
        list(Deadline.objects.filter(report=other.report).order_by("pk").values("due_ordinal", "due_at", "promised_on"))
        == before
    )


@pytest.mark.parametrize(
    ("address", "form"),
    [
        (USUAL, said(["pagi", *WEEK[1:]])),
        (USUAL, said(["12.00-08.00", *WEEK[1:]])),
        (USUAL, said([""] * 7)),
        (PERIOD, said(**{**RAMADAN, "last": "2026-03-01"})),
        (PERIOD, said(**{**RAMADAN, "last": "2026-07-01"})),
        (PERIOD, said(**{**RAMADAN, "name": " "})),
        (PERIOD, said(**{**RAMADAN, "first": "kapan"})),
    ],
)
def test_what_are_no_hours_is_refused_and_nothing_kept(
    world: World, sits: SignIn, address: str, form: dict[str, Any]
) -> None:
    assert sits("admin-kota").post(address, form).status_code == 422
    assert not OfficeHours.objects.exists()


def test_periods_do_not_cross_and_can_be_changed_and_taken_away(world: World, sits: SignIn) -> None:
    browser = sits("admin-kota")
    browser.post(PERIOD, said(**RAMADAN))
    row = OfficeHours.objects.get()

    crossing = said(name="Lain", first="2026-03-18", last="2026-03-20")
    assert browser.post(PERIOD, crossing).status_code == 422
    assert browser.post(f"{PERIOD}{row.pk}/", said(**{**RAMADAN, "last": "2026-03-17"})).status_code == 302
    assert browser.post(PERIOD, crossing).status_code == 302
    assert sits("admin-lembaga").post(PAGE, {"id": row.pk}).status_code == 404
    assert browser.post(PAGE, {"id": row.pk}).status_code == 302
    assert [one.name for one in OfficeHours.objects.all()] == ["Lain"]
    assert browser.get(f"{PERIOD}{row.pk}/").status_code == 404


def test_only_admins_and_only_their_own(world: World, sits: SignIn) -> None:
    for who in ("pp-pupr", "pimpinan-pupr", "ombudsman"):
        assert sits(who).get(PAGE).status_code == 403
        assert sits(who).post(USUAL, said()).status_code == 403
    by: dict[str, Any] = {"institution": "kota-uji", "actor": world["admin-lembaga"], "now": at(NOW)}
    with pytest.raises(NotYours):
        keep_usual_hours(week=WEEK, **by)
    with pytest.raises(NotYours):
        keep_period_hours(name="R", first=date(2026, 3, 3), last=date(2026, 3, 4), week=WEEK, **by)
    with pytest.raises(UnknownHours):
        remove_period_hours(period=1, **{**by, "institution": "lembaga-uji"})
    assert not OfficeHours.objects.exists()
    assert sits("admin-pusat").post(f"{USUAL}?instansi=kota-uji", said()).status_code == 302
    assert OfficeHours.objects.get().institution.code == "kota-uji"


def test_the_page_asks_no_more_when_there_are_more_periods(world: World, sits: SignIn) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert browser.get(PAGE).status_code == 200
        return len(counted)

    browser = sits("admin-kota")
    browser.get(PAGE)
    few = queries()
    for year in range(2010, 2020):
        days: dict[str, Any] = {"first": date(year, 3, 1), "last": date(year, 3, 30)}
        OfficeHours.objects.create(
            institution=world.agency("kota-uji"), name=str(year), week=WEEK, changed_at=at(NOW), **days
        )

    assert queries() == few <= 10


def test_days_to_come_are_told_in_english_and_what_has_no_english_name_is_marked(
    world: World, sits: SignIn, today: time_machine.Traveller
) -> None:
    CalendarDay.objects.filter(calendar=world.agency("kota-uji").calendar, day="2026-03-04").update(
        working=False, why="Hari Jadi Kota"
    )
    browser = sits("admin-kota")
    assert "tutup · Hari Jadi Kota<" in browser.get("/meja/jam/").text
    browser.cookies["django_language"] = "en"

    shown = browser.get("/meja/jam/").text

    assert 'closed · <span lang="id">Hari Jadi Kota</span>' in shown
    assert "closed · Weekend" in shown
    assert "Eid al-Fitr" in browser.get("/meja/kalender/?year=2026").text
