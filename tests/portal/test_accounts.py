"""A citizen's account: signing in by a code, own reports, claims, PINs, news, and the data we hold (UU 27/2022)."""

from __future__ import annotations

import io
import json
import logging
import re
import uuid
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.builders import Case, World
from tests.portal.conftest import NOW, Answer
from tests.portal.test_filing import filled, send
from tests.portal.test_limits import SOMEBODY, STRANGER
from tests.portal.test_tracking import act, open_report
from tests.sop.days import at

from lapor.identity.contacts import ContactInput
from lapor.identity.models import Account, Contact, NewsChoice, OneTimeCode, Reporter, SignIn
from lapor.identity.usecases import codes
from lapor.identity.usecases.accounts import account_of_address
from lapor.identity.usecases.news import stop_token
from lapor.identity.usecases.reporters import find_or_make_reporter
from lapor.identity.usecases.reveal import reveal
from lapor.intake.usecases.keep import keep
from lapor.kernel.actor import reporter_with_code
from lapor.kernel.codes import new_code, show_code
from lapor.messaging import drain
from lapor.portal import proving
from lapor.reports.models import OutgoingMessage, Report
from lapor.reports.usecases import pins
from lapor.reports.usecases.door import MOST_TRIES
from lapor.sop.vocabulary import Clock

MAIL = "sari@contoh.example"
PHONE = ContactInput("phone", "0812-3456-7890")
PIN = "482615"


@pytest.fixture(autouse=True)
def nothing_counted() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def digits() -> str:
    """Return the code in the newest mail."""
    found = re.search(r"\b(\d{6})\b", str(mail.outbox[-1].body))
    assert found
    return found[1]


def asks(client: Client, address: str = MAIL, where: str = "/akun/masuk/") -> Answer:
    return client.post(where, {"contact": address})


def enters(client: Client, address: str = MAIL) -> Account:
    """Sign in with a code that came by mail."""
    assert asks(client, address)["Location"] == "/akun/kode/"
    assert client.post("/akun/kode/", {"digits": digits()})["Location"] in ("/laporan-saya/", "/lacak/")
    return Account.objects.get(pk=client.session["_auth_user_id"])


def wrong(right: str) -> str:
    return f"{(int(right) + 1) % 1_000_000:06d}"


# --- Signing in ------------------------------------------------------------------------------------


def test_a_code_by_mail_opens_an_account_and_the_next_one_opens_the_same(citizen: Client, world: World) -> None:
    first = enters(citizen)
    second = enters(Client())

    assert first == second
    assert first.is_citizen
    assert SignIn.objects.filter(account=first).count() == 2


def test_a_known_and_an_unknown_address_get_the_same_answer(world: World) -> None:
    enters(Client())
    Account.objects.create(login="petugas", email="petugas@contoh.example")
    seen = []
    for address in (MAIL, "tidak@contoh.example", "petugas@contoh.example"):
        client = Client()
        answer = asks(client, address)
        page = client.get("/akun/kode/").content.decode()
        body = re.sub(r"\d{6}", "", str(mail.outbox[-1].body))
        shown = re.sub(r"csrf\w*\" value=\"\w+|nonce=\"[^\"]+|\w•••@", "", page)
        seen.append((answer.status_code, answer["Location"], shown, body))

    assert len(set(seen)) == 1


def test_the_code_stands_in_no_page_address_or_subject(citizen: Client, world: World) -> None:
    answer = asks(citizen)
    page = citizen.get("/akun/kode/").content.decode()

    assert digits() not in page + answer["Location"] + mail.outbox[-1].subject
    assert MAIL not in page
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_data FROM django_session")
        kept = " ".join(row[0] for row in cursor.fetchall())
    assert MAIL not in kept


def test_somebody_elses_browser_cannot_use_the_code(citizen: Client, world: World) -> None:
    asks(citizen)
    right = digits()
    thief = Client()
    asks(thief, "maling@contoh.example")

    assert thief.post("/akun/kode/", {"digits": right}).status_code == 422
    assert Client().post("/akun/kode/", {"digits": right})["Location"] == "/akun/masuk/"


