"""What every test may rely on: a PostgreSQL that answers, started here when no DATABASE_URL is given."""

import os

import pytest
from pytest_django import DjangoDbBlocker

from lapor.ops.localdb.places import places
from lapor.ops.localdb.server import Server, start

_STARTED = pytest.StashKey[Server]()


def pytest_configure(config: pytest.Config) -> None:
    is_helper_process = hasattr(config, "workerinput")
    if is_helper_process or config.option.collectonly or os.environ.get("DATABASE_URL"):
        return
    config.stash[_STARTED] = start(places(), forgetful=True)


def pytest_unconfigure(config: pytest.Config) -> None:
    server = config.stash.get(_STARTED, None)
    if server and server.process:
        server.stop()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Fill each test database once with what no test changes for good: the calendars and the institutions."""
    with django_db_blocker.unblock():
        _fill_once()


@pytest.fixture
def calendars(db: None) -> None:
    """Make sure that the working calendars of 2014 to 2031 are there, also after a test that emptied the tables."""
    _fill_once()


def _fill_once() -> None:
    from lapor.agencies.models import Calendar
    from lapor.agencies.usecases.calendars import seed_calendars

    if not Calendar.objects.exists():
        seed_calendars(2014, 2031)
