"""Manual entry (S68, S69, S75): open and settled, the stopwatch, the receipt, and what was typed wrong."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from tests.builders import World
from tests.desk.conftest import SignIn

from lapor.kernel.codes import show_code
from lapor.reports.models import Breach, Report, Response
from lapor.sop.vocabulary import Status

TOLD = "Got di depan rumah saya mampet sudah sebulan."


def opened(browser: Client) -> dict[str, str]:
    """Open the form and return what it carries hidden: the key and the signed start."""
    page = browser.get("/meja/entri/").text
    hidden = {name: re.search(rf'name="{name}" value="([^"]+)"', page) for name in ("key", "started")}
    return {name: found[1] for name, found in hidden.items() if found}


def complaint(browser: Client, **typed: str) -> dict[str, str]:
    """Return a filled form."""
    return {**opened(browser), "channel": "counter", "text": TOLD, "state": "open", **typed}


def test_S68_an_open_complaint_stays_with_the_unit_that_typed_it(world: World, sits: SignIn) -> None:
    browser = sits("pp-pupr")

    answer = browser.post("/meja/entri/", complaint(browser, name="Warga Contoh", contact="081200001234"))

    report = Report.objects.get()
    assert answer["Location"] == f"/meja/entri/tanda-terima/{report.number}/"
    assert (report.status, report.unit, report.channel) == (Status.DISPOSED, world.agency("dinas-pupr"), "counter")
    receipt = browser.get(answer["Location"]).text
    assert f"{report.code[:5]}-{report.code[5:10]}-{report.code[10]}" in receipt
    assert report.number in receipt
    assert "lewat SMS" not in receipt  # no such channel here
    assert sits("admin-kota").get(answer["Location"]).status_code == 404  # the code is for the person at the counter


def test_the_receipt_tells_who_has_no_internet_what_to_write_by_sms(
    world: World, sits: SignIn, settings: Settings
) -> None:
    settings.LAPOR_CHANNELS = ["lapor.channels.sms.outbound.Sms"]
    browser = sits("pp-pupr")

    answer = browser.post("/meja/entri/", complaint(browser))

    receipt = browser.get(answer["Location"]).text
    assert "lewat SMS ke 1708:" in receipt
    assert f"STATUS {show_code(Report.objects.get().code)}" in receipt


def test_S68_a_settled_complaint_keeps_its_original_dates(world: World, sits: SignIn) -> None:
    browser = sits("pp-pupr")
    settled = {
        "state": "settled",
        "received_on": "2026-02-02",
        "done_on": "2026-02-04",
        "answer": "Got dibersihkan.",
        "done_by": "Tim Drainase",
    }

    assert browser.post("/meja/entri/", complaint(browser, **settled)).status_code == 302

    report = Report.objects.get()
    assert report.status == Status.CLOSED
    assert report.received_at.isoformat() == "2026-02-01T16:00:00+00:00"  # midnight of Monday 2 February, WITA
    assert Response.objects.get(kind="follow_up").done_on.isoformat() == "2026-02-04"  # type: ignore[union-attr]


@pytest.mark.parametrize("missing", ["received_on", "done_on", "answer", "done_by"])
def test_a_settled_complaint_without_its_story_is_refused(world: World, sits: SignIn, missing: str) -> None:
    browser = sits("pp-pupr")
    told = {"received_on": "2026-02-02", "done_on": "2026-02-04", "answer": "Dibersihkan.", "done_by": "Tim"}

    answer = browser.post("/meja/entri/", complaint(browser, state="settled", **{**told, missing: ""}))

    assert answer.status_code == 422
    assert TOLD in answer.text
    assert not Report.objects.exists()


@pytest.mark.parametrize(("minutes", "breaches"), [(14, 0), (16, 1)])
def test_S69_more_than_fifteen_minutes_is_a_breach(
    world: World, sits: SignIn, today: time_machine.Traveller, minutes: int, breaches: int
) -> None:
    browser = sits("pp-pupr")
    typed = complaint(browser)

    today.shift(timedelta(minutes=minutes))
    browser.post("/meja/entri/", typed)

    assert Breach.objects.filter(clock="manual_entry").count() == breaches


@pytest.mark.parametrize(("seen", "breaches"), [("2026-03-02T08:30", 0), ("2026-03-02T07:30", 1)])
def test_S75_a_social_message_is_recorded_within_the_hour(world: World, sits: SignIn, seen: str, breaches: int) -> None:
    browser = sits("admin-kota")

    browser.post("/meja/entri/", complaint(browser, channel="x", seen_at=seen))

    assert Report.objects.get().channel == "x"
    assert Breach.objects.filter(clock="social_entry").count() == breaches


def test_sending_twice_makes_one_complaint(world: World, sits: SignIn) -> None:
    browser = sits("pp-pupr")
    typed = complaint(browser)

    first, second = browser.post("/meja/entri/", typed), browser.post("/meja/entri/", typed)

    assert first["Location"] == second["Location"]
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("text", ""),
        ("text", "\n \n"),
        ("contact", "08"),
        ("contact", "bukan@surel"),
        ("happened_on", "2026-03-03"),
        ("happened_on", "kemarin"),
        ("place", "Antah Berantah"),
        ("channel", "telepati"),
        ("started", "2026-03-02T00:00:00+00:00"),
        ("key", "kunci"),
        ("seen_at", "besok"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(world: World, sits: SignIn, field: str, typed: str) -> None:
    browser = sits("pp-pupr")

    answer = browser.post("/meja/entri/", complaint(browser, place_note="Dekat masjid", **{field: typed}))

    assert answer.status_code == 422
    assert 'class="error-summary"' in answer.text
    assert "Dekat masjid" in answer.text
    assert uuid.UUID(opened(browser)["key"])
    assert not Report.objects.exists()


# --- Pasting, and several in a row --------------------------------------------------------------

MESSAGE = """Nama: Warga Contoh
No HP: 0812-0000-1234
Tanggal: 27/02/2026
Isi laporan: Lampu jalan di Kelurahan Punia mati semua."""


def value_of(page: str, name: str) -> str:
    """Return what stands in a field of the form."""
    if found := re.search(rf'<input[^>]*name="{name}"[^>]*>', page):
        return (re.search(r'value="([^"]*)"', found[0]) or ["", ""])[1]
    area = re.search(rf'<textarea[^>]*name="{name}"[^>]*>\s*([^<]*)</textarea>', page)
    return area[1] if area else ""


def test_a_pasted_message_goes_into_the_fields_and_keeps_nothing(world: World, sits: SignIn) -> None:
    browser = sits("pp-pupr")
    hidden = opened(browser)

    page = browser.post("/meja/entri/", {**hidden, "split": "1", "pasted": MESSAGE, "channel": "whatsapp"}).text

    assert value_of(page, "name") == "Warga Contoh"
    assert value_of(page, "contact") == "0812-0000-1234"
    assert value_of(page, "happened_on") == "2026-02-27"
    assert value_of(page, "place") == "Punia"
    assert value_of(page, "text").startswith("Lampu jalan di Kelurahan Punia mati semua.")
    assert value_of(page, "started") == hidden["started"]  # the stopwatch goes on
    assert value_of(page, "key") == hidden["key"]
    assert "error-summary" not in page
    assert not Report.objects.exists()


def test_what_was_typed_is_never_written_over(world: World, sits: SignIn) -> None:
    browser = sits("pp-pupr")

    page = browser.post(
        "/meja/entri/", {**opened(browser), "split": "1", "pasted": MESSAGE, "channel": "x", "name": "Yang Benar"}
    ).text

    assert value_of(page, "name") == "Yang Benar"
    assert "tidak dimasukkan" in page


def test_several_in_a_row_keep_what_is_common_and_never_who_reported(world: World, sits: SignIn) -> None:
    browser = sits("pp-pupr")
    typed = complaint(browser, channel="letter", category="saluran-air", name="Warga Contoh", contact="081200001234")

    receipt = browser.get(browser.post("/meja/entri/", typed)["Location"]).text
    again = browser.get("/meja/entri/?lagi=1").text

    assert 'href="/meja/entri/?lagi=1"' in receipt
    assert re.search(r'<option value="letter" selected', again)
    assert re.search(r'<option value="saluran-air" selected', again)
    assert (value_of(again, "name"), value_of(again, "contact"), value_of(again, "text")) == ("", "", "")
    assert value_of(again, "key") != typed["key"]
    assert "selected" not in browser.get("/meja/entri/").text.split('name="category"')[1].split("saluran-air")[1][:12]


def test_a_field_for_a_place_offers_those_that_begin_as_typed_and_only_to_officers(
    client: Client, sits: SignIn
) -> None:
    browser = sits("pp-pupr")
    browser.get("/meja/tempat/?place=am")
    with CaptureQueriesContext(connection) as asked:
        found = browser.get("/meja/tempat/?place=ampen").text

    assert '<option value="Ampenan, Kota Mataram">' in found
    assert len(asked) <= 6
    assert browser.get("/meja/tempat/?place=%00x").text.strip() == ""
    assert browser.get("/meja/tempat/").text.strip() == ""
    assert client.get("/meja/tempat/?place=ampen").status_code == 302
