"""A place for clusters of a test's own."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from lapor.ops.localdb.places import Places, places


@pytest.fixture
def home() -> Iterator[Path]:
    """A short folder that the server's user can reach also when the tests run as root."""
    folder = Path(tempfile.mkdtemp(prefix="lapor-test-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def here(home: Path) -> Places:
    """Where a cluster would live; nothing runs yet."""
    return places(home)
