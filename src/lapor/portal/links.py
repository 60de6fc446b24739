"""Short-lived signed addresses for files: whoever may see a page may follow its links, for an hour."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.urls import reverse

from lapor.portal.uploads import Kept, reclaim
from lapor.reports.files import StoredFile
from lapor.reports.queries.evidence import linked_evidence
from lapor.reports.queries.timeline import FileView

SALT = "lapor.portal.file"
LIFE = timedelta(hours=1)


@dataclass(frozen=True)
class Shown:
    """A file as the gallery shows it."""

    url: str
    name: str
    media_type: str
    is_public: bool


def show(files: Iterable[FileView]) -> list[Shown]:
    """Return the files with addresses that work for an hour. The caller has already asked who may see them."""
    return [Shown(_address(["evidence", one.token]), one.name, one.media_type, one.is_public) for one in files]


def preview(kept: Kept) -> str:
    """Return the address of a file whose form is not accepted yet."""
    return _address(["upload", kept.token])


def _address(facts: list[str]) -> str:
    return reverse("portal:file", args=[signing.dumps(facts, salt=SALT)])


def follow(link: str) -> StoredFile:
    """Return the file behind an address; raises signing.BadSignature when forged or too old, NotFound when gone."""
    kind, token = signing.loads(link, salt=SALT, max_age=LIFE)
    if kind == "evidence":
        return linked_evidence(token)
    for kept in reclaim([token]):
        return kept.file
    raise signing.BadSignature
