"""Mail to officers that comes back: their institution sees it, and nobody is written to again."""

from __future__ import annotations

import smtplib

import pytest
from django.test import Client
from tests.builders import Case
from tests.channels.email.mails import BUDI, returned
from tests.channels.life import NOW
from tests.messaging.mail_server import MailServer

from lapor.channels.email.door import Door
from lapor.identity.models import Account
from lapor.intake.usecases.understand import understand_due
from lapor.messaging import drain
from lapor.messaging.models import Delivery
from lapor.messaging.replies import bounce_address
from lapor.reports.models import OutgoingMessage

pytestmark = pytest.mark.django_db(transaction=True)
OFFICER = "pp-pupr@contoh.example"


@pytest.fixture
def told(case: Case, server: MailServer) -> str:
    """A letter has left for the desk of the PUPR office; return its key."""
    case.is_disposed()
    drain(now=NOW, worker="test")
    message = OutgoingMessage.objects.get(desk=case.world.agency("dinas-pupr"), role="", state="sent")
    return Delivery.objects.get(message=message).key


def comes_back(door: Door, key: str, address: str = OFFICER, action: str = "failed") -> None:
    """Let a mail server say that a letter to this address came back."""
    report = returned(key="", action=action, status="5.1.1").replace(BUDI.encode(), address.encode())
    with smtplib.LMTP("127.0.0.1", door.port) as lmtp:
        lmtp.sendmail("", [bounce_address(key)], report)
    understand_due(now=NOW, worker="test")


def page(case: Case, who: str) -> str:
    desk = Client()
    desk.force_login(Account.objects.get(appointments=case.world[who].appointment))
    return desk.get("/meja/petugas/").content.decode()


def test_the_institution_sees_whose_mail_does_not_arrive(case: Case, door: Door, told: str) -> None:
    assert "surat kembali" not in page(case, "admin-kota")

    comes_back(door, told, "PP-PUPR@contoh.example")

    shown = page(case, "admin-kota")
    assert shown.count("surat kembali pada 2 Mar 2026") == 1
    assert shown.index("Pp-Pupr") < shown.index("surat kembali")
    assert "surat kembali" not in page(case, "admin-lembaga")


def test_nobody_is_written_to_again(case: Case, door: Door, told: str, server: MailServer) -> None:
    sent = len(server.taken)

    comes_back(door, told)
    drain(now=NOW, worker="test")

    assert len(server.taken) == sent
    assert set(OutgoingMessage.objects.exclude(desk=None).values_list("state", flat=True)) == {"sent"}


def test_another_address_ends_the_warning(case: Case, door: Door, told: str) -> None:
    comes_back(door, told)
    Account.objects.filter(email=OFFICER).update(email="baru@contoh.example")

    assert "surat kembali" not in page(case, "admin-kota")


@pytest.mark.parametrize(
    ("key", "address", "action"),
    [("0" * 32, OFFICER, "failed"), ("", "nobody@contoh.example", "failed"), ("", OFFICER, "delayed")],
)
def test_a_bounce_of_no_letter_of_a_stranger_or_a_delay_says_nothing(
    case: Case, door: Door, told: str, key: str, address: str, action: str
) -> None:
    comes_back(door, key or told, address, action)

    assert not Account.objects.exclude(mail_lost_at=None).exists()


def test_a_letter_to_a_reporter_says_nothing_of_officers(case: Case, door: Door, told: str) -> None:
    mine = Delivery.objects.create(key="a" * 32, channel="email", report=case.report, sent_at=NOW)

    comes_back(door, mine.key)

    mine.refresh_from_db()
    assert mine.state == "failed"
    assert not Account.objects.exclude(mail_lost_at=None).exists()


def test_letters_to_officers_are_no_part_of_the_conversation(case: Case, told: str) -> None:
    assert not Delivery.objects.filter(report=case.report).exists()
