"""Who may open what: every address of the desk, each role, and the officers of other institutions and units."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import URLPattern
from tests.builders import Case, World, officer_at
from tests.desk.conftest import SignIn, account_of
from tests.sop.days import at

from lapor.agencies.models import Agency, Decree, SupportVisit
from lapor.desk.actions import BY_SLUG
from lapor.desk.pages import MAY_OPEN, WITHOUT_SIGNING_IN
from lapor.desk.urls import urlpatterns
from lapor.kernel.codes import show_code
from lapor.kernel.models import Deed
from lapor.reports.models import Breach, Cause, Deadline, HandOver
from lapor.sop.engine import takes
from lapor.sop.vocabulary import Role

ONE_OF_EACH = {
    Role.NATIONAL_ADMIN: "admin-pusat",
    Role.AGENCY_ADMIN: "admin-kota",
    Role.LIAISON: "pp-pupr",
    Role.HEAD: "pimpinan-pupr",
    Role.UNIT_OFFICER: "petugas-bina-marga",
    Role.OMBUDSMAN: "ombudsman",
    Role.PANRB: "panrb",
    Role.INSPECTORATE: "inspektorat",
    Role.KSP: "ksp",
}
STRANGERS = ("admin-lembaga", "pp-biro", "pimpinan-biro", "petugas-wilayah", "pp-kesehatan", "pimpinan-kesehatan")
OF_A_CASE = (
    "case",
    "act",
    "examine",
    "deadline",
    "evidence",
    "letter",
    "identity",
    "wording",
    "summary",
    "summary_pdf",
    "task",
)
POST_ONLY = (
    "support_end",
    "switch_role",
    "next",
    "views",
    "reading",
    "mark_file",
    "answer_draft",
    "answer_preview",
    "answer_undo",
    "answer_drop",
)
YEAR = {"first": "2025-09-01", "last": "2026-03-02"}


def page_of(pattern: URLPattern) -> str:
    return getattr(pattern.callback, "page", "")


@pytest.fixture
def escalated(case: Case) -> Case:
    """A report that went through every desk, is late everywhere, and lies with the Ombudsman."""
    case.is_with_unit_officer(on="Mon 1 Sep 2025 09:00 WITA")
    case.sweep("Mon 2 Mar 2026 08:00 WITA")
    return case


@pytest.fixture
def everybody(world: World) -> World:
    """The world with an officer of the Executive Office of the President."""
    world.actors["ksp"] = officer_at(world.agency("ksp"), Role.KSP, "ksp-uji")
    return world


def support_visit(world: World) -> int:
    """Return a support visit at the city that is over, without anything read on it."""
    visitor, city = account_of(world, "admin-pusat"), world.agency("kota-uji")
    days = {"began_at": at("Mon 1 Sep 2025 09:00 WITA"), "ends_at": at("Mon 1 Sep 2025 09:15 WITA")}
    known = {"institution": city, "account": visitor, "reason": "Uji akses"}
    return SupportVisit.objects.get_or_create(**known, defaults=days)[0].pk


def hand_over(world: World) -> int:
    """Return a hand-over of the liaison of roads to the one of health, done, with nothing in it."""
    giver, taker, day = world["pp-pupr"], world["pp-kesehatan"], at("Mon 1 Sep 2025 09:00 WITA")
    people = {"giver": giver.account, "receiver": taker.account, "seat": giver.appointment, "taker": taker.appointment}
    made = {"due_on": day.date(), "at": day, "done_at": day}
    return HandOver.objects.get_or_create(desk=world.agency("dinas-pupr"), **people, defaults=made)[0].pk


def cause(world: World) -> int:
    """Return a cause that the roads office sees to."""
    promised = {"title": "Gardu", "target": "Menyala", "due_on": at("Mon 1 Jun 2026 09:00 WITA").date(), "opened_by": 1}
    promised |= {"owner": world.agency("dinas-pupr"), "opened_at": at("Mon 1 Sep 2025 09:00 WITA")}
    return Cause.objects.get_or_create(agency=world.agency("kota-uji"), defaults=promised)[0].pk


def addresses(case: Case) -> Iterator[tuple[str, str]]:
    """Yield (page, address) for every address of the desk, about this report and its first breach."""
    values = {
        "number": case.number,
        "slug": "catatan",
        "token": "nothing",
        "kind": "csv",
        "key": "6f1d3c1e-0000-4000-8000-000000000001",
        "what": "silent",
        "sample": 1,
        "place": 1,
        "deadline": Deadline.objects.filter(report__code=case.code, clock="substantive").latest("id").pk,
        "breach": Breach.objects.filter(report__code=case.code, desk__code="dinas-pupr").earliest("id").pk,
        "appointment": case.world["pp-pupr"].appointment,
        "visit": support_visit(case.world),
        "hand_over": hand_over(case.world),
        "cause": cause(case.world),
        "code": "dinas-pupr",
        "template": 0,
        "period": 0,
        "decree": Decree.objects.filter(institution__code="kota-uji")[0].pk,
    }
    for pattern in urlpatterns:
        parts = {name: values.get(name, "") for name in pattern.pattern.converters}
        address = str(pattern.pattern)
        for name, value in parts.items():
            for converter in ("str", "int", "slug", "uuid"):
                address = address.replace(f"<{converter}:{name}>", str(value))
        if pattern.name not in POST_ONLY and page_of(pattern) not in WITHOUT_SIGNING_IN:
            yield page_of(pattern), f"/meja/{address}"


def test_every_address_has_a_row_in_the_table_of_who_may() -> None:
    pages = {page_of(pattern) for pattern in urlpatterns}

    assert pages == set(MAY_OPEN) | WITHOUT_SIGNING_IN, pages ^ set(MAY_OPEN)


def tells_nothing(browser: Client, address: str, period: dict[str, str], case: Case) -> None:
    """Check that neither number nor title are told; a number that stands in the address itself may be repeated."""
    content = content_of(browser, address, period)
    assert b"Jalan berlubang" not in content, f"the title is told in {address}"
    if case.number not in address:
        assert case.number.encode() not in content, f"the number is told in {address}"


def content_of(browser: Client, address: str, period: dict[str, str]) -> bytes:
    answer = browser.get(address, period)
    return b"".join(answer) if answer.streaming else answer.content


@dataclass(frozen=True)
class Seen:
    """What one address answered; `file` is the name under which it is saved, empty for a page."""

    page: str
    address: str
    status: int
    content: bytes
    file: str


def walk(browser: Client, case: Case) -> Iterator[Seen]:
    """Open every address of the desk once, files in each of their kinds, and every step of the report."""
    for page, address in addresses(case):
        for kind in ("csv", "pdf", "xlsx") if address.endswith("unduh.csv") else ("csv",):
            yield seen(browser, page, address.removesuffix("csv") + kind if address.endswith("csv") else address)
    for slug in BY_SLUG:
        yield seen(browser, "act", f"/meja/laporan/{case.number}/{slug}/")


def seen(browser: Client, page: str, address: str) -> Seen:
    answer = browser.get(address, YEAR)
    content = b"".join(answer) if answer.streaming else answer.content
    said = answer.headers.get("Content-Disposition", "")
    return Seen(page, address, answer.status_code, content, said.split('"')[1] if said.startswith("attachment") else "")


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.REPORTER, Role.CLOCK)])
def test_a_role_opens_the_pages_of_its_row_and_no_other_reads_no_code_and_takes_files_on_record(
    escalated: Case, everybody: World, sits: SignIn, role: Role
) -> None:
    everything = list(walk(sits(ONE_OF_EACH[role]), escalated))

    for one in everything:
        check_the_row(role, one)
        for code in (escalated.code, show_code(escalated.code)):
            assert code.encode() not in one.content, f"the code stands on {one.address} for {role}"
    assert any(escalated.number.encode() in one.content for one in everything)
    files = [one.file for one in everything if one.file]
    kept = Deed.objects.filter(action="file_taken", account=everybody[ONE_OF_EACH[role]].account).order_by("id")
    assert [deed.about for deed in kept] == files
    assert len(files) >= 4, "the registers of steps and breaches at least"


def check_the_row(role: Role, one: Seen) -> None:
    step = BY_SLUG.get(one.address.rstrip("/").rsplit("/", 1)[-1]) if one.page == "act" else None
    if role not in MAY_OPEN[one.page] or (step and one.status != 404 and not takes(role, step)):
        assert one.status == 403, f"{role} gets {one.status} for {one.address}"
        return
    # What is decided already leads to its case; a unit's open reports lead to their preview.
    led = {"examine": {302}, "move_open": {302}, "bulk": {422}}.get(one.page, set())  # many: none was chosen
    assert one.status in {200, 404} | led, f"{role} gets {one.status} for {one.address}"


@pytest.mark.parametrize("name", STRANGERS)
def test_another_institution_or_unit_finds_no_page_of_the_report(escalated: Case, sits: SignIn, name: str) -> None:
    browser = sits(name)

    for page, address in addresses(escalated):
        if page in OF_A_CASE:
            for answer in (browser.get(address), browser.post(address, {"text": "Mau tahu."})):
                assert answer.status_code in (403, 404), f"{name} gets {answer.status_code} for {address}"
                assert "Jalan berlubang" not in answer.text


@pytest.mark.parametrize("name", STRANGERS)
def test_lists_counts_and_exports_tell_strangers_nothing(escalated: Case, sits: SignIn, name: str) -> None:
    browser = sits(name)

    for page, address in addresses(escalated):
        if page not in OF_A_CASE:
            tells_nothing(browser, address, YEAR, escalated)


def test_the_units_own_officers_read_what_strangers_do_not(escalated: Case, sits: SignIn) -> None:
    browser = sits("pp-pupr")

    assert "Jalan berlubang" in browser.get("/meja/?tab=escalated").text
    assert escalated.number in browser.get("/meja/keterlambatan/").text
    exported = browser.get("/meja/register/unduh.csv", YEAR)
    assert escalated.number.encode() in b"".join(exported)


def test_a_secret_report_is_not_told_to_observers_even_in_a_file(case: Case, everybody: World, sits: SignIn) -> None:
    case.is_submitted(on="Mon 1 Sep 2025 09:00 WITA", secret=True).is_disposed()
    case.sweep("Mon 2 Mar 2026 08:00 WITA")

    for name in ("panrb", "ksp", "inspektorat"):
        for _page, address in addresses(case):
            tells_nothing(sits(name), address, YEAR, case)


def test_nobody_opens_the_desk_without_signing_in(escalated: Case, client: Client) -> None:
    for _page, address in addresses(escalated):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/masuk/"), address


def test_S16_a_decree_that_ended_takes_the_role_at_once(
    case: Case, sits: SignIn, today: time_machine.Traveller
) -> None:
    case.is_submitted()
    today.move_to(at("Mon 2 Mar 2026 23:58 WITA"))
    browser = sits("admin-kota")

    Decree.objects.update(valid_to=date(2026, 3, 2))
    assert browser.get("/meja/").status_code == 200
    today.move_to(at("Tue 3 Mar 2026 00:01 WITA"))

    answer = browser.get(f"/meja/laporan/{case.number}/")
    assert answer.status_code == 403
    assert "Jalan berlubang" not in answer.text


def test_one_person_with_two_roles_chooses_and_loses_only_the_one_that_ended(world: World, sits: SignIn) -> None:
    account = account_of(world, "pp-pupr")
    seat = Agency.objects.get(code="dinas-kesehatan").appointments.get(role="liaison")
    seat.account = account
    seat.save()
    browser = sits("pp-pupr")

    assert browser.post("/meja/peran/", {"role": seat.pk}).status_code == 302
    assert "Dinas Kesehatan" in browser.get("/meja/").text
    seat.ended_on = date(2026, 3, 2)
    seat.save()

    answer = browser.get("/meja/")
    assert answer.status_code == 403
    assert f'value="{world["pp-pupr"].appointment}"' in answer.text
    assert browser.post("/meja/peran/", {"role": world["pp-pupr"].appointment}).status_code == 302
    assert browser.get("/meja/").status_code == 200


def test_nobody_takes_a_role_that_is_not_their_own(world: World, sits: SignIn) -> None:
    browser = sits("pp-pupr")

    answer = browser.post("/meja/peran/", {"role": world["admin-pusat"].appointment})

    assert answer.status_code == 403
    assert "Pejabat Penghubung" in browser.get("/meja/").text


def test_the_institution_reads_who_took_its_files_and_no_other_does(escalated: Case, sits: SignIn) -> None:
    content_of(sits("pp-pupr"), "/meja/register/unduh.csv", YEAR)
    content_of(sits("admin-pusat"), "/meja/bulanan/unduh.xlsx", {"period": "2025", "agency": "kota-uji"})
    content_of(sits("admin-pusat"), "/meja/bulanan/unduh.xlsx", {"period": "2025"})
    asked = {"action": "file_taken"}

    own = sits("admin-kota").get("/meja/jejak/", asked).text
    assert "register-20250901-20260302.csv" in own
    assert "Pp-Pupr" in own
    assert "laporan-kota-uji-2025.xlsx" in own
    assert "laporan-nasional-2025.xlsx" not in own
    assert "laporan-nasional-2025.xlsx" in sits("admin-pusat").get("/meja/jejak/", asked).text
    assert ".csv" not in sits("admin-lembaga").get("/meja/jejak/", asked).text


def test_a_file_that_is_refused_leaves_no_record(escalated: Case, sits: SignIn) -> None:
    for name, address in (("panrb", "/meja/bulanan/ringkas.xlsx"), ("admin-kota", "/meja/register/unduh.pdf")):
        assert sits(name).get(address, YEAR).status_code in (403, 404)
    assert not Deed.objects.filter(action="file_taken").exists()
