"""The files of a message, made evidence where they can be."""

from __future__ import annotations

import io
from collections.abc import Iterable

from lapor.intake.contract import Attachment
from lapor.reports.files import FileRefused, StoredFile, accept

MOST_FILES = 10


def stored(files: Iterable[Attachment]) -> tuple[tuple[StoredFile, ...], str]:
    """Return the files that can be evidence, stored, and in words which could not; those stay with the raw message."""
    kept: list[StoredFile] = []
    refused: list[str] = []
    for file in files:
        try:
            if len(kept) == MOST_FILES:
                raise FileRefused("", file.name)
            kept.append(accept(io.BytesIO(file.content), file.name))
        except FileRefused as refusal:
            refused.append(refusal.name)
    return tuple(kept), ", ".join(refused)[:300]
