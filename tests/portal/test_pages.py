"""The frame, sign-in, languages, and the pages that explain."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.builders import Case, World
from tests.portal.test_filing import send

from lapor.agencies.models import Appointment
from lapor.identity.models import Account
from lapor.reports.models import Report
from lapor.sop.profile import shipped_profiles
from lapor.sop.table import CARE, IMPORTED, STEPS
from lapor.sop.vocabulary import Clock

READ = (
    "/",
    "/lapor/",
    "/lacak/",
    "/publik/",
    "/sop/",
    "/bantuan/",
    "/privasi/",
    "/aksesibilitas/",
    "/dasar-hukum/",
    "/masuk/",
)
# English words that would betray a text nobody translated; names such as "e-mail" or "JavaScript" are none of them.
ENGLISH = re.compile(r"\b(the|and|your|report|reports|this|with|when|which|officer|you)\b", re.IGNORECASE)
PASSWORD = "sandi yang panjang dan mudah"


def words(page: str) -> str:
    """Return what a person reads on a page."""
    body = page[page.index("<body") :]
    body = re.sub(r"<(script|style|svg|code)\b.*?</\1>", " ", body, flags=re.DOTALL)
    return re.sub(r"<[^>]+>|\{\w+\}", " ", body)  # {when} is filled in by a script


@pytest.mark.parametrize("address", READ)
def test_every_page_speaks_indonesian_until_one_chooses_otherwise(citizen: Client, world: World, address: str) -> None:
    answer = citizen.get(address, headers={"accept-language": "en-US"})
    page = answer.content.decode()

    assert answer["Content-Language"] == "id"
    assert '<html lang="id">' in page
    assert ENGLISH.findall(words(page)) == []


@pytest.mark.parametrize("address", READ)
def test_every_page_is_complete_in_english(citizen: Client, world: World, address: str) -> None:
    citizen.post("/bahasa/", {"language": "en", "next": address})

    page = citizen.get(address).content.decode()

    assert '<html lang="en">' in page
    assert not re.findall(r"\b(laporan|yang|dengan|tidak|untuk)\b", words(page).replace("Buka", ""), re.IGNORECASE)


@pytest.mark.parametrize("step", ["new", "pending", "done"])
def test_the_reports_page_has_no_english_word_either(citizen: Client, case: Case, step: str) -> None:
    reach: dict[str, Callable[[], Case]] = {
        "new": case.is_submitted,
        "pending": case.is_pending,
        "done": case.is_followed_up,
    }
    reach[step]()
    page = citizen.post("/lacak/", {"code": case.code}, follow=True).content.decode()

    assert ENGLISH.findall(words(page)) == []


@pytest.mark.parametrize("address", READ)
def test_every_page_can_be_read_by_a_machine_that_reads_it_aloud(citizen: Client, world: World, address: str) -> None:
    page = citizen.get(address).content.decode()

    assert len(re.findall(r"<h1\b", page)) == 1
    assert '<main id="main"' in page
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for label in re.findall(r'<label[^>]*\bfor="([^"]+)"', page):
        assert label in ids
    assert not re.search(r"\s(on\w+|style)=|javascript:", page)


def test_S14_the_rules_page_shows_every_step_and_every_limit_of_the_table(citizen: Client, db: None) -> None:
    answer = citizen.get("/sop/")
    shown = [step for chapter in answer.context["chapters"] for step in chapter.steps]
    limits = {row.clock for row in answer.context["limits"]}

    assert set(STEPS) - set(shown) == {*IMPORTED, *CARE}, "what moves a report is shown; upkeep and imports are not"
    profile = shipped_profiles().versions("kota-mataram")[-1]
    assert {Clock.FIRST_RESPONSE, Clock.SUBSTANTIVE, Clock.SILENCE, Clock.ESCALATION} <= limits
    assert limits == {clock for clock in Clock for one in answer.context["profiles"] if one.limit(clock)}
    first = profile.limit(Clock.FIRST_RESPONSE)
    assert first is not None
    assert f"target {first.target}, paling lama {first.limit} hari kerja" in answer.content.decode()


def test_S15_S81_the_legal_page_names_the_document_and_what_it_rests_on(citizen: Client, world: World) -> None:
    profile = shipped_profiles().versions("nasional")[-1]

    page = citizen.get("/dasar-hukum/").content.decode()

    assert "Sistem Pengelolaan Pengaduan Pelayanan Publik Nasional (SP4N)" in page
    assert "Peraturan Presiden Nomor 76 Tahun 2013" in page
    for law in profile.document.legal_basis:
        assert law in page


def test_the_promises_on_the_front_page_are_those_of_the_institutions_profile(citizen: Client, world: World) -> None:
    national = citizen.get("/").content.decode()
    city = citizen.get("/i/kota-uji/").content.decode()

    assert "Respon awal paling lama 3 hari kerja." in national
    assert "Respon awal paling lama 10 hari kerja." in city


# --- Sign-in ---------------------------------------------------------------------------------------


@pytest.fixture
def officer(world: World) -> Account:
    """The city's admin, with a password."""
    account = Account.objects.get(login="admin-kota")
    account.set_password(PASSWORD)
    account.save()
    return account


