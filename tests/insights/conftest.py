"""A world, and as many reports in it as a test wants."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.builders import Case, World, build_world

NewCase = Callable[[], Case]


@pytest.fixture
def world(db: None) -> World:
    return build_world()


@pytest.fixture
def case(world: World) -> Case:
    return Case(world)


@pytest.fixture
def another(world: World) -> NewCase:
    return lambda: Case(world)