def test_guessing_digits_ends_after_five_tries_and_then_the_right_ones_are_wrong(citizen: Client, world: World) -> None:
    asks(citizen)
    right = digits()
    said = {citizen.post("/akun/kode/", {"digits": wrong(right)}).status_code for _ in range(codes.MOST_TRIES)}

    last = citizen.post("/akun/kode/", {"digits": right})

    assert said == {422}
    assert last.status_code == 422
    assert "_auth_user_id" not in citizen.session


def test_who_guesses_digits_for_many_addresses_from_one_range_must_wait(world: World) -> None:
    for n in range(10):
        client = Client(REMOTE_ADDR=SOMEBODY)
        asks(client, f"warga{n}@contoh.example")
        for _ in range(3):
            client.post("/akun/kode/", {"digits": wrong(digits())})
    client = Client(REMOTE_ADDR=SOMEBODY)
    asks(client)

    assert client.post("/akun/kode/", {"digits": digits()}).status_code == 429
    assert enters(Client(REMOTE_ADDR=STRANGER), "lain@contoh.example")


def test_pumping_codes_is_stopped_by_address_and_by_range(world: World) -> None:
    sent = [asks(Client()).status_code for _ in range(5)]
    assert sent == [302, 302, 302, 429, 429]
    assert len(mail.outbox) == 3

    pumped = [asks(Client(REMOTE_ADDR=SOMEBODY), f"w{n}@contoh.example").status_code for n in range(25)]
    assert pumped.count(302) == proving.ASKED.most
    assert asks(Client(REMOTE_ADDR=STRANGER), "lain@contoh.example").status_code == 302


def test_a_phone_number_is_told_that_only_mail_works_and_nothing_is_kept(citizen: Client, world: World) -> None:
    answer = asks(citizen, "0812 3456 7890")

    assert answer.status_code == 422
    assert "Pakai alamat surel" in answer.content.decode()
    assert not OneTimeCode.objects.exists()


class DownMail:
    """A channel whose provider cannot be reached."""

    key = "email"

    def send(self, letter: Any, to: Any) -> None:
        from lapor.messaging.channel import ChannelDown

        raise ChannelDown("away")

    def close(self) -> None:
        """Nothing to hang up."""


def test_when_no_mail_can_be_sent_the_page_says_so(citizen: Client, world: World, settings: Any) -> None:
    settings.LAPOR_CHANNELS = [f"{__name__}.DownMail"]

    answer = asks(citizen)

    assert answer.status_code == 503
    assert "Kode belum dapat dikirim" in answer.content.decode()


def test_signing_in_draws_a_new_session_so_that_none_can_be_planted(citizen: Client, world: World) -> None:
    asks(citizen)
    planted = citizen.session.session_key

    citizen.post("/akun/kode/", {"digits": digits()})

    assert citizen.session.session_key != planted
    thief = Client()
    thief.cookies["sessionid"] = str(planted)
    assert thief.get("/laporan-saya/")["Location"] == "/akun/masuk/"


def test_signing_out_everywhere_ends_every_other_session(citizen: Client, world: World) -> None:
    other = Client()
    enters(other)
    enters(citizen)

    citizen.post("/akun/keluar-semua/")

    assert citizen.get("/akun/").status_code == 200
    assert other.get("/akun/")["Location"] == "/akun/masuk/"


def test_a_citizens_account_never_reaches_the_desk(citizen: Client, world: World) -> None:
    account = enters(citizen)
    seat = world["admin-kota"]
    from lapor.agencies.models import Appointment

    Appointment.objects.filter(pk=seat.appointment or 0).update(account=account)

    assert citizen.get("/meja/").status_code in (302, 403, 404)
    assert Client().post("/masuk/", {"login": account.login, "password": ""}).status_code == 422


def test_an_officer_is_no_citizen(citizen: Client, world: World) -> None:
    citizen.force_login(Account.objects.get(login="admin-kota"))

    for address in ("/akun/", "/akun/hapus/", "/akun/kunci/"):
        assert citizen.get(address)["Location"] == "/akun/masuk/"


