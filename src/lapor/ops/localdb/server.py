"""Start, watch and stop the local PostgreSQL; a server counts as running when it answers, never by its pid file."""

import contextlib
import fcntl
import os
import signal
import stat
import subprocess
import time
from collections.abc import Iterator, Sequence

import psycopg
from psycopg import sql

from lapor.kernel import state
from lapor.ops.localdb.binaries import Binaries
from lapor.ops.localdb.cluster import ENVIRONMENT, give, make_ready, works_in
from lapor.ops.localdb.errors import LocalDatabaseError
from lapor.ops.localdb.places import APPLICATION, KEEPER, Places
from lapor.ops.processes import bound_to_parent

PATIENCE = 60.0  # seconds: recovery after a kill of a busy cluster takes a few of them
_LARGEST_LOG = 10 * 1024 * 1024
_SETTINGS = {
    "listen_addresses": "",  # no TCP: the private socket is the only door
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "jit": "off",  # compiling costs more than our short queries
    # What people wrote stays out of the log, also when a statement fails.
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
    "log_line_prefix": "%m [%p] ",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Server:
    """A local server that answered; `process` is None when somebody else started it."""

    def __init__(self, here: Places, process: subprocess.Popen[bytes] | None) -> None:
        self.here = here
        self.process = process

    def stop(self) -> None:
        """Stop the server the fast and clean way, whoever started it; return when it is gone."""
        if self.process and self.process.poll() is not None:
            return  # it is gone already, and its pid may be another's by now
        pid = self.process.pid if self.process else _pid_of(self.here)
        if pid is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)
        if not self._gone_within(PATIENCE):
            os.kill(pid, signal.SIGQUIT)  # still safe: the next start recovers from the log
            self._gone_within(PATIENCE)

    def _gone_within(self, seconds: float) -> bool:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self._is_gone():
                return True
            time.sleep(0.02)
        return False

    def _is_gone(self) -> bool:
        if self.process:
            return self.process.poll() is not None
        with _lock(self.here) as free:
            return free is not None


def start(here: Places, *, forgetful: bool = False) -> Server:
    """Return a server that answers for these places, starting one where none does.

    `forgetful` trades the disk's promises for speed (tests only). Of several callers at once one starts the server
    and the others find it. Raises `LocalDatabaseError` when nothing answers within `PATIENCE` seconds.
    """
    _make_folders(here)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if answers(here):
            return Server(here, None)
        with _lock(here) as lock:
            if lock is not None:
                return _start_locked(here, lock, FORGETFUL if forgetful else {}, until)
        time.sleep(0.05)
    raise LocalDatabaseError(f"A server holds {here.base} but does not answer. {_last_words(here)}")


@contextlib.contextmanager
def running(here: Places, *, forgetful: bool = False) -> Iterator[Server]:
    """Have a server answer within this block; stop it afterwards if it was started for it."""
    server = start(here, forgetful=forgetful)
    try:
        yield server
    finally:
        if server.process:
            server.stop()


def answers(here: Places, *, role: str = APPLICATION, database: str = APPLICATION) -> bool:
    """Say whether the server answers a query for this role; raise when it refuses our password."""
    try:
        with psycopg.connect(here.address(role=role, database=database), connect_timeout=5) as connection:
            connection.execute("SELECT 1")
    except psycopg.OperationalError as refusal:
        if role == KEEPER and "password authentication failed" in str(refusal):
            raise LocalDatabaseError(
                f"The database in {here.data} does not accept the password in {here.state / 'secrets'}. "
                "Put the original secrets folder back."
            ) from None
        return False
    return True


def _make_folders(here: Places) -> None:
    state.make(here.base.parent)
    here.base.mkdir(mode=0o700, exist_ok=True)
    give(here, here.base, 0o700)
    with contextlib.suppress(FileExistsError):
        here.sockets.mkdir(mode=0o700)
    if _is_private(here, os.geteuid()):
        # Made a moment ago, by us, by another start beside us or by one that was killed before it gave it away.
        give(here, here.sockets, 0o700)
    wanted = here.owner.uid if here.owner else os.geteuid()
    if not _is_private(here, wanted):
        # Somebody else made it first in a shared place: they could answer in the server's stead.
        raise LocalDatabaseError(f"{here.sockets} is not a private folder of user {wanted}. Remove it and try again.")


