"""The world of the stories, with a gateway and a telephone in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from tests.channels.life import NOW
from tests.channels.sms import bearer
from tests.channels.sms.bearer import OPERATORS, Centres, Kannel, eventually
from tests.channels.sms.kannel import SECRET, Gateway, Telephone


@pytest.fixture
def gateway(settings: Settings) -> Iterator[Gateway]:
    gateway = Gateway()
    settings.LAPOR_CHANNELS = ["lapor.channels.sms.outbound.Sms"]
    settings.LAPOR_PARSERS = {"sms": "lapor.channels.sms.inbound.read"}
    settings.LAPOR_KANNEL_URL = gateway.url
    settings.LAPOR_KANNEL_SECRET = SECRET
    settings.LAPOR_KANNEL_HOSTS = ["127.0.0.1"]
    settings.LAPOR_SMS_PRICE = 350
    yield gateway
    gateway.close()


@pytest.fixture
def centres() -> Iterator[Centres]:
    centres = Centres()
    yield centres
    centres.close()


@pytest.fixture
def kannel(transactional_db: None, centres: Centres, live_server: LiveServer, settings: Settings) -> Iterator[Kannel]:
    settings.LAPOR_CHANNELS = ["lapor.channels.sms.outbound.Sms"]
    settings.LAPOR_PARSERS = {"sms": "lapor.channels.sms.inbound.read"}
    settings.LAPOR_KANNEL_SECRET = SECRET
    settings.LAPOR_KANNEL_HOSTS = ["127.0.0.1"]
    settings.LAPOR_KANNEL_PASSWORD = bearer.PASSWORD
    settings.LAPOR_KANNEL_CALLBACK = live_server.url
    settings.LAPOR_SMS_PER_MINUTE = 100_000
    kannel = Kannel(centres, live_server.url, SECRET)
    settings.LAPOR_KANNEL_URL = kannel.sendsms
    kannel.start()
    eventually(lambda: set(centres.bound) == set(OPERATORS), "all three operators are bound")
    yield kannel
    kannel.close()


@pytest.fixture
def budi(gateway: Gateway) -> Telephone:
    return Telephone(gateway, "+6281234567890")


@pytest.fixture
def now() -> datetime:
    return NOW
