"""The world of the stories, with YouTube in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings
from tests.channels.youtube.fake_youtube import CHANNEL, KEY, REFRESH, FakeYouTube


@pytest.fixture
def youtube(settings: Settings) -> Iterator[FakeYouTube]:
    youtube = FakeYouTube()
    settings.LAPOR_CHANNELS = ["lapor.channels.youtube.outbound.YouTube"]
    settings.LAPOR_PARSERS = {"youtube": "lapor.channels.youtube.inbound.read"}
    settings.LAPOR_YOUTUBE_API, settings.LAPOR_YOUTUBE_TOKEN_URL = youtube.url, f"{youtube.url}/token"
    settings.LAPOR_YOUTUBE_CHANNEL_ID, settings.LAPOR_YOUTUBE_KEY = CHANNEL, KEY
    settings.LAPOR_YOUTUBE_CLIENT_ID, settings.LAPOR_YOUTUBE_CLIENT_SECRET = "client", "client-secret"
    settings.LAPOR_YOUTUBE_REFRESH_TOKEN = REFRESH
    settings.LAPOR_YOUTUBE_QUOTA, settings.LAPOR_YOUTUBE_EVERY = 10_000, 60
    yield youtube
    youtube.close()
