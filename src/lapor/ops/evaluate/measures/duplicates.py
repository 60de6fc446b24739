"""Duplicates: pairs that a person read, pairs that are nearly identical, and pairs of the stream taken by chance.

A score for a pair is measured here; how candidates are found among many reports is not.
"""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from lapor.ops.evaluate.row import Data, Row
from lapor.triage.duplicates import LIKELY, Rarity, Said, compare

GOLD, SILVER, STREAM = "duplicates/gold*.csv", "duplicates/silver*.csv", "replay/replay*.jsonl"
RECALL = 0.8
PAIRS = 5_000  # by chance
FALSE_ALARMS = 0.005

Scored = Sequence[tuple[float, bool]]  # score, whether a person called it a duplicate


def measure(data: Data) -> Iterator[Row]:
    """Yield how well the score orders the pairs that were read, and how many of the others reach LIKELY."""
    texts = _stream(data.file(STREAM))
    rarity = Rarity.of(texts)
    gold = [(score, row["label"] == "duplicate") for score, row in _pairs(data.file(GOLD), rarity)
            if row["label"] != "unsure"]  # fmt: skip
    yield Row("Duplicates, pairs read", "average precision", average_precision(gold), len(gold), baseline=0.58)
    yield Row("Duplicates, pairs read", "precision at recall .8", precision_at(gold), len(gold), 0.65, 0.41)
    silver = [score >= LIKELY for score, _row in _pairs(data.file(SILVER), rarity)]
    yield Row("Duplicates, nearly identical", "likely", sum(silver) / max(1, len(silver)), len(silver))
    chance = [compare(one, other, rarity).score >= LIKELY for one, other in _by_chance(texts)]
    share = sum(chance) / max(1, len(chance))
    yield Row("Duplicates, pairs by chance", "likely", share, len(chance), FALSE_ALARMS, at_most=True)


def average_precision(scored: Scored) -> float:
    """Return the mean of the precision at each duplicate, the highest score first; equal scores count as one step."""
    hits, total, at = 0, 0.0, 0
    for n, new in _steps(scored):
        hits += new
        at += n
        total += new * hits / at
    return total / max(1, hits)


def precision_at(scored: Scored, recall: float = RECALL) -> float:
    """Return the best precision at which at least this share of the duplicates is found."""
    every = sum(same for _score, same in scored)
    hits, at, best = 0, 0, 0.0
    for n, new in _steps(scored):
        hits += new
        at += n
        if every and hits >= recall * every:
            best = max(best, hits / at)
    return best


def _steps(scored: Scored) -> Iterator[tuple[int, int]]:
    """Yield for each score, the highest first, how many pairs have it and how many of them are duplicates."""
    for score in sorted({score for score, _same in scored}, reverse=True):
        same = [is_same for other, is_same in scored if other == score]
        yield len(same), sum(same)


def _pairs(path: Path, rarity: Rarity) -> Iterator[tuple[float, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            one, other = Said(row["text_a"], 0), Said(row["text_b"], float(row["day_gap"]))
            yield compare(one, other, rarity).score, row


def _stream(path: Path) -> list[str]:
    with path.open(encoding="utf-8") as lines:
        return [f"{row['title'] or ''}\n{row['body']}" for row in map(json.loads, lines)]


def _by_chance(texts: Sequence[str]) -> Iterator[tuple[Said, Said]]:
    """Yield pairs of the whole stream as if a day apart; a real duplicate among them is rare, not impossible."""
    chance = random.Random(6)  # noqa: S311 - a sample, no secret
    for _n in range(min(PAIRS, len(texts) ** 2)):
        first, second = chance.sample(range(len(texts)), 2) if len(texts) > 1 else (0, 0)
        yield Said(texts[first], 0), Said(texts[second], 1)
