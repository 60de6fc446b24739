"""The world of the stories, with X in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings
from tests.channels.x.fake_x import KEYS, ME, FakeX


@pytest.fixture
def x(settings: Settings) -> Iterator[FakeX]:
    x = FakeX()
    settings.LAPOR_CHANNELS = ["lapor.channels.x.outbound.X"]
    settings.LAPOR_PARSERS = {"x": "lapor.channels.x.inbound.read"}
    settings.LAPOR_X_API, settings.LAPOR_X_USER_ID, settings.LAPOR_X_PER_MINUTE = x.url, ME, 100
    for name, value in KEYS.items():
        setattr(settings, f"LAPOR_X_{name}", value)
    yield x
    x.close()
