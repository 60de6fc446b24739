"""Support access: a visit reads for a while and for a reason, everything it reads is on record, and it never acts."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from tests.builders import Case, World
from tests.desk.conftest import NOW, SignIn
from tests.sop.days import at

from lapor.agencies.models import Appointment, SupportVisit
from lapor.kernel.models import Deed
from lapor.reports.models import Report

PAGE = "/meja/dukungan/"
WHY = "Admin melaporkan daftar kosong."


def visits(browser: Client, **said: object) -> None:
    answer = browser.post(PAGE, {"institution": "kota-uji", "reason": WHY, "minutes": 15, **said})
    assert answer.status_code == 302, answer.text


def reads() -> list[tuple[str, str]]:
    rows = Deed.objects.filter(action="support_read").order_by("id")
    return [(row.facts["page"], row.about) for row in rows]


def test_a_visit_reads_what_the_institutions_admin_reads_and_every_page_is_on_record(case: Case, sits: SignIn) -> None:
    case.is_submitted()
    browser = sits("admin-pusat")
    visits(browser)

    inbox = browser.get("/meja/?tab=unverified")
    page = browser.get(f"/meja/laporan/{case.number}/")

    assert (inbox.status_code, page.status_code) == (200, 200)
    assert "Jalan berlubang" in page.text
    assert "untuk membaca saja" in page.text
    assert reads() == [("inbox", "/meja/?tab=unverified"), ("case", f"/meja/laporan/{case.number}/")]
    assert SupportVisit.objects.get().reads == 2


def test_the_institution_sees_who_why_and_what(case: Case, sits: SignIn) -> None:
    case.is_submitted()
    browser = sits("admin-pusat")
    visits(browser)
    browser.get(f"/meja/laporan/{case.number}/")
    visit = SupportVisit.objects.get()

    listed = sits("admin-kota").get(PAGE)
    read = sits("admin-kota").get(f"{PAGE}{visit.pk}/")

    assert WHY in listed.text
    assert "Admin-Pusat" in listed.text
    assert f"/meja/laporan/{case.number}/" in read.text
    assert "name=&quot;institution&quot;" not in listed.text
    assert WHY not in sits("admin-lembaga").get(PAGE).text
    assert sits("admin-lembaga").get(f"{PAGE}{visit.pk}/").status_code == 404


def test_a_visit_acts_nowhere(case: Case, sits: SignIn) -> None:
    case.is_submitted()
    browser = sits("admin-pusat")
    visits(browser)
    before = Report.objects.get().version

    for address in (
        f"/meja/laporan/{case.number}/catatan/",
        f"/meja/laporan/{case.number}/identitas/",
        f"/meja/laporan/{case.number}/",
        "/meja/petugas/sk/",
        "/meja/kalender/libur/",
        "/meja/tampilan/",
    ):
        answer = browser.post(address, {"text": "Uji", "reason": "Perlu janji temu di lapangan."})
        assert answer.status_code == 403, address
    for address in (f"/meja/laporan/{case.number}/identitas/", "/meja/entri/", "/meja/petugas/angkat/"):
        assert browser.get(address).status_code == 403, address

    assert Report.objects.get().version == before
    assert reads() == []


def test_a_visit_opens_no_other_institution(world: World, sits: SignIn) -> None:
    elsewhere = Case(world, NOW).is_submitted(agency="lembaga-uji")
    browser = sits("admin-pusat")
    visits(browser)

    assert browser.get(f"/meja/laporan/{elsewhere.number}/").status_code == 404


def test_a_visit_ends_by_the_clock_and_leads_back_to_the_own_desk(
    world: World, sits: SignIn, today: time_machine.Traveller
) -> None:
    browser = sits("admin-pusat")
    visits(browser)
    assert browser.get("/meja/").context["officer"].desk.code == "kota-uji"
    today.move_to(at(NOW) + timedelta(minutes=15))

    over = browser.get("/meja/")

    assert over.status_code == 403
    assert "sudah selesai" in over.text
    assert browser.get("/meja/").context["officer"].desk.code == "nasional"
    assert len(reads()) == 1


def test_the_visited_may_end_it_at_once(case: Case, sits: SignIn) -> None:
    case.is_submitted()
    browser = sits("admin-pusat")
    visits(browser)
    visit = SupportVisit.objects.get().pk

    assert sits("admin-lembaga").post(f"{PAGE}{visit}/selesai/").status_code == 403
    assert sits("admin-kota").post(f"{PAGE}{visit}/selesai/").status_code == 302

    assert browser.get(f"/meja/laporan/{case.number}/").status_code == 403
    assert list(Deed.objects.values_list("action", flat=True)) == ["support_began", "support_ended"]


def test_the_visitor_ends_it_by_the_button_on_every_page(world: World, sits: SignIn) -> None:
    browser = sits("admin-pusat")
    visits(browser)

    browser.post(f"{PAGE}{SupportVisit.objects.get().pk}/selesai/")

    assert browser.get("/meja/").context["officer"].desk.code == "nasional"


def test_who_loses_the_national_role_loses_the_visit(world: World, sits: SignIn) -> None:
    browser = sits("admin-pusat")
    visits(browser)
    Appointment.objects.filter(pk=world["admin-pusat"].appointment or 0).update(ended_on="2026-03-02")

    assert browser.get("/meja/").status_code == 403
    assert reads() == []


@pytest.mark.parametrize("name", ["admin-kota", "pp-pupr", "ombudsman", "pimpinan-pupr"])
def test_only_the_national_desk_visits(world: World, sits: SignIn, name: str) -> None:
    browser = sits(name)

    browser.post(PAGE, {"institution": "kota-uji", "reason": WHY, "minutes": 15})

    assert not SupportVisit.objects.exists()


@pytest.mark.parametrize(
    "said",
    [{"reason": "tes"}, {"reason": ""}, {"minutes": 600}, {"minutes": "x"}, {"institution": "nasional"},
     {"institution": "dinas-pupr"}, {"institution": "tidak-ada"}],
)  # fmt: skip
def test_a_visit_without_a_reason_a_place_or_an_end_does_not_begin(
    world: World, sits: SignIn, said: dict[str, object]
) -> None:
    answer = sits("admin-pusat").post(PAGE, {"institution": "kota-uji", "reason": WHY, "minutes": 15, **said})

    assert answer.status_code == 422
    assert not SupportVisit.objects.exists()


def test_a_visit_of_another_session_is_nobodys(world: World, sits: SignIn) -> None:
    visits(sits("admin-pusat"))
    thief = sits("admin-lembaga")
    session = thief.session
    session["desk_visit"] = SupportVisit.objects.get().pk
    session.save()

    assert thief.get("/meja/").status_code == 403
    assert thief.get("/meja/").context["officer"].desk.code == "lembaga-uji"


def test_the_record_cannot_be_changed(world: World, sits: SignIn) -> None:
    visits(sits("admin-pusat"))

    with pytest.raises(Exception, match="refused"):
        Deed.objects.update(about="lain")
