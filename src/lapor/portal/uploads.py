"""Uploads of a form that is not accepted yet: stored at once, and named by a signed token until the form succeeds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import timedelta

from django.core import signing
from django.core.files.uploadedfile import UploadedFile

from lapor.reports import files, parts
from lapor.reports.files import StoredFile
from lapor.reports.parts import NoRoom, OtherOffset
from lapor.reports.refusals import NotFound

__all__ = ["LARGEST_PART", "Kept", "NoRoom", "NotFound", "OtherOffset", "add_part", "begin", "keep", "reclaim"]

SALT = "lapor.portal.upload"
PART_SALT = "lapor.portal.part"
LIFE = timedelta(days=1)
LARGEST_PART = 512 * 1024  # bytes of one part: what a bad network carries in one piece


@dataclass(frozen=True)
class Kept:
    """A stored file and the token by which its form names it again."""

    file: StoredFile
    token: str


def keep(upload: UploadedFile) -> Kept:
    """Store an upload now; raises FileRefused with a sentence when it is none that can be evidence."""
    return _tokened(files.accept(upload, upload.name or ""))


def _tokened(file: StoredFile) -> Kept:
    return Kept(file, signing.dumps(asdict(file), salt=SALT, compress=True))


def reclaim(tokens: Iterable[str]) -> list[Kept]:
    """Return the files that an earlier try stored; tokens that are forged or older than a day are passed over."""
    kept: dict[str, Kept] = {}
    for token in tokens:
        try:
            facts = signing.loads(token, salt=SALT, max_age=LIFE)
        except signing.BadSignature:
            continue
        kept.setdefault(facts["sha256"], Kept(StoredFile(**facts), token))
    return list(kept.values())


@dataclass(frozen=True)
class Progress:
    """How many bytes of a file have come, and once it is whole and accepted, the file."""

    received: int
    kept: Kept | None = None


def begin(name: str, size: int) -> str:
    """Return the token of a file that will come in parts; raises FileRefused at once when it is too large, NoRoom."""
    files.check_size(size, files.clean_name(name))
    return signing.dumps([parts.begin(), files.clean_name(name), size], salt=PART_SALT)


def add_part(token: str, part: bytes, offset: int) -> Progress:
    """Take one part of a file in; the last one makes it whole.

    Raises OtherOffset with where to go on, NotFound when the token is forged or older than a day, and FileRefused when
    the whole file is none that can be evidence.
    """
    try:
        place, name, size = signing.loads(token, salt=PART_SALT, max_age=LIFE)
    except signing.BadSignature:
        raise NotFound from None
    received = parts.add(place, part, offset=offset, largest=size)
    return Progress(received, _finish(place, name) if received == size else None)


def _finish(place: str, name: str) -> Kept:
    with parts.whole(place) as file:
        try:
            return _tokened(files.accept(file, name))
        finally:
            parts.drop(place)
