"""The state folder: where an installation keeps its secrets, its files and its local database."""

import os
import secrets
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


def secret(name: str, *, within: Path | None = None) -> str:
    """Return the secret kept under this name, drawn once (256 random bits, URL-safe text)."""
    path = (within or folder()) / "secrets" / name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        _keep_first(path, secrets.token_urlsafe(32))
    return path.read_text(encoding="ascii").strip()


def _keep_first(path: Path, value: str) -> None:
    # Two processes may draw at once: link() lets one of them win, and both then read the winner's.
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(value)
        stream.flush()
        os.fsync(stream.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()
