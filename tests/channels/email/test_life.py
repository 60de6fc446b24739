"""The whole life of a report by e-mail alone, as a conversation; and what somebody else cannot do in it."""

from __future__ import annotations

import io
import smtplib

import pytest
import time_machine
from PIL import Image
from tests.builders import Case
from tests.channels.email.mails import BUDI, CITY, HOLE, OURS, returned
from tests.channels.email.post import Person
from tests.channels.life import NOW, Desks, is_confirmed
from tests.messaging.mail_server import MailServer
from tests.sop.days import at

from lapor.channels.email.door import Door
from lapor.intake.models import InboundMessage
from lapor.intake.seals import text_of
from lapor.intake.usecases.understand import understand_due
from lapor.kernel.codes import show_code
from lapor.messaging.models import Delivery
from lapor.messaging.replies import bounce_address, reply_address
from lapor.reports.models import Evidence, Report, Response
from lapor.sop.vocabulary import Status

pytestmark = pytest.mark.django_db(transaction=True)
TUESDAY = at("Tue 3 Mar 2026 09:00 WITA")


@pytest.fixture
def budi(door: Door, server: MailServer) -> Person:
    return Person(BUDI, door, server)


@pytest.fixture
def mallory(door: Door, server: MailServer) -> Person:
    return Person("mallory@jahat.example", door, server)


def photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "grey").save(out, "PNG")
    return out.getvalue()


def test_from_the_first_word_to_the_rating(case: Case, budi: Person, today: time_machine.Traveller) -> None:
    # Budi writes to the address of his city, with a signature below.
    heard = budi.writes(f"{HOLE}\n\n-- \nBudi\nWarga", to=CITY, Subject="Jalan berlubang di pasar", now=NOW)
    report = Report.objects.get()
    code, desks = show_code(report.code), Desks(case, report)
    assert heard.startswith(f"Laporan Anda sudah kami terima [{report.number}]")
    assert code in heard
    assert (report.channel, report.agency and report.agency.code) == ("email", "kota-uji")
    assert (report.title, report.text.original) == ("Jalan berlubang di pasar", HOLE)
    assert budi.heard[-1]["Reply-To"] == f"LAPOR! <{reply_address(report.number)}>"
    assert report.code.lower() not in reply_address(report.number).replace("-", "")

    # The desk asks; he answers with a photo, above the mail that his program quotes.
    desks.ask()
    assert "keterangan tambahan" in budi.hears(NOW)
    assert "sudah kami catat" in budi.answers("Pasar Bertais, gerbang timur.", photo=photo(), now=NOW)
    assert Response.objects.latest("pk").text == "Pasar Bertais, gerbang timur."
    assert Evidence.objects.get().media_type == "image/png"
    report.refresh_from_db()
    assert report.status == Status.UNVERIFIED

    # It is disposed, accepted, answered, followed up; each mail stands in one thread.
    desks.pass_on()
    assert "diteruskan" in budi.hears(NOW)
    desks.answer()
    assert "Tim kami meninjau besok." in budi.hears(NOW)
    desks.mend()
    assert "Jalan sudah ditambal." in budi.hears(NOW)
    assert len({mail["References"] for mail in budi.heard}) == 1

    # He looks where it stands, objects, then is content.
    assert "Sedang Diproses" in budi.answers("Status", now=NOW)
    assert "Keberatan" in budi.answers("Belum, masih ada dua lubang.", now=NOW)
    assert Report.objects.get().objections == 1
    assert "nilai dari 1" in budi.answers("TUTUP", now=NOW)  # no silent star
    assert "Terima kasih" in budi.answers("Tutup 5, mantap", now=NOW)
    assert is_confirmed(report)

    # The hole comes back.
    today.move_to(TUESDAY)
    assert "Keberatan" in budi.answers("BELUM lubangnya muncul lagi", now=TUESDAY)
    assert Report.objects.get().status == Status.IN_PROGRESS

    # He wants no more news; the report goes on.
    assert "dihentikan" in budi.answers("STOP", now=TUESDAY)
    desks.mend("Ditambal lagi.")
    assert budi.hears(TUESDAY) == ""
    assert set(InboundMessage.objects.values_list("state", flat=True)) == {"understood"}


