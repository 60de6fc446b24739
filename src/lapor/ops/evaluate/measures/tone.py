"""Tone: insults and hate on labelled tweets, and what of complaints is called harsh.

The baselines were learned from these tweets, the rules were not; what a rule finds has a reason and a place. A
complaint that is found need not be a false alarm, some do insult: the share is the most that can be false.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

from lapor.language import harsh_words
from lapor.ops.evaluate.measures.language import FALSE_ALARMS, STREAM, complaints
from lapor.ops.evaluate.row import Data, Row

TWEETS = "tone/hate*.csv"
# subject, column of the label, rules that speak for it, baseline
LABELS = (
    ("Tone, insults", "Abusive", {"insult", "hate"}, 0.90),
    ("Tone, hate", "HS", {"insult", "hate", "threat"}, 0.83),
    ("Tone, religion", "HS_Religion", {"hate"}, 0.67),
    ("Tone, people and race", "HS_Race", {"hate"}, 0.71),
)


def measure(data: Data) -> Iterator[Row]:
    """Yield precision, recall and F1 for each label, and the share of complaints in which something is found."""
    with data.file(TWEETS).open(encoding="utf-8", newline="") as lines:
        tweets = [({one.rule for one in harsh_words(row["Tweet"])}, row) for row in csv.DictReader(lines)]
    for subject, column, rules, baseline in LABELS:
        yield from _figures(subject, [(bool(found & rules), row[column] == "1") for found, row in tweets], baseline)
    found = [harsh_words(text) for text in complaints(data.file(STREAM))]
    for rule in ("insult", "hate", "threat"):
        share = sum(any(one.rule == rule for one in said) for said in found) / max(1, len(found))
        yield Row("Tone, complaints", f"called {rule}", share, len(found), FALSE_ALARMS, at_most=True)


def _figures(subject: str, said: Sequence[tuple[bool, bool]], baseline: float) -> Iterator[Row]:
    right = sum(guess and true for guess, true in said)
    precision = right / max(1, sum(guess for guess, _true in said))
    recall = right / max(1, sum(true for _guess, true in said))
    yield Row(subject, "precision", precision, len(said))
    yield Row(subject, "recall", recall, len(said))
    yield Row(subject, "F1", 2 * precision * recall / ((precision + recall) or 1), len(said), baseline=baseline)
