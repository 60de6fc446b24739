"""The world of the stories, with our own address for e-mail, a door, and a mail server at the other end."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from pytest_django import Settings
from tests.channels.email.mails import OURS
from tests.messaging.mail_server import MailServer, listening

from lapor.channels.email.door import Door
from lapor.channels.email.setting import Listener


@pytest.fixture(autouse=True)
def our_address(settings: Settings) -> None:
    settings.LAPOR_EMAIL_ADDRESS = OURS
    settings.LAPOR_BASE_URL = "https://lapor.contoh.go.id"
    settings.DEFAULT_FROM_EMAIL = "LAPOR! <lapor@aduan.contoh.go.id>"
    settings.LAPOR_CHANNELS = ["lapor.messaging.mail.Mail"]
    settings.LAPOR_PARSERS = {"email": "lapor.channels.email.inbound.read"}


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    """A mail server that takes what leaves."""
    with listening() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_TIMEOUT = 20
        yield server


@pytest.fixture
def door(transactional_db: None) -> Iterator[Door]:
    """Our door for LMTP, on a port that was free."""
    yield from opened("lmtp")


@pytest.fixture
def smtp_door(transactional_db: None) -> Iterator[Door]:
    """Our door for SMTP, on a port that was free."""
    yield from opened("smtp")


def opened(protocol: str) -> Iterator[Door]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    door = Door(Listener(protocol, "127.0.0.1", port))
    door.start()
    try:
        yield door
    finally:
        door.stop()
