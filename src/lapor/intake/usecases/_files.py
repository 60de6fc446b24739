"""The files of a message, made evidence where they can be."""

from __future__ import annotations

import io
from collections.abc import Iterable

from lapor.intake.contract import Attachment
from lapor.reports.files import FileRefused, StoredFile, accept

MOST_FILES = 10
MOST_NAMED = 5
LONGEST_NAME = 50  # characters


def stored(files: Iterable[Attachment]) -> tuple[tuple[StoredFile, ...], str]:
    """Return the files that can be evidence, stored, and in words which could not; those stay with the raw message."""
    kept: list[StoredFile] = []
    refused: list[str] = []
    for file in files:
        try:
            if len(kept) == MOST_FILES:
                raise FileRefused("", file.name)
            kept.append(accept(io.BytesIO(file.content), file.name, recordings=True))
        except FileRefused as refusal:
            refused.append(refusal.name)
    return tuple(kept), named(refused)


def missing(files: Iterable[Attachment]) -> str:
    """Return in words which files a message announces and does not bring: what had run out, or was too large."""
    return named(file.name for file in files if not file.content)


def names_of(files: Iterable[Attachment]) -> str:
    """Return in words all files of a message none of which could be taken."""
    return named(file.name for file in files)


def named(names: Iterable[str]) -> str:
    """Return names of files as the desk reads them, and the sender in the answer; the first of many."""
    shown = list(names)
    more = [f"+{len(shown) - MOST_NAMED}"] if len(shown) > MOST_NAMED else []
    return ", ".join([*(name.replace(",", " ")[:LONGEST_NAME] for name in shown[:MOST_NAMED]), *more])
