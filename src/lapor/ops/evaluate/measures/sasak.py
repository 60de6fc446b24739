"""Sasak, Mataram's language, which no public texts show: 127 invented complaints (`own/sasak.jsonl`).

65 are in Sasak, by its own spelling, as typed in a hurry, or half Indonesian; 62 are Indonesian with words of its
neighbours (Javanese, Balinese, Samawa) or with names of Lombok. No rule and no word was made after looking at what is
missed in the half that is held out. One hand wrote the texts and the lexicon: an upper bound.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from lapor.language import regional
from lapor.ops.evaluate.row import Data, Row

CODE = "sas"
FALSE_ALARMS = 0.02
KINDS = ("whole", "as typed", "half")
HALVES = (("held out", True), ("worked on", False))


@dataclass(frozen=True)
class Text:
    """One invented complaint, how it is written, and whether it was kept from the work on the lexicon."""

    text: str
    kind: str
    is_sasak: bool
    held_out: bool


def measure(data: Data) -> Iterator[Row]:
    """Yield how many of each kind are called Sasak, and how many others. The texts are our own: `data` is not asked."""
    texts = read()
    for name, held_out in HALVES:
        half = [one for one in texts if one.held_out == held_out]
        for kind in KINDS:
            yield _row(f"found, {kind}, {name}", [one for one in half if one.is_sasak and one.kind == kind])
        others = [one for one in half if not one.is_sasak]
        yield _row(f"others called Sasak, {name}", others, goal=FALSE_ALARMS)


def read() -> list[Text]:
    """Return the texts in the order of the file."""
    lines = (files("lapor.ops.evaluate") / "own" / "sasak.jsonl").read_text(encoding="utf-8").splitlines()
    return [Text(**json.loads(line)) for line in lines]


def _row(figure: str, texts: list[Text], goal: float | None = None) -> Row:
    called = sum(any(part.code == CODE for part in regional(one.text)) for one in texts)
    return Row("Sasak, own texts", figure, called / max(1, len(texts)), len(texts), goal, at_most=goal is not None)
