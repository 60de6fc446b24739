"""Files that arrive in parts over a bad network: what has come is kept for a day, and goes on where it stopped."""

from __future__ import annotations

import fcntl
import os
import re
import secrets
import shutil
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from lapor.kernel.errors import Refusal
from lapor.reports.refusals import NotFound

SPARE = 256 * 1024 * 1024  # bytes that stay free on the disk: reports come before their photos


class NoRoom(Refusal):
    """The disk is nearly full: reports are still taken, files are not."""

    status = 507
    sentence = _("Files cannot be taken right now. Send your report without them; you can add them later.")


class OtherOffset(Refusal):
    """This part does not begin where the last one ended; `received` tells where to go on."""

    sentence = _("A part of the file is missing. It is sent again.")

    def __init__(self, received: int) -> None:
        self.received = received
        super().__init__()


def folder() -> Path:
    """Return the folder of files that are not whole yet."""
    return Path(settings.MEDIA_ROOT) / "parts"


def begin() -> str:
    """Make an empty file and return its random name; raises NoRoom."""
    folder().mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(folder()).free < SPARE:
        raise NoRoom
    name = secrets.token_hex(16)
    _path(name).touch(mode=0o600)
    return name


def received(name: str) -> int:
    """Return how many bytes have come. Raises NotFound when the file was swept away or never begun."""
    try:
        return _path(name).stat().st_size
    except FileNotFoundError:
        raise NotFound from None


def add(name: str, part: bytes, *, offset: int, largest: int) -> int:
    """Append a part that begins at `offset` and return how many bytes have come.

    Raises OtherOffset when another try was quicker or a part was lost, NotFound when the file is gone. Never grows
    beyond `largest`: what is more is cut.
    """
    try:
        with _path(name).open("r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            have = file.seek(0, os.SEEK_END)
            if have != offset:
                raise OtherOffset(have)
            file.write(part[: max(0, largest - have)])
            return file.tell()
    except FileNotFoundError:
        raise NotFound from None


def whole(name: str) -> IO[bytes]:
    """Open the file for reading. Raises NotFound."""
    try:
        return _path(name).open("rb")
    except FileNotFoundError:
        raise NotFound from None


def drop(name: str) -> None:
    """Forget the file; does nothing when it is gone."""
    _path(name).unlink(missing_ok=True)


def _path(name: str) -> Path:
    if not re.fullmatch(r"[0-9a-f]{32}", name):
        raise NotFound
    return folder() / name