def test_forms_of_the_account_from_elsewhere_are_refused(world: World) -> None:
    strict = Client(enforce_csrf_checks=True)
    addresses = ("masuk", "kode", "kunci/masuk", "kunci/ubah", "perbaiki", "keluar-semua", "data", "hapus")
    for address in addresses:
        assert strict.post(f"/akun/{address}/", {"contact": MAIL}).status_code == 403
    for address in ("/lacak/simpan/", "/lacak/pin/", "/lacak/kabar/", f"/berhenti/{stop_token(1)}/"):
        assert strict.post(address).status_code == 403


# --- Own reports -----------------------------------------------------------------------------------


def test_my_reports_begin_with_what_waits_for_me_and_go_on_by_pages(citizen: Client, world: World) -> None:
    enters(citizen)
    first = Case(world)
    send(citizen, title="Laporan yang menunggu", agency="kota-uji")
    first.code = Report.objects.get().code
    first.is_pending()
    for n in range(21):
        send(citizen, title=f"Laporan nomor {n}", agency="kota-uji")

    page = citizen.get("/laporan-saya/")
    rows = page.context["found"].rows
    rest = citizen.get("/laporan-saya/", {"after": page.context["found"].older}).context["found"].rows

    assert rows[0].title == "Laporan yang menunggu"
    assert rows[0].waits
    assert rows[0].clock is Clock.PENDING  # the date itself, not one of its reminders
    assert rows[1].title == "Laporan nomor 20"
    assert rows[1].due_on is not None
    assert [row.title for row in rest] == ["Laporan nomor 1", "Laporan nomor 0"]
    assert citizen.get("/laporan-saya/", {"after": "9-x"}).status_code == 200


def test_the_list_does_not_ask_more_when_there_are_more(citizen: Client, world: World) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert citizen.get("/laporan-saya/").status_code == 200
        return len(found)

    enters(citizen)
    send(citizen, agency="kota-uji")
    few = asked()
    assert few <= 7
    for _ in range(25):
        send(citizen, agency="kota-uji")

    assert asked() == few


def test_own_reports_are_shown_to_nobody_else(citizen: Client, world: World) -> None:
    enters(citizen)
    send(citizen, title="Laporan Sari", agency="kota-uji")
    other = Client()
    enters(other, "budi@contoh.example")

    assert "Laporan Sari" in citizen.get("/laporan-saya/").content.decode()
    assert "Laporan Sari" not in other.get("/laporan-saya/").content.decode()


@pytest.mark.parametrize("address", ["korban@contoh.example", "0812 9988 7766"])
def test_who_types_anothers_address_first_sees_nothing_of_what_they_file(
    citizen: Client, world: World, address: str
) -> None:
    enters(citizen)
    send(citizen, title="Laporan pengetik", contact=address, name="Pengetik", agency="kota-uji")
    victim = Client()
    send(victim, title="Rahasia korban", contact=address, name="Korban", secret="on", agency="kota-uji")
    theirs = Report.objects.latest("pk")

    page = citizen.get("/laporan-saya/").content.decode()

    assert "Laporan pengetik" in page
    for told in ("Rahasia korban", theirs.number, theirs.code, show_code(theirs.code)):
        assert told not in page


@pytest.mark.parametrize("address", ["/", "/publik/", "/lapor/", "/panduan/", "/i/kota-uji/"])
def test_a_public_page_for_somebody_signed_in_is_kept_by_no_shared_cache(
    citizen: Client, world: World, address: str
) -> None:
    enters(citizen)

    assert citizen.get(address)["Cache-Control"] == "private"
    assert "Cache-Control" not in Client().get(address)


def test_a_wrong_code_is_not_told_that_nothing_was_lost(citizen: Client, world: World) -> None:
    asks(citizen)
    page = citizen.post("/akun/kode/", {"digits": wrong(digits())}).content.decode()

    assert "error-summary" in page
    assert "tidak ada yang hilang" not in page
    assert "tidak ada yang hilang" in send(Client(), contact="bukan alamat").content.decode()


