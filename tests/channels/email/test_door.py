"""The door for the mail server: real conversations on loopback. What was told 250 is there; else it comes again."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import OperationalError
from tests.channels.email.mails import BUDI, CITY, OURS, mail

from lapor.channels.email import door as doors
from lapor.channels.email.door import Door
from lapor.channels.email.envelope import Envelope, unwrap
from lapor.intake.models import InboundMessage
from lapor.intake.seals import raw_of
from lapor.messaging.replies import reply_address

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def talking_to(door: Door) -> Iterator[smtplib.LMTP]:
    with smtplib.LMTP("127.0.0.1", door.port) as lmtp:
        lmtp.ehlo()
        yield lmtp


def told(door: Door, to: list[str], raw: bytes) -> list[int]:
    """Return every answer to one mail: one for each recipient after DATA (RFC 2033)."""
    with talking_to(door) as lmtp:
        lmtp.mail(BUDI)
        answers = [lmtp.rcpt(address)[0] for address in to]
        accepted = sum(code == 250 for code in answers)
        if not accepted:
            return answers
        lmtp.putcmd("data")
        assert lmtp.getreply()[0] == 354
        lmtp.send(smtplib._quote_periods(raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")) + b"\r\n.\r\n")  # type: ignore[attr-defined]
        return [lmtp.getreply()[0] for _ in range(accepted)]


def test_what_is_acknowledged_is_kept_with_its_envelope(door: Door) -> None:
    assert told(door, [OURS], mail("Halo\n.\n..dua titik").as_bytes()) == [250]

    message = InboundMessage.objects.get()
    envelope, raw = unwrap(raw_of(message))
    assert (message.channel, message.account, envelope) == ("email", OURS, Envelope(BUDI, OURS))
    assert raw.rstrip().endswith(b"Halo\r\n.\r\n..dua titik")


def test_the_same_mail_by_another_way_round_is_the_same(door: Door) -> None:
    raw = mail().as_bytes()
    told(door, [OURS], b"Received: from a by b\r\n" + raw)
    told(door, [OURS], b"Received: from x by y\r\nReceived: from a by b\r\n" + raw)
    assert InboundMessage.objects.count() == 1

    told(door, [OURS], raw.replace(b"pasar", b"Pasar"))
    assert InboundMessage.objects.count() == 2


@pytest.mark.usefixtures("case")
def test_each_of_our_addresses_has_its_own_answer(door: Door) -> None:
    assert told(door, [OURS, CITY], mail().as_bytes()) == [250, 250]
    assert set(InboundMessage.objects.values_list("account", flat=True)) == {OURS, CITY}


@pytest.mark.usefixtures("case")
@pytest.mark.parametrize(
    "address", ["nobody@aduan.contoh.go.id", "lapor@elsewhere.example", "dinas-pupr@aduan.contoh.go.id", BUDI]
)
def test_an_address_that_is_not_ours_is_refused_at_once(door: Door, address: str) -> None:
    assert told(door, [address], mail().as_bytes()) == [550]
    assert not InboundMessage.objects.exists()


@pytest.mark.usefixtures("case")
@pytest.mark.parametrize(
    "address", ["UJI@Aduan.contoh.go.id", "lapor+kota-uji@aduan.contoh.go.id", "u.j.i@aduan.contoh.go.id"]
)
def test_an_institution_is_reached_by_code_and_keyword(door: Door, address: str) -> None:
    assert told(door, [address], mail().as_bytes()) == [250]


def test_what_was_signed_is_not_written_where_people_read(door: Door) -> None:
    address = reply_address("UJI-2026-000001")
    assert told(door, [address], mail().as_bytes()) == [250]

    message = InboundMessage.objects.get()
    assert message.account == OURS
    assert unwrap(raw_of(message))[0].to == address


def test_while_the_database_is_away_the_mail_server_keeps_the_mail(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = doors.keep  # type: ignore[attr-defined]
    monkeypatch.setattr(doors, "keep", lambda **_: (_ for _ in ()).throw(OperationalError("gone")))
    assert told(door, [OURS, OURS], mail().as_bytes()) == [451, 451]
    assert not InboundMessage.objects.exists()

    monkeypatch.setattr(doors, "keep", kept)
    assert told(door, [OURS], mail().as_bytes()) == [250]
    assert InboundMessage.objects.count() == 1


def test_what_breaks_us_is_not_acknowledged(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors, "keep", lambda **_: 1 / 0)
    assert told(door, [OURS, OURS], mail().as_bytes()) == [451, 451]


def test_too_large_is_said_for_every_recipient_and_the_next_mail_goes_through(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doors, "LARGEST_MAIL", 2_000)
    assert told(door, [OURS, OURS], mail("x" * 70 + "\n" + "y\n" * 3_000).as_bytes()) == [552, 552]
    assert told(door, [OURS], mail("Pendek").as_bytes()) == [250]


def test_a_long_line_is_no_reason_to_lose_a_mail(door: Door) -> None:
    raw = mail().as_bytes() + b"x" * 50_000
    assert told(door, [OURS], raw) == [250]
    assert told(door, [OURS, OURS], raw + b"x" * 100_000) == [500, 500]


def test_the_same_by_smtp(smtp_door: Door) -> None:
    with smtplib.SMTP("127.0.0.1", smtp_door.port) as smtp:
        assert smtp.sendmail(BUDI, [OURS], mail().as_bytes()) == {}
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            smtp.sendmail(BUDI, ["nobody@aduan.contoh.go.id"], mail().as_bytes())
    assert InboundMessage.objects.count() == 1


def test_a_bounce_has_no_sender(door: Door) -> None:
    with talking_to(door) as lmtp:
        lmtp.sendmail("", [OURS], mail().as_bytes())
    assert unwrap(raw_of(InboundMessage.objects.get()))[0].sender == ""