def _is_private(here: Places, uid: int) -> bool:
    found = here.sockets.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == uid and not found.st_mode & 0o077


@contextlib.contextmanager
def _lock(here: Places) -> Iterator[int | None]:
    """Yield the lock's descriptor, or None while a server or one of its children is alive."""
    descriptor = os.open(here.lock, os.O_RDONLY | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        yield None
    else:
        yield descriptor
    finally:
        os.close(descriptor)


def _start_locked(here: Places, lock: int, extra: dict[str, str], until: float) -> Server:
    programs = make_ready(here)
    server = Server(here, _launch(here, programs, lock, extra))
    try:
        _wait_for_keeper(server, until)
        _make_application_database(here)
    except BaseException:
        server.stop()
        raise
    return server


def _launch(here: Places, programs: Binaries, lock: int, extra: dict[str, str]) -> subprocess.Popen[bytes]:
    # The server inherits the lock and keeps it, with its children, until the last of them is gone: no file to go stale.
    with _open_log(here) as log:
        return subprocess.Popen(
            [programs.folder / "postgres", "-D", here.data, *_options(here, extra)],
            user=here.owner.uid if here.owner else None,
            group=here.owner.gid if here.owner else None,
            extra_groups=[] if here.owner else None,
            env=ENVIRONMENT,
            cwd="/",
            umask=0o077,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=(lock,),
            start_new_session=True,  # Ctrl-C at the terminal is ours to pass on, after web and worker stopped
            preexec_fn=bound_to_parent(signal.SIGINT),
        )


def _options(here: Places, extra: dict[str, str]) -> Sequence[str]:
    quoted = str(here.sockets).replace('"', '""')
    settings = {**_SETTINGS, "unix_socket_directories": f'"{quoted}"', **extra}
    return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]


@contextlib.contextmanager
def _open_log(here: Places) -> Iterator[int]:
    if here.log.exists() and here.log.stat().st_size > _LARGEST_LOG:
        here.log.replace(here.log.with_suffix(".log.1"))
    descriptor = os.open(here.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    give(here, here.log, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _wait_for_keeper(server: Server, until: float) -> None:
    while not answers(server.here, role=KEEPER, database="postgres"):
        if server.process and server.process.poll() is not None:
            raise LocalDatabaseError(f"PostgreSQL did not start. {_last_words(server.here)}")
        if time.monotonic() > until:
            raise LocalDatabaseError(f"PostgreSQL does not answer. {_last_words(server.here)}")
        time.sleep(0.05)


def _make_application_database(here: Places) -> None:
    """Make the application's role (no superuser) and database; both are left alone when they exist."""
    with psycopg.connect(here.address(role=KEEPER, database="postgres"), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APPLICATION]).fetchone():
            make_role = sql.SQL("CREATE ROLE {} LOGIN CREATEDB PASSWORD {}")
            password = here.password(APPLICATION)
            connection.execute(make_role.format(sql.Identifier(APPLICATION), sql.Literal(password)))
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [APPLICATION]).fetchone():
            make_database = sql.SQL("CREATE DATABASE {0} OWNER {0}")
            connection.execute(make_database.format(sql.Identifier(APPLICATION)))


def _pid_of(here: Places) -> int | None:
    try:
        pid = int((here.data / "postmaster.pid").read_text().partition("\n")[0])
    except (OSError, ValueError):
        return None
    return pid if works_in(pid, here.data) else None


def _last_words(here: Places) -> str:
    try:
        lines = here.log.read_text(errors="replace").splitlines()[-5:]
    except OSError:
        return ""
    return "\n".join([f"The last lines of {here.log}:", *lines])