def test_who_proves_the_address_gets_their_own_report_and_not_the_typists(citizen: Client, world: World) -> None:
    enters(citizen)
    send(citizen, title="Laporan pengetik", contact="korban@contoh.example", agency="kota-uji")
    send(Client(), title="Rahasia korban", contact="korban@contoh.example", secret="on", agency="kota-uji")
    victim = Client()
    enters(victim, "korban@contoh.example")

    page = victim.get("/laporan-saya/").content.decode()

    assert "Rahasia korban" in page
    assert "Laporan pengetik" not in page


# --- Claims ----------------------------------------------------------------------------------------


def saves(client: Client, case: Case) -> Answer:
    return client.post("/lacak/simpan/", {"code": case.code})


def test_a_report_in_hand_is_saved_on_the_way_through_signing_in(citizen: Client, case: Case) -> None:
    case.is_submitted()
    open_report(citizen, case)
    assert saves(citizen, case)["Location"] == "/akun/masuk/"

    account = enters(citizen)

    assert case.report.reporter_ref == account.reporter.ref
    assert "Jalan berlubang" in citizen.get("/laporan-saya/").content.decode()


def test_a_code_that_was_not_shown_is_not_saved(citizen: Client, case: Case) -> None:
    case.is_submitted()
    before = case.report.reporter_ref
    enters(citizen)

    assert saves(citizen, case)["Location"] == "/lacak/"
    assert case.report.reporter_ref == before


def test_anothers_report_stays_theirs_whoever_holds_its_code(citizen: Client, case: Case) -> None:
    owner = Client()
    enters(owner, "budi@contoh.example")
    send(owner, agency="kota-uji")
    case.code = Report.objects.get().code
    theirs = case.report.reporter_ref
    open_report(citizen, case)
    enters(citizen)

    page = citizen.post("/lacak/simpan/", {"code": case.code}, follow=True)

    assert case.report.reporter_ref == theirs
    assert "Laporan ini dibuat dengan nomor, surel, atau akun lain" in page.content.decode()


def test_an_added_address_brings_its_reports_along(citizen: Client, case: Case) -> None:
    case.is_submitted(channel="sms", contact=ContactInput("email", "lama@contoh.example"))
    account = enters(citizen)

    citizen.post("/akun/", {"contact": "lama@contoh.example"})
    page = citizen.post("/akun/kode/", {"digits": digits()}, follow=True)

    assert "1 laporan ikut masuk" in page.content.decode()
    assert case.report.reporter_ref == account.reporter.ref


# --- The PIN ---------------------------------------------------------------------------------------


def with_pin(client: Client, case: Case) -> None:
    """Submit a report, open it and give its code a PIN."""
    case.is_submitted()
    open_report(client, case)
    assert client.post("/lacak/pin/", {"code": case.code, "pin": PIN})["Location"] == "/lacak/"


def test_with_a_pin_other_browsers_need_both_and_the_one_at_hand_goes_on(citizen: Client, case: Case) -> None:
    other = Client()
    case.is_submitted()
    open_report(other, case)
    with_pin_open = Client()
    open_report(with_pin_open, case)
    with_pin_open.post("/lacak/pin/", {"code": case.code, "pin": PIN})

    assert "Jalan berlubang" in with_pin_open.get("/lacak/").content.decode()
    assert "Jalan berlubang" not in other.get("/lacak/", follow=True).content.decode()
    assert act(other, case, "balas", text="Halo").status_code == 404
    assert citizen.post("/lacak/", {"code": case.code}).status_code == 404
    assert citizen.post("/lacak/", {"code": case.code, "pin": PIN}).status_code == 302
    assert act(citizen, case, "balas", text="Halo").status_code == 302


def test_words_typed_at_a_shut_door_are_given_back(citizen: Client, case: Case) -> None:
    with_pin(Client(), case)

    page = act(citizen, case, "balas", text="Kata-kata yang panjang sekali")

    assert page.status_code == 404
    assert "Kata-kata yang panjang sekali" in page.content.decode()


