"""`lapor up` as an operator sees it: one address, every part kept alive, one clean end, and its data found again."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from lapor.ops.localdb.places import Places, places

pytestmark = pytest.mark.cluster
_PATIENCE = 60.0


class Installation:
    """A running `lapor up` with a state folder of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        self.environment |= {
            "LAPOR_STATE": str(home),
            "LAPOR_WEB_WORKERS": "1",
            "LAPOR_WORKERS": "2",
            "DJANGO_SETTINGS_MODULE": "lapor.config.settings",
        }
        self.process = self.start()
        self.address = self.wait_for(r"answers on (\S+)")

    @property
    def here(self) -> Places:
        return places(self.home)

    def start(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "lapor.ops.cli", "up"]
        return subprocess.Popen(
            command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def wait_for(self, pattern: str) -> str:
        """Read what it says until a line matches; return the match's group."""
        assert self.process.stdout is not None
        said = ""
        for line in self.process.stdout:
            said += line
            if found := re.search(pattern, line):
                return found.group(found.lastindex or 0)
        raise AssertionError(f"it ended without {pattern!r}:\n{said}")

    def get(self) -> int:
        with urllib.request.urlopen(self.address, timeout=_PATIENCE) as answer:  # noqa: S310 - our own address
            return int(answer.status)

    def children(self) -> dict[str, int]:
        """Return the pids of its direct children by what they are."""
        found = {}
        for pid in children_of(self.process.pid):
            line = Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
            name = next((name for name in ("gunicorn", "worker", "clock", "postgres") if name in line), line)
            found[f"{name} 2" if name in found else name] = pid
        return found

    def stop(self) -> int:
        if self.process.poll() is None:
            self.process.terminate()
        self.process.communicate(timeout=_PATIENCE)
        return self.process.returncode


def children_of(parent: int) -> list[int]:
    tasks = Path(f"/proc/{parent}/task").iterdir()
    return [int(pid) for task in tasks for pid in (task / "children").read_text().split()]


def eventually(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + _PATIENCE
    while not condition():
        assert time.monotonic() < until, "it did not come back"
        time.sleep(0.1)


@pytest.fixture
def installation(home: Path) -> Iterator[Installation]:
    running = Installation(home)
    yield running
    running.stop()


def test_from_first_start_to_second(installation: Installation) -> None:
    assert installation.get() == 200
    parts = installation.children()
    assert parts.keys() == {"gunicorn", "worker", "worker 2", "clock", "postgres"}

    another = installation.start()
    said, _ = another.communicate(timeout=_PATIENCE)
    assert another.returncode == 1
    assert "already runs" in said
    assert installation.address in said

    with psycopg.connect(installation.here.address()) as connection:
        connection.execute("CREATE TABLE note AS SELECT 'kept' AS text")
    for name in ("gunicorn", "worker", "postgres"):
        os.kill(parts[name], signal.SIGKILL)
    eventually(lambda: installation.children().keys() == parts.keys() and not dead(parts, installation))
    eventually(lambda: answers(installation))

    left = installation.children().values()
    assert installation.stop() == 0
    assert not [pid for pid in left if Path(f"/proc/{pid}").exists()]

    installation.process = installation.start()
    installation.wait_for(r"answers on (\S+)")
    with psycopg.connect(installation.here.address()) as connection:
        assert connection.execute("SELECT text FROM note").fetchall() == [("kept",)]


def dead(before: dict[str, int], installation: Installation) -> bool:
    """Say whether one of the killed is still listed."""
    now = installation.children()
    return any(now.get(name) == before[name] for name in ("gunicorn", "worker", "postgres"))


def answers(installation: Installation) -> bool:
    try:
        return installation.get() == 200
    except OSError:
        return False
