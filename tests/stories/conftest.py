"""The cast of the stories."""

from __future__ import annotations

import pytest
from tests.builders import Case, World, build_world

from lapor.reports.usecases import reply


@pytest.fixture
def world(db: None) -> World:
    """A city, a ministry, the national desk and the Ombudsman, with an officer in every role."""
    return build_world()


@pytest.fixture
def case(world: World) -> Case:
    """One report that the story is about."""
    return Case(world)


@pytest.fixture
def new(case: Case) -> Case:
    """A report that reached the city on Monday 2 March 2026."""
    return case.is_submitted(on="Mon 2 Mar 2026 09:00 WITA")


@pytest.fixture
def pending(new: Case) -> Case:
    """A report whose reporter was asked on Wednesday 4 March 2026, the third day of the admin's five."""
    new.on("Wed 4 Mar 2026 10:00 WITA")
    return new.is_pending()


@pytest.fixture
def finished(case: Case) -> Case:
    """A report followed up on Monday 2 March 2026, to which its reporter only said thanks: it stays in progress."""
    case.is_followed_up(on="Mon 2 Mar 2026 09:00 WITA")
    case.act(reply.reply, "reporter", text="Terima kasih, sudah saya lihat hasilnya.")
    return case
