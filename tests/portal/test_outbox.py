"""Reports that waited on a phone, and what other apps share: sent once, refused in words, believed as any form is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.builders import World
from tests.portal.conftest import NOW, Answer
from tests.portal.test_filing import TEXT, filled, photo
from tests.sop.days import at

from lapor.identity.queries.reporters import reporter_ref_of
from lapor.portal.views.outbox import shared_text
from lapor.reports.models import Breach, Evidence, Report

DOOR = "/lapor/kirim/"


def deliver(client: Client, **changes: Any) -> Answer:
    """Send what waited, as the service worker does."""
    return client.post(DOOR, filled(**changes), headers={"accept": "application/json"})


def test_what_waited_becomes_a_report_and_its_proof_comes_back_in_words(citizen: Client, world: World) -> None:
    answer = deliver(citizen, agency="kota-uji")

    report = Report.objects.get()
    proof = answer.json()
    assert answer.status_code == 201
    assert proof["code"].replace("-", "") == report.code
    assert (proof["number"], proof["agency"]) == (report.number, "Kota Uji")
    assert proof["received"] == "Senin, 2 Maret 2026 pukul 09.00 WITA"
    assert {"Kamis, 5 Maret 2026", "Senin, 9 Maret 2026"} <= {promise["day"] for promise in proof["promises"]}


def test_in_the_language_of_the_person(citizen: Client, world: World) -> None:
    citizen.cookies["django_language"] = "en"

    assert deliver(citizen).json()["received"].startswith("Monday, 2 March 2026")


def test_sent_twice_it_is_one_report_with_one_proof(citizen: Client, world: World) -> None:
    said = filled(agency="kota-uji")

    first, second = citizen.post(DOOR, {**said, "photos": photo()}), Client().post(DOOR, {**said, "photos": photo()})

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert (Report.objects.count(), Evidence.objects.count()) == (1, 1)


def test_the_form_itself_and_the_outbox_make_one_report(citizen: Client, world: World) -> None:
    """The form arrived, its answer got lost, and the device sends the same once more."""
    said = filled(agency="kota-uji")
    citizen.post("/lapor/", said)

    assert citizen.post(DOOR, said).status_code == 200
    assert Report.objects.count() == 1


def test_the_same_key_with_other_words_is_refused_in_words(citizen: Client, world: World) -> None:
    said = filled()
    citizen.post(DOOR, said)

    answer = citizen.post(DOOR, {**said, "text": TEXT + " Sekarang juga lampu kedua."})

    assert answer.status_code == 422
    assert answer.json()["sentences"]
    assert Report.objects.count() == 1


def test_what_cannot_be_taken_is_told_by_its_field(citizen: Client, world: World) -> None:
    answer = deliver(citizen, text="", contact="bukan nomor")

    assert answer.status_code == 422
    assert any(sentence.startswith("Nomor ponsel atau surel: ") for sentence in answer.json()["sentences"])
    assert not Report.objects.exists()


def test_another_report_that_this_browser_follows_stays_in_front_of_it(citizen: Client, world: World) -> None:
    citizen.post("/lapor/", filled(text="Laporan pertama tentang jalan rusak."))
    followed = citizen.session["tracked"]

    deliver(citizen)

    assert citizen.session["tracked"] == followed


def test_a_browser_without_a_session_gets_none(world: World) -> None:
    browser = Client()

    deliver(browser)

    assert "sessionid" not in browser.cookies


def test_the_clock_of_a_phone_moves_no_clock_of_ours(citizen: Client, world: World) -> None:
    """A phone may say that it sent this last year: nobody is late because of that, and nothing is dated back."""
    deliver(citizen, sent_at="2025-01-01T00:00:00Z", queued_at="2025-01-01T00:00:00Z")

    assert Report.objects.get().received_at == at(NOW)
    assert not Breach.objects.exists()


class TestOtherSites:
    def test_cannot_send_without_a_token(self, world: World) -> None:
        strict = Client(enforce_csrf_checks=True)

        assert strict.post(DOOR, filled()).status_code == 403
        assert not Report.objects.exists()

    def test_can_with_a_fresh_one_only_from_our_own_pages(self, world: World) -> None:
        strict = Client(enforce_csrf_checks=True)
        token = strict.get("/lapor/kunci/").json()["token"]

        def send(origin: str) -> int:
            return strict.post(DOOR, filled(), headers={"x-csrftoken": token, "origin": origin}).status_code

        assert send("https://evil.example") == 403
        assert send("http://testserver") == 201

    def test_cannot_read_the_token(self, citizen: Client) -> None:
        answer = citizen.get("/lapor/kunci/", headers={"origin": "https://evil.example"})

        assert "Access-Control-Allow-Origin" not in answer
        assert answer["Cache-Control"] == "private, no-store"


class TestSharing:
    def share(self, client: Client, *files: SimpleUploadedFile, **words: str) -> Answer:
        return client.post("/lapor/bagikan/", {**words, "photos": list(files)})

    def test_begins_the_form_and_files_nothing(self, world: World) -> None:
        """Where no service worker answers: the phone itself sends this, so there is no token."""
        page = self.share(Client(enforce_csrf_checks=True), photo(), title="Lampu padam", text=TEXT)

        assert page.status_code == 200
        assert page.context["form"]["text"].value() == f"Lampu padam\n{TEXT}"
        assert [kept.file.name for kept in page.context["form"].kept] == ["lampu.jpg"]
        assert not Report.objects.exists()

    def test_the_files_go_with_the_report(self, citizen: Client, world: World) -> None:
        page = self.share(citizen, photo(), text=TEXT)

        citizen.post("/lapor/", filled(kept=[kept.token for kept in page.context["form"].kept]))

        assert Evidence.objects.get().name == "lampu.jpg"

    def test_a_video_is_told_and_the_text_kept(self, citizen: Client, world: World) -> None:
        video = SimpleUploadedFile("banjir.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 100_000, "video/mp4")

        page = self.share(citizen, video, text=TEXT)

        assert page.context["form"]["text"].value() == TEXT
        assert "banjir.mp4" in page.content.decode()

    def test_more_than_ten_files_are_cut_at_ten(self, citizen: Client, world: World) -> None:
        page = self.share(citizen, *(photo(f"{n}.jpg", size=(10 + n, 10)) for n in range(12)))

        assert len(page.context["form"].kept) == 10

    def test_markup_stays_text(self, citizen: Client, world: World) -> None:
        page = self.share(citizen, text="<script>alert(1)</script>", title="", url="javascript:alert(1)")

        assert "<script>alert" not in page.content.decode()

    @pytest.mark.parametrize(
        ("shared", "text"),
        [
            ({}, ""),
            ({"title": "Lampu", "text": "Lampu padam", "url": ""}, "Lampu padam"),
            ({"title": "Berita", "text": "", "url": "https://contoh.example/1"}, "Berita\nhttps://contoh.example/1"),
            (
                {"text": "Lihat https://contoh.example/1", "url": "https://contoh.example/1"},
                "Lihat https://contoh.example/1",
            ),
        ],
    )
    def test_says_each_thing_once(self, shared: dict[str, str], text: str) -> None:
        assert shared_text(shared) == text


def test_a_report_that_waited_for_a_week_is_dated_when_it_arrived(citizen: Client, world: World) -> None:
    said = filled(agency="kota-uji", photos=photo())
    with time_machine.travel(at(NOW) + timedelta(days=7), tick=False):
        citizen.post(DOOR, said)

    assert Report.objects.get().received_at == at(NOW) + timedelta(days=7)


def test_what_waited_is_nobodys_who_signed_in_since(citizen: Client, world: World) -> None:
    account = get_user_model().objects.create_user("orang.lain", is_citizen=True)
    citizen.force_login(account)

    answer = deliver(citizen, anonymous="on", secret="on")

    assert answer.status_code == 201
    assert reporter_ref_of(account) is None or Report.objects.get().reporter_ref != reporter_ref_of(account)


def test_what_an_officer_sends_from_the_public_form_is_not_the_officers_own(citizen: Client, world: World) -> None:
    officer = get_user_model().objects.get(login="pp-pupr")
    citizen.force_login(officer)

    assert citizen.post("/lapor/", filled()).status_code == 302

    assert reporter_ref_of(officer) is None
