"""Regional language: the shipped lexicon on a part of NusaX, what learning from the rest reaches, and complaints.

The lexicon was written without NusaX; its strengths were chosen on the parts "train" and "valid", so "test" is asked.
"""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from lapor.language import regional
from lapor.language.regional import language_of
from lapor.language.word_signs import HOME
from lapor.ops.evaluate.row import Data, Row
from lapor.triage.learning.example import Example
from lapor.triage.learning.territory import Territories

TEXTS = "regional/nusax*.csv"
STREAM = "replay/replay*.jsonl"
CODES = {
    "acehnese": "ace", "balinese": "ban", "banjarese": "bjn", "buginese": "bug", "english": "en", "indonesian": "id",
    "javanese": "jv", "madurese": "mad", "minangkabau": "min", "ngaju": "nij", "sundanese": "su", "toba_batak": "bbc",
}  # fmt: skip
GOAL, BASELINE = 0.985, 0.988
COMPLAINTS = 2_000
FALSE_ALARMS = 0.005

Told = Sequence[tuple[str, str]]  # text, language


def measure(data: Data) -> Iterator[Row]:
    """Yield how often the language is right, how often an officer would be told, rightly and wrongly."""
    parts = read(data.file(TEXTS))
    asked = parts["test"]
    right = [language_of(text)[0] == code for text, code in asked]
    yield Row("Language, 12 of NusaX", "right, by the lexicon", _share(right), len(asked), GOAL, BASELINE)
    if parts["train"]:
        yield Row("Language, 12 of NusaX", "right, learned", learned(parts["train"], asked), len(asked), GOAL, BASELINE)
    others = [(text, code) for text, code in asked if code != HOME]
    heard = [({part.code for part in regional(text)}, code) for text, code in others]
    yield Row(
        "Language, told to officers", "told and right", _share([said == {code} for said, code in heard]), len(heard)
    )
    wrong = [bool(said - {code}) for said, code in heard]
    yield Row("Language, told to officers", "told and wrong", _share(wrong), len(wrong), FALSE_ALARMS, at_most=True)
    home = [bool(regional(text)) for text, code in asked if code == HOME]
    yield Row(
        "Language, told to officers",
        "Indonesian taken for another",
        _share(home),
        len(home),
        FALSE_ALARMS,
        at_most=True,
    )
    said = [bool(regional(text)) for text in complaints(data.file(STREAM))]
    yield Row("Language, complaints", "said to be in another", _share(said), len(said), FALSE_ALARMS, at_most=True)


def read(path: Path) -> Mapping[str, Told]:
    """Return the texts with their language, by part ("train", "valid", "test")."""
    parts: dict[str, list[tuple[str, str]]] = {"train": [], "valid": [], "test": []}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            parts[row["split"]].append((row["text"], CODES[row["lang"]]))
    return parts


def complaints(path: Path) -> list[str]:
    """Return the same COMPLAINTS texts of the stream each time, fewer where it has fewer."""
    texts = all_complaints(path)
    return random.Random(6).sample(texts, min(COMPLAINTS, len(texts)))  # noqa: S311 - a sample, no secret


def all_complaints(path: Path) -> list[str]:
    """Return title and text of everything in the stream, in its order."""
    with path.open(encoding="utf-8") as lines:
        return [f"{row['title'] or ''}\n{row['body']}" for row in map(json.loads, lines)]


def learned(past: Told, asked: Told) -> float:
    """Return how often words and pieces of words, learned from `past`, are right."""
    from lapor.triage.learning.fitting import fit

    shuffled = random.Random(6).sample(list(past), len(past))  # noqa: S311 - an order, no secret
    model = fit([Example(text, label=code, day=1) for text, code in shuffled], Territories({}), {})
    return _share([model.guesses(Example(text), most=1)[0].label == code for text, code in asked])


def _share(said: Sequence[bool]) -> float:
    return sum(said) / max(1, len(said))
