"""What an office is there for, by its name: general knowledge beside the institution's own past (`duties.toml`)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from lapor.agencies.names import plain
from lapor.triage.learning.features import concept_words


def work_of(name: str) -> str:
    """Return the words of what an office of this name deals with, "" where its name tells nothing.

    The longest part of the name counts first, and each part once: "kesehatan hewan" is no clinic.
    """
    left, concepts = f" {plain(name)} ", dict[str, None]()
    for part, found in _duties():
        if f" {part} " in left:
            left = left.replace(f" {part} ", "  ")
            concepts |= dict.fromkeys(found)
    return " ".join(word for concept in concepts for word in concept_words()[concept])


@cache
def _duties() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the parts of names, the longest first, and the concepts of each."""
    listed = tomllib.loads((files(__package__) / "duties.toml").read_text(encoding="utf-8"))
    return tuple(sorted(((part, tuple(found)) for part, found in listed.items()), key=lambda one: -len(one[0])))
