"""A world, a channel that reads plain JSON and proves its senders, and one that takes what leaves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings
from tests.builders import Case, build_world
from tests.intake.phones import Phones


@pytest.fixture
def case(db: None) -> Case:
    return Case(build_world())


@pytest.fixture
def phones(settings: Settings) -> Iterator[type[Phones]]:
    settings.LAPOR_CHANNELS = ["tests.intake.phones.Phones"]
    settings.LAPOR_PARSERS = {"sms": "tests.intake.phones.read"}
    Phones.starts_anew()
    yield Phones
    Phones.starts_anew()
