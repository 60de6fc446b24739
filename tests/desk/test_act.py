"""Taking steps through the forms: done, refused with the words kept, stale, and two officers at once."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.builders import Case, World
from tests.desk.conftest import SignIn

from lapor.reports.models import Evidence, ReportText, Response, TextEdit, Verification
from lapor.reports.usecases import dispose
from lapor.reports.usecases.answer import HOLD, send_due
from lapor.sop.vocabulary import Holder, Status

CHECKED = {"relevant": "on", "complete": "on", "clear": "on", "answer_what": "yes", "answer_when": "no"}


def take(browser: Client, case: Case, slug: str, **typed: Any) -> Any:
    """Send a step's form as the page would, and let its half minute pass; the version is the report's own by itself."""
    done = browser.post(f"/meja/laporan/{case.number}/{slug}/", {"version": case.report.version, **typed})
    send_due(now=timezone.now() + HOLD)
    return done


def test_S40_the_admin_verifies_and_disposes(case: Case, sits: SignIn) -> None:
    case.is_submitted()
    browser = sits("admin-kota")

    assert take(browser, case, "verifikasi", **CHECKED).status_code == 302
    assert take(browser, case, "disposisi", to="dinas-pupr", note="Mohon segera.").status_code == 302

    found = Verification.objects.get(report__code=case.code)
    assert (found.is_relevant, found.answers["what"], found.answers["when"], found.answers["who"]) == (
        True, True, False, None,
    )  # fmt: skip
    assert case.holder == (Holder.UNIT, "dinas-pupr")
    assert "Laporan sudah didisposisikan." in browser.get(f"/meja/laporan/{case.number}/").text


def test_the_chain_of_a_unit_runs_through_the_forms(case: Case, sits: SignIn) -> None:
    case.is_disposed()
    liaison, officer, head = sits("pp-pupr"), sits("petugas-bina-marga"), sits("pimpinan-pupr")

    take(liaison, case, "terima")
    take(liaison, case, "teruskan", to="bidang-bina-marga", text="Mohon dicek.")
    take(officer, case, "terima-penerusan")
    take(officer, case, "jawab", text="Ada empat lubang.")
    assert "Ada empat lubang." in liaison.get(f"/meja/laporan/{case.number}/rilis-respon/").text
    take(liaison, case, "rilis-respon", text="Ada empat lubang, kami tambal pekan depan.")
    take(liaison, case, "lapor-pimpinan", text="Perlu aspal tambahan.")
    assert case.holder == (Holder.HEAD, "dinas-pupr")
    take(head, case, "arahan", text="Laksanakan.")
    done = take(
        liaison, case, "tindak-lanjut", text="Sudah ditambal.", done_on="2026-03-02", done_by="Tim", field_work="on"
    )

    assert done.status_code == 302
    assert case.status == Status.IN_PROGRESS
    assert case.holder == (Holder.REPORTER, "")


def test_a_refused_form_keeps_every_word(case: Case, sits: SignIn) -> None:
    case.is_in_progress()
    told = "Lubang sudah kami tambal dengan aspal panas."

    answer = take(sits("pp-pupr"), case, "tindak-lanjut", text=told, done_on="2027-01-01", done_by="Tim Bina Marga")

    assert answer.status_code == 422
    assert told in answer.text
    assert "Tim Bina Marga" in answer.text
    assert "Tanggal ini belum tiba." in answer.text
    assert not Response.objects.filter(report__code=case.code, kind="follow_up").exists()


def test_a_stale_page_offers_no_step_that_another_officer_has_taken(case: Case, sits: SignIn) -> None:
    case.is_disposed()
    seen = case.report.version
    assert take(sits("pp-pupr"), case, "terima").status_code == 302

    answer = take(sits("pp-pupr"), case, "terima", version=seen)

    assert "Laporan ini berubah" in answer.text
    form = answer.text.split('id="tindakan"')[1].split("</form>")[0]
    assert "<button" not in form


def test_a_stale_page_shows_the_new_state_and_keeps_the_words(case: Case, sits: SignIn) -> None:
    case.is_submitted()
    seen = case.report.version
    browser = sits("admin-kota")
    case.act(dispose.dispose_report, "admin-kota", to="dinas-kesehatan")
    case_version = case.report.version

    answer = take(browser, case, "tanya", question="Di jalan apa lubang itu?", version=seen)

    assert answer.status_code == 409
    assert "Di jalan apa lubang itu?" in answer.text
    assert "Laporan ini berubah" in answer.text
    assert "Dinas Kesehatan" in answer.text
    assert f'name="version" value="{case_version}"' in answer.text
    assert take(browser, case, "tanya", question="Di jalan apa lubang itu?").status_code == 302


def test_two_officers_at_once_one_succeeds_and_the_other_is_told(case: Case, sits: SignIn) -> None:
    case.is_submitted()
    first, second = sits("admin-kota"), sits("admin-kota")
    seen = case.report.version

    assert take(first, case, "disposisi", to="dinas-pupr", version=seen).status_code == 302
    answer = take(second, case, "disposisi", to="dinas-kesehatan", version=seen)

    assert answer.status_code == 409
    assert case.holder == (Holder.UNIT, "dinas-pupr")
    assert "Dinas Pupr" in answer.text


@pytest.mark.parametrize("version", ["", "satu", "-1", "99999999999999999999"])
def test_a_broken_version_changes_nothing(case: Case, sits: SignIn, version: str) -> None:
    case.is_submitted()

    answer = take(sits("admin-kota"), case, "disposisi", to="tidak-ada", version=version)

    assert answer.status_code in (409, 422)
    assert case.status == Status.UNVERIFIED


def test_S48_the_wording_is_edited_and_the_original_stays(case: Case, sits: SignIn) -> None:
    case.is_submitted(text="jln di dpn psr brlubang bnyk bgt pak tlg diperbaiki segera")
    browser = sits("admin-kota")

    seen = browser.post(f"/meja/laporan/{case.number}/selisih/", {"text": "Jalan di depan pasar berlubang."})
    done = take(
        browser,
        case,
        "redaksi",
        title="Jalan berlubang",
        text="Jalan di depan pasar berlubang.",
        reason="abbreviations",
    )

    assert "<ins>" in seen.text
    assert "<del>" in seen.text
    assert done.status_code == 302
    assert TextEdit.objects.get(report__code=case.code).reason == "abbreviations"
    assert ReportText.objects.get(report__code=case.code).original.startswith("jln di dpn psr")


def test_a_file_that_is_no_picture_is_refused_and_the_words_stay(case: Case, sits: SignIn) -> None:
    case.is_disposed()
    liaison = sits("pp-pupr")
    broken = SimpleUploadedFile("foto.jpg", b"bukan gambar", content_type="image/jpeg")

    answer = take(liaison, case, "respon-awal", text="Sedang kami periksa.", files=[broken])

    assert answer.status_code == 422
    assert "Sedang kami periksa." in answer.text
    assert "foto.jpg" in answer.text
    assert not Evidence.objects.exists()


def test_a_step_of_another_role_is_refused_even_when_its_form_is_sent(case: Case, sits: SignIn) -> None:
    case.is_disposed()

    answer = take(sits("pp-pupr"), case, "arsip", reason="spam", text="Dihapus saja, tidak penting.")

    assert answer.status_code == 403
    assert "Dihapus saja, tidak penting." in answer.text  # given back
    assert case.status == Status.DISPOSED


def test_an_unknown_step_is_not_found(case: Case, sits: SignIn) -> None:
    case.is_submitted()

    assert sits("admin-kota").get(f"/meja/laporan/{case.number}/hapus/").status_code == 404


@pytest.mark.parametrize(
    "text", ["", "   \n ", "x" * 50_001, "a\x00b", "😀" * 100, "מה נשמע", "baris\n" * 10_000], ids=range(7)
)
def test_no_text_breaks_a_form(case: Case, sits: SignIn, text: str) -> None:
    case.is_disposed()

    answer = take(sits("pp-pupr"), case, "respon-awal", text=text)

    assert answer.status_code in (302, 422)
    said = Response.objects.filter(report__code=case.code, kind="first_response")
    assert said.count() == (1 if answer.status_code == 302 else 0)


def test_a_fragment_brings_the_form_alone(case: Case, sits: SignIn) -> None:
    case.is_submitted()

    answer = sits("admin-kota").get(f"/meja/laporan/{case.number}/arsip/", headers={"HX-Request": "true"})

    assert "<html" not in answer.text
    assert 'name="reason"' in answer.text


def test_every_form_opens_for_a_role_that_may_take_its_step(case: Case, sits: SignIn) -> None:
    case.is_with_unit_officer()
    for name in ("admin-pusat", "admin-kota", "pp-pupr", "petugas-bina-marga", "pimpinan-pupr"):
        browser = sits(name)
        page = browser.get(f"/meja/laporan/{case.number}/").text
        links = {part.split('"')[0] for part in page.split(f'href="/meja/laporan/{case.number}/')[1:]}
        for link in links - {"", "#tindakan"}:
            answer = browser.get(f"/meja/laporan/{case.number}/{link.split('#')[0]}")
            assert answer.status_code == 200, f"{name} cannot open {link}"


@pytest.mark.parametrize("who", ["pp-pupr", "admin-kota", "petugas-bina-marga"])
def test_a_note_offers_the_colleagues_of_the_desks_that_answer_and_nobody_else(
    case: Case, world: World, sits: SignIn, who: str
) -> None:
    case.is_with_unit_officer()

    page = sits(who).get(f"/meja/laporan/{case.number}/catatan/").text

    named = {int(value) for value in re.findall(r'name="mentions" value="(\d+)"', page)}
    desks = ("pp-pupr", "pimpinan-pupr", "admin-kota", "petugas-bina-marga")
    assert named >= {world[one].account for one in desks if one != who}
    assert not named & {world[one].account for one in (who, "pp-kesehatan", "admin-lembaga", "pp-biro", "ombudsman")}
    assert 'data-mentions="mentions"' in page


@pytest.mark.parametrize("who", ["pp-kesehatan", "pp-biro", "admin-lembaga"])
def test_whoever_may_not_read_the_report_learns_no_colleagues_name_from_its_note(
    case: Case, sits: SignIn, who: str
) -> None:
    case.is_submitted(secret=True).is_disposed()

    answer = sits(who).get(f"/meja/laporan/{case.number}/catatan/")

    assert answer.status_code == 404
    assert "mentions" not in answer.text