def test_an_officer_signs_in_and_finds_the_desk(citizen: Client, officer: Account) -> None:
    answer = citizen.post("/masuk/", {"login": " Admin-Kota ", "password": PASSWORD})

    assert answer["Location"] == "/meja/"
    assert citizen.session["_auth_user_id"] == str(officer.pk)


def test_somebody_without_a_decree_in_force_goes_to_tracking(citizen: Client, officer: Account) -> None:
    Appointment.objects.filter(account=officer).update(ended_on="2026-01-01")

    assert citizen.post("/masuk/", {"login": "admin-kota", "password": PASSWORD})["Location"] == "/lacak/"


@pytest.mark.parametrize(("login", "password"), [("admin-kota", "salah"), ("tidak-ada", "salah")])
def test_a_wrong_login_and_a_wrong_password_get_one_answer(
    citizen: Client, officer: Account, login: str, password: str
) -> None:
    answer = citizen.post("/masuk/", {"login": login, "password": password})

    assert answer.status_code == 422
    assert "Nama pengguna dan kata sandi tidak cocok." in answer.content.decode()
    assert "_auth_user_id" not in citizen.session


def test_a_password_is_never_sent_back(citizen: Client, officer: Account) -> None:
    page = citizen.post("/masuk/", {"login": "\x00", "password": "rahasia sekali"})

    assert page.status_code == 422
    assert "rahasia sekali" not in page.content.decode()


@pytest.mark.parametrize("elsewhere", ["https://contoh.example/", "//contoh.example/", "javascript:alert(1)"])
def test_signing_in_never_leads_to_another_site(citizen: Client, officer: Account, elsewhere: str) -> None:
    answer = citizen.post("/masuk/", {"login": "admin-kota", "password": PASSWORD, "next": elsewhere})

    assert answer["Location"] == "/meja/"


def test_signing_out_is_a_button_and_forgets_everything(citizen: Client, officer: Account, case: Case) -> None:
    citizen.post("/masuk/", {"login": "admin-kota", "password": PASSWORD})
    case.is_submitted()
    citizen.post("/lacak/", {"code": case.code})

    assert citizen.get("/keluar/").status_code == 405
    citizen.post("/keluar/")

    assert "_auth_user_id" not in citizen.session
    assert citizen.get("/lacak/").context.get("report") is None


def test_S7_a_report_is_bound_to_the_account_that_filed_it(citizen: Client, world: World) -> None:
    Account.objects.create_user("wati", PASSWORD)
    citizen.post("/masuk/", {"login": "wati", "password": PASSWORD})
    send(citizen, title="Laporan Wati", contact="0812 3456 7890")
    citizen.post("/lacak/tutup/")

    mine = citizen.get("/laporan-saya/")
    report = Report.objects.get()
    opened = citizen.post("/lacak/", {"code": report.code}, follow=True)

    assert report.reporter_ref == Account.objects.get(login="wati").reporter.ref
    assert "Laporan Wati" in mine.content.decode()
    assert opened.context["report"] == report
    assert "Laporan Wati" not in Client().get("/laporan-saya/", follow=True).content.decode()


# --- The demo's cast -------------------------------------------------------------------------------


def test_nobody_sits_in_anybodys_chair_outside_the_demo(citizen: Client, officer: Account) -> None:
    Account.objects.filter(pk=officer.pk).update(is_demo=True)

    assert citizen.post("/kursi/", {"person": officer.pk}).status_code == 404
    assert "Budi" not in citizen.get("/").content.decode()


def test_in_the_demo_only_people_made_for_it_have_a_chair(
    rf: Any, citizen: Client, officer: Account, settings: Any
) -> None:
    from lapor.portal.demo import cast, person

    settings.DEMO = True
    assert person(str(officer.pk)) is None

    Account.objects.filter(pk=officer.pk).update(is_demo=True)
    request = rf.get("/")
    request.user = officer
    assert person(str(officer.pk)) == officer
    assert [seat["name"] for group in cast(request)["demo_cast"] for seat in group["people"]] == ["Admin-Kota"]
    assert person("0 OR 1=1") is None
