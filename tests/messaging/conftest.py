"""A world with a report in it, a provider that can fail, and the messages that are owed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings
from tests.builders import Case, build_world
from tests.messaging.provider import Provider


@pytest.fixture
def case(db: None) -> Case:
    return Case(build_world())


@pytest.fixture
def provider(settings: Settings) -> Iterator[type[Provider]]:
    settings.LAPOR_CHANNELS = ["tests.messaging.provider.Provider"]
    Provider.starts_anew()
    yield Provider
    Provider.starts_anew()
