"""An officer's decree ends in the middle of the work: the admin hands over, and the successor answers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer
from tests.builders import Case, World, officer_at
from tests.journeys.sitting import SMALL, Sit, half_a_minute_passes, is_accessible, session_of
from tests.journeys.test_every_page import LOOKS, Visit

from lapor.agencies.models import Appointment, Decree
from lapor.agencies.queries.calendars import today
from lapor.reports.models import AnswerDraft, Response
from lapor.reports.usecases.answer import keep_draft
from lapor.reports.usecases.hand_over import hand_over_work
from lapor.sop.vocabulary import Action, Holder, Role

WORDS = "Lubang di depan pasar kami periksa besok pagi."


def own_decree(world: World, name: str, last: date) -> Decree:
    """Let an officer serve by a decree that names nobody else."""
    city = world.agency("kota-uji")
    first = date(2020, 1, 1)
    decree = Decree.objects.create(
        institution=city, number="7/SK/LAMA", signed_on=first, valid_from=first, valid_to=last
    )
    Appointment.objects.filter(pk=world[name].appointment or 0).update(decree=decree)
    return decree


def test_from_the_ended_decree_to_the_successors_answer(sit: Sit, case: Case, world: World) -> None:
    case.now = datetime.now(UTC)
    case.is_disposed()
    day = today(world.agency("kota-uji").calendar, case.now)
    decree = own_decree(world, "pp-pupr", day)

    with sit("pp-pupr") as page:  # the last day: an answer is begun
        page.goto(f"/meja/laporan/{case.number}/respon-awal/")
        page.locator("#id_text").press_sequentially(WORDS)
        expect(page.locator("#tersimpan")).to_contain_text("Konsep tersimpan")
        Decree.objects.filter(pk=decree.pk).update(valid_to=day - timedelta(days=1))  # midnight
        page.get_by_role("button", name="Respon awal", exact=True).click()
        expect(page.get_by_text("tidak ada SK yang berlaku")).to_be_visible()
        expect(page.get_by_text(WORDS)).to_be_visible()  # given back, and nothing was done
    assert not Response.objects.filter(report__code=case.code, kind="first_response").exists()

    with sit("admin-kota") as page:
        page.goto("/meja/satuan/tanpa-petugas/")
        row = page.locator("tr").filter(has_text="Dinas Pupr")
        expect(row).to_contain_text("1")
        is_accessible(page)
        row.get_by_role("link", name="Tunjuk").click()
        section = page.locator("section").filter(has_text="pekerjaannya belum diserahkan")
        is_accessible(page)
        section.get_by_role("link", name="Serah terima").click()
        expect(page.get_by_text("7/SK/LAMA")).to_be_visible()
        expect(page.locator("table")).to_contain_text(case.number)
        is_accessible(page)
        page.get_by_label("Pengganti").select_option(str(world["pp-kesehatan"].account))
        page.get_by_role("button", name="Serahkan").click()
        expect(page.get_by_role("status").last).to_contain_text("1 hal sudah diserahkan")
        is_accessible(page)
        result = page.url

    with sit("pp-kesehatan", phone=True) as page:  # a role more, and the work in hand
        page.goto(result)
        page.get_by_role("button", name="Ganti peran").click()
        is_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]
        page.locator("main table").get_by_role("link", name=case.report.title).click()
        expect(page.locator("#id_text")).to_have_value(WORDS)
        page.get_by_role("button", name="Respon awal", exact=True).click()
        expect(page.locator(".leaving")).to_be_visible()
    half_a_minute_passes()

    said = Response.objects.get(report__code=case.code, kind="first_response")
    assert said.text == WORDS
    assert case.holder == (Holder.UNIT, "dinas-pupr")
    assert not AnswerDraft.objects.exists()


def test_the_last_officer_stays_until_every_open_report_has_another_unit(sit: Sit, case: Case, world: World) -> None:
    case.now = datetime.now(UTC)
    case.is_disposed()
    second = Case(world)
    second.now = case.now
    second.is_disposed()

    with sit("admin-kota") as page:
        page.goto(f"/meja/petugas/{world['pp-pupr'].appointment}/berhenti/")
        expect(page.get_by_text("2 laporan terbuka menunggu di sini")).to_be_visible()
        is_accessible(page)
        expect(page.get_by_role("button", name="Akhiri penugasan")).to_have_count(0)
        page.get_by_role("link", name="Serahkan ke unit lain").click()
        page.get_by_label("Tujuan").select_option("dinas-kesehatan")
        is_accessible(page)
        page.get_by_role("button", name="Serahkan ke unit lain").click()
        expect(page.get_by_role("status").last).to_contain_text("2 laporan")
        page.goto(f"/meja/petugas/{world['pp-pupr'].appointment}/berhenti/")
        page.get_by_label("Meja ini boleh tanpa petugas dalam peran ini").check()
        page.get_by_role("button", name="Akhiri penugasan").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Petugas dan SK")

    assert {case.holder, second.holder} == {(Holder.UNIT, "dinas-kesehatan")}
    assert Appointment.objects.get(pk=world["pp-pupr"].appointment or 0).ended_on is not None


@pytest.mark.parametrize(("language", "scheme", "width"), LOOKS)
def test_the_pages_of_a_hand_over_are_accessible_fit_and_are_quiet(
    browser: Browser, live_server: LiveServer, case: Case, world: World, language: str, scheme: Any, width: int
) -> None:
    case.now = datetime.now(UTC)
    case.is_disposed()
    mate = officer_at(world.agency("dinas-pupr"), Role.LIAISON, "rekan")
    leaving = world["pp-pupr"]
    keep_draft(
        code=case.number,
        action=Action.RESPOND_FIRST,
        fields={"text": WORDS},
        actor=leaving,
        now=case.now,
        version=case.report.version,
    )
    context = browser.new_context(viewport={"width": width, "height": 4_000}, color_scheme=scheme)
    cookies = {"django_language": language, settings.SESSION_COOKIE_NAME: session_of(world, "admin-kota")}
    context.add_cookies([{"name": name, "value": cookies[name], "url": live_server.url} for name in cookies])
    visit = Visit(context, live_server.url)

    for name, who in (("serah-terima", leaving), ("pekerjaan", leaving), ("berhenti", leaving)):
        visit.open(f"/meja/petugas/{who.appointment}/{name}/")
    visit.open(f"/meja/petugas/{world['pp-kesehatan'].appointment}/berhenti/")
    visit.open("/meja/satuan/dinas-pupr/laporan-terbuka/")
    moved = hand_over_work(
        appointment=leaving.appointment or 0, receiver=mate.account or 0, actor=world["admin-kota"], now=case.now
    )
    visit.open(f"/meja/serah-terima/{moved}/")
    context.close()

    assert visit.wrong == {}
