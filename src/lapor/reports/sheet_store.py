"""Spreadsheets between being brought and being read: sealed on the disk, gone as soon as they are read."""

from __future__ import annotations

import base64
import re
from pathlib import Path

from django.conf import settings

from lapor.identity.vault import seal, unseal


def keep(name: str, data: bytes) -> None:
    """Write a file's content, sealed; `name` is 32 hexadecimal digits."""
    path = _path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(seal(base64.b85encode(data).decode(), about=_about(name)))


def read(name: str) -> bytes:
    """Return the content; raises FileNotFoundError when it is gone."""
    return base64.b85decode(unseal(_path(name).read_bytes(), about=_about(name)))


def drop(name: str) -> None:
    """Forget the file; does nothing when it is gone."""
    _path(name).unlink(missing_ok=True)


def folder() -> Path:
    """Return where they lie."""
    return Path(settings.MEDIA_ROOT) / "sheets"


def _about(name: str) -> bytes:
    return f"sheet {name}".encode()


def _path(name: str) -> Path:
    if not re.fullmatch(r"[0-9a-f]{32}", name):
        raise FileNotFoundError(name)
    return folder() / name
