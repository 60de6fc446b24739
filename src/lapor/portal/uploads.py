"""Uploads of a form that is not accepted yet: stored at once, and named by a signed token until the form succeeds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import timedelta

from django.core import signing
from django.core.files.uploadedfile import UploadedFile

from lapor.reports import files
from lapor.reports.files import StoredFile

SALT = "lapor.portal.upload"
LIFE = timedelta(days=1)


@dataclass(frozen=True)
class Kept:
    """A stored file and the token by which its form names it again."""

    file: StoredFile
    token: str


def keep(upload: UploadedFile) -> Kept:
    """Store an upload now; raises FileRefused with a sentence when it is none that can be evidence."""
    file = files.accept(upload, upload.name or "")
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
