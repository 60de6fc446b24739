"""The world of the stories for every channel: its institutions have keywords, and it is the day of the stories."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from tests.builders import Case, build_world
from tests.channels.life import NOW

from lapor.agencies.models import Agency, Keyword

REAL = ("kannel", "gammu")  # marks of tests in which real programs are waited for


@pytest.fixture
def case(db: None) -> Case:
    case = Case(build_world())
    for word, code in {"UJI": "kota-uji", "KABUJI": "kota-uji", "LEMBAGAUJI": "lembaga-uji"}.items():
        Keyword.objects.create(word=word, agency=Agency.objects.get(code=code))
    return case


@pytest.fixture(autouse=True)
def today(request: pytest.FixtureRequest) -> Iterator[time_machine.Traveller]:
    """Let what reads the real clock think it is the day of the stories; the clock runs where programs are real."""
    ticks = any(request.node.get_closest_marker(mark) for mark in REAL)
    with time_machine.travel(NOW, tick=ticks) as clock:
        yield clock
