"""What an edit changed, word by word: for the officer who edits and for everybody who checks it later."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s+|[^\s]+")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
MOST_WORDS = 4_000  # beyond this the comparison goes by lines: difflib's cost grows with the square


@dataclass(frozen=True)
class Piece:
    """A stretch of text: `kind` is "same", "gone" or "new"."""

    kind: str
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """Return the pieces that lead from one text to the other, in reading order."""
    if before == after:
        return [Piece("same", after)] if after else []
    pattern = _WORDS if len(before) + len(after) < MOST_WORDS * 6 else _LINES
    return list(_pieces(pattern.findall(before), pattern.findall(after)))


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(old[old_from:old_to]))
            continue
        if old_to > old_from:
            yield Piece("gone", "".join(old[old_from:old_to]))
        if new_to > new_from:
            yield Piece("new", "".join(new[new_from:new_to]))
