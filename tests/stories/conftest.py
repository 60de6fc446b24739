"""The cast of the stories."""

from __future__ import annotations

import pytest

from tests.builders import Case, World, build_world


@pytest.fixture
def world(db: None) -> World:
    """A city, a ministry, the national desk and the Ombudsman, with an officer in every role."""
    return build_world()


@pytest.fixture
def case(world: World) -> Case:
    """One report that the story is about."""
    return Case(world)
