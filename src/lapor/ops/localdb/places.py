"""Where the local database lives, and which ordinary user runs it."""

import hashlib
import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from psycopg.conninfo import make_conninfo

from lapor.kernel import state
from lapor.ops.localdb.errors import LocalDatabaseError

KEEPER = "keeper"
APPLICATION = "lapor"
_SOCKET_FILE = ".s.PGSQL.5432"
_LONGEST_SOCKET_PATH = 107  # bytes: what sockaddr_un holds on Linux, without the closing NUL


@dataclass(frozen=True)
class Owner:
    """The ordinary user the server runs as."""

    uid: int
    gid: int


@dataclass(frozen=True)
class Places:
    """Every path of one local cluster; `owner` is None when we run as that ordinary user already."""

    state: Path
    base: Path
    sockets: Path
    owner: Owner | None

    @property
    def data(self) -> Path:
        """The cluster itself."""
        return self.base / "data"

    @property
    def lock(self) -> Path:
        """Held by the server and all its children for as long as one of them lives."""
        return self.base / "lock"

    @property
    def log(self) -> Path:
        """What the server says; statements and their values are never logged."""
        return self.base / "postgres.log"

    @property
    def socket(self) -> Path:
        """The socket file the server answers on."""
        return self.sockets / _SOCKET_FILE

    def password(self, role: str) -> str:
        """Return the password of a database role, from the state folder."""
        return state.secret(f"database-{role}", within=self.state)

    def connection(self, *, role: str = APPLICATION, database: str = APPLICATION) -> dict[str, str]:
        """Return psycopg's connection arguments for a role."""
        return {
            "host": str(self.sockets),
            "user": role,
            "password": self.password(role),
            "dbname": database,
        }

    def address(self, *, role: str = APPLICATION, database: str = APPLICATION) -> str:
        """Return the same as libpq's connection string."""
        return make_conninfo("", **self.connection(role=role, database=database))


def places(folder: Path | None = None) -> Places:
    """Say where the cluster of a state folder lives; touches nothing, starts nothing."""
    folder = folder or state.folder()
    base = folder / "database"
    owner = _ordinary_owner(base / "data") if os.geteuid() == 0 else None
    if owner and not can_reach(owner, _nearest_existing(base)):
        # A clone under /root: the server's user cannot walk in, so its files live where it can.
        base = Path("/var/lib/lapor") / _short_name(folder)
        owner = _ordinary_owner(base / "data")
    uid = owner.uid if owner else os.geteuid()
    return Places(state=folder, base=base, sockets=_socket_folder(base, uid), owner=owner)


def _socket_folder(base: Path, uid: int) -> Path:
    # Longer paths do not fit a socket address, and libpq reads a comma as a list of hosts.
    wanted = base / "run"
    fits = len(os.fsencode(wanted / _SOCKET_FILE)) <= _LONGEST_SOCKET_PATH
    if fits and "," not in str(wanted):
        return wanted
    return Path(f"/tmp/lapor-{uid}-{_short_name(base)}")  # noqa: S108 - made 0700, its owner checked before use


def _short_name(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _ordinary_owner(data: Path) -> Owner:
    """Choose who runs the server for root: whoever owns the data or the place for it, else `nobody`."""
    found = _nearest_existing(data).stat()
    if found.st_uid != 0 and _is_known(found.st_uid):
        return Owner(found.st_uid, found.st_gid)
    for name in ("nobody", "daemon"):
        if name in {entry.pw_name for entry in pwd.getpwall()}:
            entry = pwd.getpwnam(name)
            return Owner(entry.pw_uid, entry.pw_gid)
    raise LocalDatabaseError(
        "PostgreSQL does not run as root, and this machine has no ordinary user to run it as. "
        "Run this command as an ordinary user, or set DATABASE_URL."
    )


def _is_known(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True


def _nearest_existing(path: Path) -> Path:
    return next(parent for parent in (path, *path.parents) if parent.exists())


def can_reach(owner: Owner, folder: Path) -> bool:
    """Ask the kernel, not the mode bits: access lists and mounts count too."""
    asked = subprocess.run(
        ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)],
        user=owner.uid,
        group=owner.gid,
        extra_groups=[],
        cwd="/",
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return asked.returncode == 0
