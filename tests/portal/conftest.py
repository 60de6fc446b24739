"""The portal's tests use the same world as the stories, and a browser without JavaScript: Django's client."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from tests.builders import Case, World, build_world
from tests.sop.days import at

NOW = "Mon 2 Mar 2026 09:00 WITA"

Answer = Any  # what Django's test client returns: a response with `context`, `redirect_chain` and more


@pytest.fixture
def world(db: None) -> World:
    """A city, a ministry, the national desk and the Ombudsman, with an officer in every role."""
    return build_world()


@pytest.fixture
def case(world: World) -> Case:
    """One report that the test is about."""
    return Case(world, NOW)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    """Let the pages, which read the real clock, think it is the day of the stories."""
    with time_machine.travel(at(NOW), tick=False):
        yield


@pytest.fixture
def citizen(client: Client) -> Client:
    """Somebody with a browser, and nothing else."""
    return client
