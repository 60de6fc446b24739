"""What leaves by mail: who may answer where, what is one line, and where a bounce comes back to."""

from __future__ import annotations

from dataclasses import replace

from pytest_django import Settings
from tests.channels.email.mails import BUDI
from tests.messaging.test_mail import letter

from lapor.messaging.mail import compose
from lapor.messaging.replies import bounce_address, read_extension, reply_address
from lapor.messaging.texts import Rendered

KEY = "0123456789abcdef" * 2
STOP = "https://lapor.contoh.go.id/berhenti/x/"
LETTER = replace(letter(KEY), stop=STOP)


def test_a_letter_to_the_reporter_can_be_answered_and_comes_back_to_its_own_address() -> None:
    mail = compose(LETTER, [BUDI])
    message = mail.message()

    signed = reply_address("UJI-2026-000001")
    assert message["Reply-To"] == f"LAPOR! <{signed}>"
    assert message["From"] == "LAPOR! <lapor@aduan.contoh.go.id>"
    assert mail.from_email == bounce_address(KEY)
    assert message["List-Unsubscribe"] == f"<{STOP}>, <mailto:{signed}?subject=STOP>"
    assert message["List-Unsubscribe-Post"] is None  # notices with deadlines do not end by a stray press
    assert "balas e-mail ini" in str(mail.body)


def test_a_letter_to_a_desk_cannot_be_answered() -> None:
    mail = compose(replace(LETTER, code="", stop=""), ["a@dinas.example", "b@dinas.example"])
    assert mail.message()["Reply-To"] is None
    assert "+r." not in str(mail.body)


def test_where_no_mail_comes_in_everything_is_as_before(settings: Settings) -> None:
    settings.LAPOR_EMAIL_ADDRESS = ""
    mail = compose(LETTER, [BUDI])
    assert mail.message()["Reply-To"] is None
    assert mail.from_email == settings.DEFAULT_FROM_EMAIL
    assert "nobody reads this mailbox" in str(mail.body) or "tidak ada yang membaca" in str(mail.body).lower()


def test_nothing_in_a_subject_begins_another_header() -> None:
    text = Rendered("Laporan\r\nBcc: semua@jahat.example\n\tX: 1\x00\u202e", "Isi")
    message = compose(replace(LETTER, text=text), [BUDI]).message()

    assert message["Bcc"] is None
    assert str(message["Subject"]) == "Laporan Bcc: semua@jahat.example X: 1 [UJI-2026-000001]"


def test_only_what_we_signed_ourselves_is_read() -> None:
    signed = reply_address("UJI-2026-000001").partition("+")[2].partition("@")[0]
    other = reply_address("UJI-2026-000002").partition("+")[2].partition("@")[0]

    read = read_extension(signed.upper())  # mail servers may change the case
    assert read is not None
    assert read.number == "UJI-2026-000001"
    assert read_extension(signed[:-16] + other[-16:]) is None
    assert read_extension(signed[:-1]) is None
    assert len(reply_address("ABCDEFGHIJKL-2026-000001").partition("@")[0]) <= 64
