"""What every test may rely on: a PostgreSQL that answers, started here when no DATABASE_URL is given."""

import os
from collections.abc import Iterator

import pytest
from django.db.backends.postgresql.operations import DatabaseOperations
from hypothesis import settings
from pytest_django import DjangoDbBlocker

from lapor.ops.localdb.places import places
from lapor.ops.localdb.server import Server, start
from tests import database

# No time limit per example: the machine may be busy. The same examples every time, so that a red test is about the
# change; `pytest --hypothesis-profile=random` looks further.
settings.register_profile("fixed", deadline=None, derandomize=True)
settings.register_profile("random", deadline=None, print_blob=True)
settings.load_profile("fixed")

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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Spread the simulated lives, each as long as a hundred other tests: together they would be one process's last."""
    lives = [item for item in items if "simulation" in item.path.parts]
    others = [item for item in items if "simulation" not in item.path.parts]
    for n, life in enumerate(lives):
        others.insert(n * len(items) // len(lives), life)
    items[:] = others


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Every test finds the calendars and the institutions in its database, also after one that really committed."""
    with django_db_blocker.unblock():
        database.fill()
        database.remember()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", database.back_to_the_first_rows)
        yield
    with django_db_blocker.unblock():
        database.see_others_out()
