"""What an edit changed, word by word: for the officer who edits and for everybody who checks it later."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s*[^\s]+|\s+")  # the blank goes with its word: alone it would equal every other one
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
MOST_PAIRS = 60_000  # of equal parts, beyond which it is coarser: a sentence said 500 times costs difflib the cube


@dataclass(frozen=True)
class Piece:
    """A stretch of text: `kind` is "same", "gone" or "new"."""

    kind: str
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """Return the pieces that lead from one text to the other, in reading order: by words, else by lines, else whole."""
    if before == after:
        return [Piece("same", after)] if after else []
    for pattern in (_WORDS, _LINES):
        old, new = pattern.findall(before), pattern.findall(after)
        head, tail = _shared(old, new)
        if _pairs(old[head : len(old) - tail], new[head : len(new) - tail]) <= MOST_PAIRS:
            break
    return list(_pieces(old, new, head, tail))


def _shared(old: list[str], new: list[str]) -> tuple[int, int]:
    """Return how many parts both begin with, and how many both end with besides."""
    shorter = min(len(old), len(new))
    head = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    tail = next((i for i in range(shorter - head) if old[-1 - i] != new[-1 - i]), shorter - head)
    return head, tail


def _pairs(old: list[str], new: list[str]) -> int:
    """Return how many parts of one are equal to how many of the other: what difflib looks at again and again."""
    counts = Counter(new)
    return sum(n * counts[part] for part, n in Counter(old).items())


def _pieces(old: list[str], new: list[str], head: int, tail: int) -> Iterator[Piece]:
    yield from _piece("same", old[:head])
    old, new, end = old[head : len(old) - tail], new[head : len(new) - tail], old[len(old) - tail :]
    if _pairs(old, new) > MOST_PAIRS:
        yield from (*_piece("gone", old), *_piece("new", new))
    else:
        for kind, old_from, old_to, new_from, new_to in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
            if kind == "equal":
                yield from _piece("same", old[old_from:old_to])
            else:
                yield from (*_piece("gone", old[old_from:old_to]), *_piece("new", new[new_from:new_to]))
    yield from _piece("same", end)


def _piece(kind: str, parts: list[str]) -> Iterator[Piece]:
    if parts:
        yield Piece(kind, "".join(parts))
