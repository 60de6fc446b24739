"""E-mail over a real socket: the server away, this letter not now, this letter never, and the good day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress

import pytest
from pytest_django import Settings
from tests.messaging.mail_server import HANG_UP, SILENCE, MailServer, listening

from lapor.messaging.channel import ChannelDown, Letter, Refused, SendingFailed, TryLater
from lapor.messaging.mail import Mail
from lapor.messaging.texts import Rendered

ONE, BOTH = ("a@contoh.example",), ("a@contoh.example", "b@contoh.example")


def letter(key: str = "k1") -> Letter:
    return Letter(
        key=key,
        language="id",
        text=Rendered("Laporan baru menunggu verifikasi", "Ada laporan baru di meja Anda."),
        code="ABCDE-FGHJK-7",
        number="UJI-2026-000001",
        title="Jalan “berlubang” & gelap",
        link="http://localhost:8000/lacak/",
    )


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    with listening() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_TIMEOUT = 0.3
        yield server


@pytest.fixture
def mail(server: MailServer) -> Iterator[Mail]:
    with closing(Mail()) as mail:
        yield mail


def test_a_letter_goes_to_everybody_at_the_desk_in_one_envelope(mail: Mail, server: MailServer) -> None:
    mail.send(letter(), BOTH)

    ((to, message),) = server.taken
    assert to == list(BOTH)
    assert message["Subject"] == "Laporan baru menunggu verifikasi [UJI-2026-000001]"
    assert message["Message-ID"] == "<k1@localhost>"
    plain, page = (part.get_payload(decode=True) for part in message.get_payload())  # type: ignore[union-attr]
    assert "Jalan “berlubang” & gelap".encode() in plain
    assert "Jalan “berlubang” &amp; gelap".encode() in page


def test_a_batch_goes_over_one_connection(mail: Mail, server: MailServer) -> None:
    for key in "abc":
        mail.send(letter(key), ONE)
    assert server.connections == 1
    assert [message["Message-ID"] for _, message in server.taken] == [f"<{key}@localhost>" for key in "abc"]


@pytest.mark.parametrize(
    ("says", "meaning"),
    [
        ({"greeting": "421 too many"}, ChannelDown),
        ({"greeting": HANG_UP}, ChannelDown),
        ({"greeting": SILENCE}, ChannelDown),
        ({"MAIL": "550 we do not know you"}, ChannelDown),
        ({"MAIL": "451 busy"}, ChannelDown),
        ({"RCPT": "550 no such mailbox"}, Refused),
        ({"RCPT": "450 mailbox is busy"}, TryLater),
        ({"a@": "550 no such mailbox", "b@": "450 busy"}, TryLater),
        ({"DATA": "554 we do not take this"}, Refused),
        ({"mail": "554 looks like spam"}, Refused),
        ({"mail": "452 disk is full"}, TryLater),
        ({"mail": HANG_UP}, TryLater),
        ({"mail": SILENCE}, TryLater),
    ],
    ids=lambda value: (
        "-".join(f"{verb} {answer}" for verb, answer in value.items()) if isinstance(value, dict) else None
    ),
)
def test_a_failure_is_told_for_what_it_is_without_naming_an_address(
    mail: Mail, server: MailServer, says: dict[str, str], meaning: type[SendingFailed]
) -> None:
    server.says = says
    with pytest.raises(SendingFailed) as failed:
        mail.send(letter(), BOTH)
    assert failed.type is meaning
    assert "@" not in str(failed.value)
    assert server.taken == []


def test_a_server_that_is_not_there_is_down(mail: Mail, settings: Settings, server: MailServer) -> None:
    with listening() as gone:
        settings.EMAIL_PORT = gone.port
    with pytest.raises(ChannelDown):
        mail.send(letter(), ONE)


def test_one_bad_address_keeps_nobody_else_from_being_told(mail: Mail, server: MailServer) -> None:
    server.says = {"a@": "550 no such mailbox"}
    mail.send(letter(), BOTH)
    assert [to for to, _ in server.taken] == [["b@contoh.example"]]


@pytest.mark.parametrize("says", [{"mail": HANG_UP}, {"RCPT": "550 no such mailbox"}, {"mail": "452 disk is full"}])
def test_the_next_letter_goes_out_after_one_that_failed(mail: Mail, server: MailServer, says: dict[str, str]) -> None:
    server.says = says
    with suppress(SendingFailed):
        mail.send(letter("bad"), ONE)
    server.says = {}
    mail.send(letter("good"), ONE)
    assert [message["Message-ID"] for _, message in server.taken] == ["<good@localhost>"]
