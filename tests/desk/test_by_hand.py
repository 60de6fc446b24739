"""Telephone and letter (S68): the call that is logged with its report, who is to be called back, the scanned letter."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from tests.builders import World
from tests.desk.conftest import SignIn
from tests.desk.test_manual import complaint

from lapor.identity.models import Contact
from lapor.ledger.models import Entry
from lapor.reports.models import Arrival, Evidence, Report

CALL = {"channel": "hotline", "called_at": "2026-03-02T08:40", "minutes": "7", "said": "Kami kirim petugas hari ini."}


def scan() -> SimpleUploadedFile:
    """Return a scanned letter."""
    file = io.BytesIO()
    Image.new("RGB", (120, 160), "white").save(file, "PNG")
    return SimpleUploadedFile("surat-warga.png", file.getvalue(), "image/png")


def case_page(browser: Client) -> str:
    """Return the page of the only report."""
    return browser.get(f"/meja/laporan/{Report.objects.get().number}/").text


def test_S68_a_call_is_logged_with_its_report(world: World, sits: SignIn) -> None:
    browser = sits("pp-pupr")

    assert browser.post("/meja/entri/", complaint(browser, **CALL)).status_code == 302

    kept = Arrival.objects.get()
    assert kept.called_at is not None
    assert kept.called_at.isoformat() == "2026-03-02T00:40:00+00:00"  # 08.40 WITA
    assert (kept.minutes, kept.said, kept.wants_call, kept.report.channel) == (7, CALL["said"], False, "hotline")
    page = case_page(browser)
    for words in ("2 Mar 2026, 08.40 WITA", "7 menit", "Kami kirim petugas hari ini."):
        assert words in page
    assert not Contact.objects.exists()  # a caller need not give a number


def test_what_the_caller_was_told_is_for_officers_only(world: World, sits: SignIn) -> None:
    browser = sits("pp-pupr")
    browser.post("/meja/entri/", complaint(browser, **CALL))
    phone = Client()

    tracked = phone.post("/lacak/", {"code": Report.objects.get().code}, follow=True).content.decode()

    assert "Got di depan rumah" in tracked
    assert "Kami kirim petugas" not in tracked
    assert sits("admin-lembaga").get(f"/meja/laporan/{Report.objects.get().number}/").status_code == 404


def test_the_moment_of_a_call_may_be_left_out(world: World, sits: SignIn) -> None:
    browser = sits("pp-pupr")
    browser.post("/meja/entri/", complaint(browser, channel="hotline"))

    assert Arrival.objects.get().called_at == Report.objects.get().received_at


@pytest.mark.parametrize(
    "wrong",
    [
        {"called_at": "2026-03-02T23:00"},
        {"called_at": "0001-01-01T00:00"},
        {"minutes": "-1"},
        {"minutes": "601"},
        {"said": "x" * 1001},
        {"wants_call": "on"},
    ],
)
def test_a_call_that_cannot_be_is_refused_and_leaves_nothing(world: World, sits: SignIn, wrong: dict[str, str]) -> None:
    browser = sits("pp-pupr")

    assert browser.post("/meja/entri/", complaint(browser, **{**CALL, **wrong})).status_code == 422
    assert not Report.objects.exists()
    assert not Arrival.objects.exists()


def test_who_wants_to_be_called_back_waits_on_the_case_until_somebody_did(
    world: World, sits: SignIn, today: time_machine.Traveller
) -> None:
    browser = sits("pp-pupr")
    browser.post("/meja/entri/", complaint(browser, **CALL, wants_call="on", contact="081200001234"))
    number = Report.objects.get().number
    assert "Minta ditelepon kembali" in case_page(browser)
    note = f"/meja/laporan/{number}/catatan/"
    assert 'name="called_back"' in browser.get(note).text

    today.shift(timedelta(minutes=30))
    said = {"text": "Sudah dijelaskan lewat telepon.", "called_back": "on"}
    assert browser.post(note, said).status_code == 302

    assert "Sudah ditelepon kembali 2 Mar 2026, 09.30 WITA" in case_page(browser)
    assert Entry.objects.latest("pk").facts["called_back"] is True
    assert 'name="called_back"' not in browser.get(note).text


def test_a_note_on_another_report_offers_no_call(world: World, sits: SignIn) -> None:
    browser = sits("pp-pupr")
    browser.post("/meja/entri/", complaint(browser))
    number = Report.objects.get().number

    assert 'name="called_back"' not in browser.get(f"/meja/laporan/{number}/catatan/").text
    assert not Arrival.objects.exists()


def test_S68_a_scanned_letter_goes_with_its_number_and_day_and_is_not_public(world: World, sits: SignIn) -> None:
    browser = sits("pp-pupr")
    letter = {"channel": "letter", "letter_on": "2026-02-27", "letter_number": "12/RT03/II/2026", "said": "x"}

    assert browser.post("/meja/entri/", complaint(browser, **letter) | {"files": scan()}).status_code == 302

    kept, file = Arrival.objects.get(), Evidence.objects.get()
    assert (str(kept.letter_on), kept.letter_number, kept.called_at, kept.said) == (
        "2026-02-27", "12/RT03/II/2026", None, "",
    )  # fmt: skip
    assert (file.name, file.is_public) == ("surat-warga.png", False)
    page = case_page(browser)
    assert "12/RT03/II/2026" in page
    assert "27 Feb 2026" in page


def test_a_letter_of_tomorrow_is_refused(world: World, sits: SignIn) -> None:
    browser = sits("pp-pupr")
    answer = browser.post("/meja/entri/", complaint(browser, channel="letter", letter_on="2026-03-09"))

    assert answer.status_code == 422
    assert not Report.objects.exists()


def test_a_complaint_at_the_counter_keeps_no_call(world: World, sits: SignIn) -> None:
    browser = sits("pp-pupr")
    browser.post("/meja/entri/", complaint(browser, **{**CALL, "channel": "counter"}))

    assert Report.objects.get().channel == "counter"
    assert not Arrival.objects.exists()