def test_unknown_codes_and_shut_doors_look_alike(case: Case, world: World) -> None:
    with_pin(Client(), case)
    open_one = Case(world).is_submitted()
    seen = set()
    for code in (case.code, new_code()):
        for typed in ({}, {"pin": "9071"}):
            page = Client().post("/lacak/", {"code": code, **typed})
            text = page.content.decode().replace(code, "")
            text = re.sub(r"csrf\w*\" value=\"\w+|nonce=\"[^\"]+", "", text)
            seen.add((page.status_code, len(text), text))

    assert len(seen) == 1
    assert Client().post("/lacak/", {"code": open_one.code, "pin": "9071"}).status_code == 302


def test_guessing_a_pin_makes_the_guessers_network_wait_and_no_other(citizen: Client, case: Case) -> None:
    with_pin(citizen, case)
    citizen.post("/lacak/tutup/")
    for n in range(MOST_TRIES):
        guess = Client(REMOTE_ADDR=f"8.8.8.{n}").post("/lacak/", {"code": case.code, "pin": f"9071{n:02d}"})
        assert guess.status_code == 404

    stranger = Client(REMOTE_ADDR="8.8.8.9").post("/lacak/", {"code": case.code, "pin": PIN})
    new_phone = Client(REMOTE_ADDR=STRANGER).post("/lacak/", {"code": case.code, "pin": PIN})
    known_browser_there = citizen.post("/lacak/", {"code": case.code, "pin": PIN}, REMOTE_ADDR="8.8.8.9")

    assert stranger.status_code == 429
    assert "15 menit" in stranger.content.decode()
    assert "15 minute" not in stranger.content.decode()
    assert (new_phone.status_code, known_browser_there.status_code) == (302, 302)


def test_a_forgotten_pin_is_changed_from_the_account(citizen: Client, case: Case) -> None:
    case.is_submitted(contact=ContactInput("email", MAIL))
    open_report(Client(), case)
    before = Client()
    open_report(before, case)
    before.post("/lacak/pin/", {"code": case.code, "pin": PIN})
    enters(citizen)

    citizen.post("/lacak/", {"code": case.code})
    citizen.post("/lacak/pin/", {"code": case.code, "pin": "730912"})

    assert Client().post("/lacak/", {"code": case.code, "pin": PIN}).status_code == 404
    assert Client().post("/lacak/", {"code": case.code, "pin": "730912"}).status_code == 302


def test_nobody_gives_a_pin_to_a_code_that_was_not_shown(citizen: Client, case: Case) -> None:
    case.is_submitted()

    assert citizen.post("/lacak/pin/", {"code": case.code, "pin": PIN})["Location"] == "/lacak/"
    assert case.report.pin_key == ""


