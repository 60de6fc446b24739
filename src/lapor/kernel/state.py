"""The state folder: where an installation keeps its secrets, its files and its local database."""

import os
import secrets
import tempfile
from pathlib import Path

_CHECKOUT = Path(__file__).resolve().parents[3]


def folder() -> Path:
    """Return the state folder of this installation, absolute; it need not exist yet.

    `LAPOR_STATE` decides; without it a source checkout keeps `.lapor/` at its top, and an installed
    package uses the XDG state folder of the user who runs it.
    """
    if chosen := os.environ.get("LAPOR_STATE"):
        return Path(chosen).absolute()
    if (_CHECKOUT / "pyproject.toml").is_file():
        return _CHECKOUT / ".lapor"
    xdg = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(xdg).absolute() / "lapor"


def make(path: Path, *, mode: int = 0o755) -> Path:
    """Make a folder and its missing parents with exactly this mode, whatever the umask; return it.

    Made by root inside somebody's checkout, it is handed over to that person.
    """
    if not path.exists():
        make(path.parent)
        path.mkdir(exist_ok=True)
        path.chmod(mode)
        hand_over(path)
    return path


def hand_over(path: Path) -> None:
    """Give a file made by root to the owner of the folder it is in; does nothing for other users."""
    if os.geteuid() == 0:
        place = path.parent.stat()
        os.chown(path, place.st_uid, place.st_gid)


def secret(name: str, *, within: Path | None = None) -> str:
    """Return the secret kept under this name, drawn once (256 random bits, URL-safe text)."""
    path = make((within or folder()) / "secrets", mode=0o700) / name
    if not path.exists():
        _keep_first(path, secrets.token_urlsafe(32))
    return path.read_text(encoding="ascii").strip()


def _keep_first(path: Path, value: str) -> None:
    # Two processes may draw at once: link() lets one of them win, and both then read the winner's.
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")
    draft = Path(name)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(value)
        stream.flush()
        os.fsync(stream.fileno())
    hand_over(draft)
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()