def test_nobody_acts_by_a_from_line(case: Case, budi: Person, mallory: Person) -> None:
    budi.writes(HOLE, to=CITY, Subject="Jalan berlubang", now=NOW)
    report = Report.objects.get()

    for said in ("Saya cabut laporan ini", f"CABUT {report.code}", f"BALAS {report.code} sudah selesai", "STOP"):
        budi.writes(said, Subject=f"Re: Jalan berlubang [{report.number}]", now=NOW)
        message = InboundMessage.objects.latest("pk")
        assert (message.state, message.why) == ("for_person", "not_theirs"), said
        assert report.code not in text_of(message)

    report.refresh_from_db()
    assert report.status == Status.UNVERIFIED
    assert Report.objects.count() == 1
    assert not Response.objects.exists()


def test_the_number_that_everybody_sees_opens_nothing(case: Case, budi: Person, mallory: Person) -> None:
    budi.writes(HOLE, to=CITY, Subject="Jalan berlubang", now=NOW)
    report = Report.objects.get()
    mallory.writes("Mohon kodenya", Subject=f"Re: Jalan berlubang [{report.number}]", now=NOW)

    assert mallory.heard
    for mail in mallory.heard:
        assert show_code(report.code) not in mail.as_string()
        assert "+r." not in mail.as_string()


def test_who_knows_the_code_may_ask_and_gets_no_signed_address(case: Case, budi: Person, mallory: Person) -> None:
    budi.writes(HOLE, to=CITY, Subject="Jalan berlubang", now=NOW)
    report = Report.objects.get()

    assert "Belum Terverifikasi" in mallory.writes(f"STATUS {report.code}", now=NOW)
    mallory.writes(f"BALAS {report.code} sudah saya cek", now=NOW)
    assert len(mallory.heard) == 2
    assert not any("+r." in mail.as_string() for mail in mallory.heard)


def test_a_forged_signature_opens_nothing(case: Case, budi: Person) -> None:
    budi.writes(HOLE, to=CITY, Subject="Jalan berlubang", now=NOW)
    report = Report.objects.get()
    name, _, host = reply_address(report.number).partition("@")
    forged = f"{name[:-16]}{'a' * 16}@{host}"

    budi.writes("Saya cabut laporan ini.", to=forged, now=NOW)

    message = InboundMessage.objects.latest("pk")
    assert (message.state, message.why) == ("for_person", "not_theirs")
    assert not Response.objects.exists()


def test_a_signed_address_is_for_its_own_report_only(case: Case, budi: Person) -> None:
    budi.writes(HOLE, to=CITY, Subject="Jalan berlubang", now=NOW)
    mine = Report.objects.get()
    other = case.is_submitted().report

    budi.answers(f"CABUT {other.code}", now=NOW)

    message = InboundMessage.objects.latest("pk")
    assert (message.state, message.why) == ("for_person", "not_theirs")
    assert set(Report.objects.values_list("status", flat=True)) == {Status.UNVERIFIED}
    assert mine.code not in text_of(message)


def test_a_letter_that_comes_back_has_failed_and_only_a_mail_server_can_say_so(
    case: Case, budi: Person, door: Door
) -> None:
    budi.writes(HOLE, to=CITY, Subject="Jalan berlubang", now=NOW)
    key = str(budi.heard[-1]["Message-ID"]).strip("<>").partition("@")[0]
    assert Delivery.objects.get(key=key).state == "sent"

    said = {"From": "MAILER-DAEMON@mx.example", "Subject": "Undelivered Mail Returned to Sender"}
    budi.writes("It came back.", to=bounce_address(key), now=NOW, **said)
    assert InboundMessage.objects.latest("pk").state == "for_person"
    assert Delivery.objects.get(key=key).state == "sent"

    with smtplib.LMTP("127.0.0.1", door.port) as lmtp:
        lmtp.sendmail("", [OURS], returned(key=key, action="delayed", status="4.4.1"))
        lmtp.sendmail("", [bounce_address(key)], returned(key="", action="failed", status="5.1.1"))
    understand_due(now=NOW, worker="test")
    delivery = Delivery.objects.get(key=key)
    assert (delivery.state, delivery.problem) == ("failed", "returned (5.1.1)")
