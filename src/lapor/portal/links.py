"""Short-lived signed addresses for files: whoever may see a page may follow its links, for an hour."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from django.core import signing
from django.urls import reverse

SALT = "lapor.portal.file"
LIFE = timedelta(hours=1)


class Stored(Protocol):
    """What a link needs to know of a file."""

    sha256: str
    media_type: str
    name: str


@dataclass(frozen=True)
class Shown:
    """A file as the gallery shows it."""

    url: str
    name: str
    media_type: str
    is_public: bool = True


def show(files: Iterable[Stored]) -> list[Shown]:
    """Return the files with addresses that work for an hour. The caller has already asked who may see them."""
    return [Shown(address(file), file.name, file.media_type) for file in files]


def address(file: Stored) -> str:
    """Return the signed address of one file."""
    facts = [file.sha256, file.media_type, file.name]
    return reverse("portal:file", args=[signing.dumps(facts, salt=SALT, compress=True)])


def read(token: str) -> tuple[str, str, str]:
    """Return (sha256, media type, name) from an address; raises signing.BadSignature when forged or too old."""
    sha256, media_type, name = signing.loads(token, salt=SALT, max_age=LIFE)
    return sha256, media_type, name
