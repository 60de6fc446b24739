"""What every test may rely on: a PostgreSQL that answers, started here when no DATABASE_URL is given."""

import os

import pytest

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