def test_neither_code_nor_pin_reaches_the_log_or_a_referrer(
    citizen: Client, case: Case, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with_pin(citizen, case)
    page = Client().post("/lacak/", {"code": case.code, "pin": "9071"})

    assert case.code not in caplog.text
    assert PIN not in caplog.text
    assert "9071" not in caplog.text
    assert page["Referrer-Policy"] == "same-origin"


# --- Proof and news --------------------------------------------------------------------------------


def test_the_proof_is_one_page_of_pdf_that_refers_to_nothing(citizen: Client, case: Case) -> None:
    case.is_submitted(title="(/URI (http://jahat.example)) <img src=file:///etc/passwd>")
    open_report(citizen, case)

    answer = citizen.get("/lacak/bukti.pdf")
    content = answer.content

    assert answer["Content-Type"] == "application/pdf"
    assert content.startswith(b"%PDF-")
    assert content.count(b"/Type /Page\n") == 1
    assert b"/URI" not in content
    assert b"jahat" not in content
    assert b"/FontFile2" in content
    assert Client().get("/lacak/bukti.pdf")["Location"] == "/lacak/"


def news(case: Case) -> list[str]:
    """Deliver what waits; return whom the reporter's messages reached."""
    mail.outbox.clear()
    OutgoingMessage.objects.exclude(told="reporter").delete()
    drain(now=case.now, worker="uji")
    return [to for letter in mail.outbox for to in letter.to]


def test_the_stop_link_needs_its_button_and_then_the_news_stop(citizen: Client, case: Case) -> None:
    case.is_submitted(contact=ContactInput("email", MAIL))
    assert news(case) == [MAIL]
    found = re.search(r"/berhenti/\S+", str(mail.outbox[-1].body))
    assert found
    link = found[0]

    assert "Hentikan kabar laporan" in citizen.get(link).content.decode()  # as a mail scanner does
    assert Contact.objects.get().stopped_at is None
    citizen.post(link)

    assert Contact.objects.get().stopped_at is not None
    case.is_pending()
    assert news(case) == []
    assert citizen.get("/berhenti/abc/").status_code == 404


def test_news_go_by_the_way_chosen_for_all_or_for_one_report(citizen: Client, case: Case, world: World) -> None:
    case.is_submitted(contact=ContactInput("email", MAIL))
    enters(citizen)
    citizen.post("/lacak/kabar/", {"way": "none"})
    assert news(case) == []

    citizen.post("/lacak/", {"code": case.code})
    citizen.post("/lacak/kabar/", {"code": case.code, "way": "email"})
    case.is_pending()
    assert news(case) == [MAIL]
    assert set(NewsChoice.objects.values_list("report_code", "way")) == {("", "none"), (case.code, "email")}
    citizen.post("/lacak/kabar/", {"way": "sihir"})
    assert NewsChoice.objects.filter(way="sihir").count() == 0


# --- My data ---------------------------------------------------------------------------------------


def test_the_download_holds_everything_about_me_and_nothing_of_others(citizen: Client, case: Case) -> None:
    case.is_submitted(
        contact=ContactInput("email", MAIL), name="Sari Contoh", text="Isi laporan <b>saya</b> yang asli."
    )
    other = Case(case.world).is_submitted(title="Laporan orang lain")
    case.is_pending()
    report = case.report
    reveal(
        reporter_ref=report.reporter_ref,  # type: ignore[arg-type]
        report_code=report.code,
        appointment=1,
        role="liaison",
        desk_name="Dinas Pupr",
        reason="Perlu menelepon pelapor.",
        now=case.now,
    )
    enters(citizen)
    keep(channel="email", account="lapor@", provider_id="1", raw=b"x", sender=MAIL, now=case.now)
    keep(channel="email", account="lapor@", provider_id="2", raw=b"x", sender="other@warga.example", now=case.now)

    answer = citizen.post("/akun/data/")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        data = json.loads(archive.read("data.json"))
        page = archive.read("data.html").decode()

    assert (data["name"], data["addresses"][0]["address"]) == ("Sari Contoh", MAIL)
    (held,) = data["reports"]
    assert held["code"] == case.code
    assert held["text"] == "Isi laporan <b>saya</b> yang asli."
    assert [one["text"] for one in held["messages"]] == ["Di jalan apa lubang itu?"]
    assert held["who_looked_at_your_identity"][0]["reason"] == "Perlu menelepon pelapor."
    assert data["sign_ins"]
    assert [one["from"] for one in data["sent"]] == [MAIL]
    assert "Isi laporan &lt;b&gt;saya" in page
    assert other.code not in json.dumps(data) + page
    assert answer["Cache-Control"] == "private, no-store"
    assert "attachment" in answer["Content-Disposition"]


def test_notes_among_officers_are_not_in_the_download(citizen: Client, case: Case) -> None:
    from lapor.reports.usecases import note

    case.is_submitted(contact=ContactInput("email", MAIL))
    case.act(note.write_note, "admin-kota", text="Catatan internal petugas.")
    enters(citizen)

    answer = citizen.post("/akun/data/")

    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert "Catatan internal" not in archive.read("data.json").decode()


def test_correcting_the_name_and_the_addresses(citizen: Client, world: World) -> None:
    account = enters(citizen)
    citizen.post("/akun/perbaiki/", {"do": "name", "name": "Sari  Contoh"})
    assert 'value="Sari Contoh"' in citizen.get("/akun/").content.decode()

    only = Contact.objects.get()
    page = citizen.post("/akun/perbaiki/", {"do": "remove", "id": only.pk}, follow=True)
    assert "satu-satunya alamat" in page.content.decode()
    assert Contact.objects.get() == only

    theirs = account_of_address(contact=PHONE, language="id", now=only.confirmed_at)  # type: ignore[arg-type]
    stranger = Contact.objects.get(reporter__ref=theirs.ref)
    citizen.post("/akun/perbaiki/", {"do": "remove", "id": stranger.pk})
    assert Contact.objects.filter(pk=stranger.pk).exists()
    assert account.reporter.ref != theirs.ref


def test_erasing_asks_for_a_fresh_code_and_forgets_who_it_was(citizen: Client, case: Case) -> None:
    case.is_submitted(contact=ContactInput("email", MAIL), name="Sari Contoh")
    account = enters(citizen)
    used = digits()

    citizen.post("/akun/hapus/")
    assert citizen.post("/akun/kode/", {"digits": used}).status_code == 422
    assert Reporter.objects.get(ref=str(case.report.reporter_ref)).erased_at is None
    done = citizen.post("/akun/kode/", {"digits": digits()}, follow=True)

    assert "sudah dihapus" in done.content.decode()
    reporter = Reporter.objects.get(ref=str(case.report.reporter_ref))
    assert (reporter.sealed_name, reporter.account) == (None, None)
    assert not Contact.objects.exists()
    assert not Account.objects.get(pk=account.pk).is_active
    assert citizen.get("/akun/")["Location"] == "/akun/masuk/"
    assert case.report.title == "Jalan berlubang di depan pasar"


def test_the_accounts_page_does_not_ask_more_when_there_is_more(citizen: Client, world: World) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert citizen.get("/akun/").status_code == 200
        return len(found)

    account = enters(citizen)
    few = asked()
    assert few <= 8
    for n in range(12):
        SignIn.objects.create(account=account, at="2026-03-01T00:00:00Z", way="code")
        find_or_make_reporter(
            contact=ContactInput("phone", f"08123456{n:04d}"), name="", channel="web", account=account, now=at(NOW)
        )

    assert asked() == few


def test_a_report_sent_again_after_its_code_got_a_pin_is_still_one_report(citizen: Client, world: World) -> None:
    fields = filled(agency="kota-uji", key=str(uuid.uuid4()))
    first = citizen.post("/lapor/kirim/", fields)
    assert first.status_code == 201, first.content
    code = Report.objects.get().code
    pins.set_pin(code=code, pin=PIN, actor=reporter_with_code(), now=at(NOW))

    again = citizen.post("/lapor/kirim/", fields)

    assert again.status_code == 200
    assert Report.objects.count() == 1
    assert citizen.post("/lacak/", {"code": code}).status_code == 404


# --- Reasons and ticks -----------------------------------------------------------------------------


def test_an_objection_says_what_is_wrong_to_the_officers_too(citizen: Client, case: Case) -> None:
    case.is_followed_up()
    open_report(citizen, case)

    act(citizen, case, "keberatan", text="Salah alamat.", concern="wrong_agency")

    assert "Yang keliru: Instansinya keliru" in citizen.get("/lacak/").content.decode()
    officer = Client()
    officer.force_login(Account.objects.get(login="admin-kota"))
    assert "Instansinya keliru" in officer.get(f"/meja/laporan/{case.number}/", follow=True).content.decode()
    assert act(citizen, case, "keberatan", text="Lagi.", concern="sihir").status_code == 422


def test_where_no_objection_is_permitted_a_message_says_what_is_wrong_and_moves_nothing(
    citizen: Client, case: Case
) -> None:
    case.is_disposed()
    open_report(citizen, case)
    before = (case.status, case.holder)

    act(citizen, case, "balas", text="Ini bukan urusan dinas itu.", concern="wrong_agency")

    assert "Yang keliru: Instansinya keliru" in citizen.get("/lacak/").content.decode()
    assert (case.status, case.holder) == before


def test_stars_come_with_ticks(citizen: Client, case: Case) -> None:
    case.is_followed_up()
    open_report(citizen, case)

    act(citizen, case, "selesai", rating="4", good=["fast", "polite"], bad=["unclear"])

    page = citizen.get("/lacak/").content.decode()
    assert "Baik: Cepat ditangani, Petugasnya ramah" in page
    assert "Kurang baik: Jawabannya kurang jelas" in page
    assert case.report.rating == 4
