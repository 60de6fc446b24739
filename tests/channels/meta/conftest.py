"""The world of the stories, with Meta in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings
from tests.channels.meta.fake_meta import GRAM, NUMBER, PAGE, SECRET, TOKENS, VERIFY, FakeMeta, Person

from lapor.channels.meta import graph


@pytest.fixture
def meta(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeMeta]:
    meta = FakeMeta()
    settings.LAPOR_CHANNELS = [f"lapor.channels.meta.outbound.{name}" for name in ("WhatsApp", "Facebook", "Instagram")]
    settings.LAPOR_PARSERS = dict.fromkeys(("whatsapp", "facebook", "instagram"), "lapor.channels.meta.inbound.read")
    settings.LAPOR_META_GRAPH, settings.LAPOR_META_APP_SECRET = meta.url, SECRET
    settings.LAPOR_META_VERIFY_TOKEN = VERIFY
    settings.LAPOR_WHATSAPP_PHONE_ID, settings.LAPOR_WHATSAPP_TOKEN = NUMBER, TOKENS[NUMBER]
    settings.LAPOR_FACEBOOK_PAGE_ID, settings.LAPOR_FACEBOOK_TOKEN = PAGE, TOKENS[PAGE]
    settings.LAPOR_INSTAGRAM_ID, settings.LAPOR_INSTAGRAM_TOKEN = GRAM, TOKENS[GRAM]
    settings.LAPOR_WHATSAPP_TEMPLATE = ""
    monkeypatch.setattr(graph, "is_metas", lambda url: url.startswith(meta.origin))
    yield meta
    meta.close()


@pytest.fixture
def budi(meta: FakeMeta) -> Person:
    return Person(meta)
