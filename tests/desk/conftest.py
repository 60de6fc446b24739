"""The desk's tests use the world of the stories, and a browser without JavaScript in which an officer is signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client
from tests.builders import Case, World, build_world
from tests.sop.days import at

from lapor.identity.models import Account

NOW = "Mon 2 Mar 2026 09:00 WITA"

SignIn = Callable[[str], Client]


def account_of(world: World, name: str) -> Account:
    """Return the account of an officer of this world."""
    return Account.objects.get(appointments=world[name].appointment)


@pytest.fixture
def world(db: None) -> World:
    """A city, a ministry, the national desk and the Ombudsman, with an officer in every role."""
    return build_world()


@pytest.fixture
def case(world: World) -> Case:
    """One report that the test is about."""
    return Case(world, NOW)


@pytest.fixture(autouse=True)
def today() -> Iterator[time_machine.Traveller]:
    """Let the pages, which read the real clock, think it is the day of the stories."""
    with time_machine.travel(at(NOW), tick=False) as clock:
        yield clock


@pytest.fixture
def sits(world: World) -> SignIn:
    """Return a browser in which the officer of this name is signed in, for example sits("admin-kota")."""

    def sit(name: str) -> Client:
        client = Client()
        client.force_login(account_of(world, name))
        return client

    return sit
