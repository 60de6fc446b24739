"""Bring the whole product up: database, migrations, static files, web, worker, clock; and down again."""

import contextlib
import fcntl
import os
import sys
from collections.abc import Callable, Iterator

import click

from lapor.kernel import state
from lapor.ops import front_end
from lapor.ops.foundation import prepare_database
from lapor.ops.localdb.errors import LocalDatabaseError
from lapor.ops.localdb.places import Places, places
from lapor.ops.localdb.server import Server, answers, start
from lapor.ops.runtime import KEPT, configure, has_own_server
from lapor.ops.supervisor import Child, supervise
from lapor.ops.web import address_of, is_answered, open_door, web_server

Prepare = Callable[[], None]
MOST_WORKERS = 16


def bring_up(*, host: str, port: int | None, prepare: Prepare = lambda: None) -> None:
    """Start everything, print the address, keep it running until stopped; `prepare` runs on the migrated database."""
    _check_host(host)
    many_workers()
    with _only_one() as claim, contextlib.closing(open_door(host, port)) as door, _database() as keep_database:
        address = address_of(door)
        _write_links_to(address)
        _prepare_site(prepare)
        claim(address)
        children = [web_server(door), *_workers(), _loop("clock"), *_channels()]
        supervise(children, say=say, check=_Watch(address, keep_database).check)
    say("Stopped. Your data are kept; the next start finds them.")


def say(line: str) -> None:
    """Print one line at once, also into a pipe."""
    click.echo(line)
    sys.stdout.flush()


def _write_links_to(address: str) -> None:
    """Begin the links in messages with the address that we answer on, unless the operator named a better one."""
    if not os.environ.get("LAPOR_BASE_URL", "").strip():
        os.environ["LAPOR_BASE_URL"] = address.rstrip("/")


def _prepare_site(prepare: Prepare) -> None:
    configure()
    from django.db import connections

    say("Bringing the database up to date ...")
    prepare_database(say)
    front_end.publish()
    prepare()
    connections.close_all()  # nothing the children could inherit


def many_workers() -> int:
    """Return how many workers read and send side by side: what LAPOR_WORKERS says, else one.

    Every queue is leased, so that two of them never hold one message. Raises ClickException for what is no number.
    """
    said = os.environ.get("LAPOR_WORKERS", "").strip() or "1"
    if not said.isdecimal() or not 1 <= int(said) <= MOST_WORKERS:
        raise click.ClickException(f"LAPOR_WORKERS is {said!r}: give a number from 1 to {MOST_WORKERS}.")
    return int(said)


def _workers() -> list[Child]:
    return [_loop("worker", f"worker {n}" if n > 1 else "worker") for n in range(1, many_workers() + 1)]


def _loop(name: str, called: str = "") -> Child:
    return Child(called or name, [sys.executable, "-m", "lapor.ops.cli", name], environment={KEPT: "yes"})


def _channels() -> list[Child]:
    """Return a loop for each channel that is set up to listen or to fetch."""
    from django.conf import settings

    command = [sys.executable, "-m", "lapor.ops.cli", "channel"]
    return [Child(name, [*command, name], environment={KEPT: "yes"}) for name in settings.LAPOR_LOOPS]


def _check_host(host: str) -> None:
    local = {"127.0.0.1", "localhost", "::1"}
    if host not in local and not os.environ.get("LAPOR_HOSTS"):
        raise click.ClickException(
            "To be reached from other machines, say under which names: "
            f"LAPOR_HOSTS=lapor.example.go.id,{host} lapor up --host {host}"
        )


class _Watch:
    """Looks after the database each time it is asked, and prints the address once the web server answers."""

    def __init__(self, address: str, keep_database: Callable[[], None]) -> None:
        self.address, self.keep_database, self.is_open = address, keep_database, False

    def check(self) -> None:
        self.keep_database()
        if not self.is_open and is_answered(self.address):
            self.is_open = True
            say(f"LAPOR! answers on {self.address}   (Ctrl-C stops it)")


@contextlib.contextmanager
def _only_one() -> Iterator[Callable[[str], None]]:
    """Refuse a second start from the same state folder; yield a function that notes our address for its message."""
    path = state.make(state.folder()) / "running"
    with path.open("a+", encoding="utf-8") as note:
        try:
            fcntl.flock(note, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            note.seek(0)
            raise click.ClickException(f"LAPOR! already runs from {path.parent}: {note.read() or 'starting'}") from None
        state.hand_over(path)

        def claim(address: str) -> None:
            note.truncate(0)
            note.write(f"process {os.getpid()}, {address}")
            note.flush()

        note.truncate(0)
        yield claim


@contextlib.contextmanager
def _database() -> Iterator[Callable[[], None]]:
    """Have the local database answer, unless a server was named; yield what brings it back when it died."""
    if has_own_server():
        yield lambda: None
        return
    here = places()
    say(f"Starting PostgreSQL in {here.base} ...")
    keeper = _Keeper(here)
    try:
        yield keeper.check
    finally:
        keeper.server.stop()


_MOST_FAILURES = 5  # starts of the database in a row that may fail


class _Keeper:
    def __init__(self, here: Places) -> None:
        self.here = here
        self.server: Server = start(here)
        self.failures = 0

    def check(self) -> None:
        process = self.server.process
        alive = process.poll() is None if process else answers(self.here)
        if alive:
            self.failures = 0
            return
        say("PostgreSQL ended; starting it again")
        try:
            self.server = start(self.here)
        except LocalDatabaseError:
            # It may have died again while it recovered: only what keeps failing ends the product.
            self.failures += 1
            if self.failures >= _MOST_FAILURES:
                raise
