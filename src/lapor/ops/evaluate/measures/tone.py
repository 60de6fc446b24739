"""Tone: insults and hate on labelled tweets, and what of complaints is called harsh: by the lexicon, and learned.

The baselines were learned from these tweets, the lexicon was not; what it finds has a reason and a place. The tweets'
licence (CC BY-NC-SA) lets them be evaluated with, not shipped: "learned" is what `lapor train --tone` reaches with such
a file of an operator's own, on the fifth that is held out. Its threshold is set on complaints that are not measured.
A complaint that is found need not be a false alarm, some do insult: the share is the most that can be false.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Mapping, Sequence

from lapor.language import harsh_words
from lapor.language.tone import hated_for
from lapor.ops.evaluate.measures.language import FALSE_ALARMS, STREAM, all_complaints, complaints
from lapor.ops.evaluate.row import Data, Row
from lapor.triage.learning.tone import Marked, learn_tone

TWEETS = "tone/hate*.csv"
HELD_OUT = 0.2
CALM = 5_000  # complaints by which the threshold is set
# subject, column of the label, rules that speak for it, baseline
LABELS = (
    ("Tone, insults", "Abusive", {"insult"}, 0.90),
    ("Tone, hate", "HS", {"insult", "hate", "threat"}, 0.83),
    ("Tone, religion", "HS_Religion", {"religion"}, 0.67),
    ("Tone, people and race", "HS_Race", {"people"}, 0.71),
)

Tweets = Sequence[Mapping[str, str]]


def measure(data: Data) -> Iterator[Row]:
    """Yield precision, recall and F1 for each label, and the share of complaints in which something is found."""
    with data.file(TWEETS).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    tweets = [(_said(row["Tweet"]), row) for row in rows]
    for subject, column, rules, baseline in LABELS:
        yield from _figures(subject, [(bool(found & rules), row[column] == "1") for found, row in tweets], baseline)
    asked = complaints(data.file(STREAM))
    found = [harsh_words(text) for text in asked]
    for rule in ("insult", "hate", "threat"):
        share = sum(any(one.rule == rule for one in said) for said in found) / max(1, len(found))
        yield Row("Tone, complaints", f"called {rule}", share, len(found), FALSE_ALARMS, at_most=True)
    measured = set(asked)
    calm = [text for text in all_complaints(data.file(STREAM)) if text not in measured]
    yield from _learned(rows, asked, random.Random(7).sample(calm, min(CALM, len(calm))))  # noqa: S311 - a sample


def _said(text: str) -> set[str]:
    """Return the rules by which something is found, and for what the hate is."""
    found = harsh_words(text)
    return {one.rule for one in found} | {
        sort for one in found if one.rule == "hate" for sort in hated_for(one.span.of(text))
    }


def _learned(rows: Tweets, asked: Sequence[str], calm: Sequence[str]) -> Iterator[Row]:
    """Learn from four fifths of the tweets, ask the fifth and the complaints."""
    shuffled = random.Random(6).sample(list(rows), len(rows))  # noqa: S311 - an order, no secret
    cut = len(shuffled) - int(len(shuffled) * HELD_OUT)
    past, later = shuffled[:cut], shuffled[cut:]
    if not calm or not later:
        return
    alarmed: set[int] = set()
    for subject, column, _rules, baseline in LABELS:
        model = learn_tone([Marked(row["Tweet"], row[column] == "1") for row in past], calm)
        said = [(model.finds(row["Tweet"]), row[column] == "1") for row in later]
        yield from _figures(f"{subject}, learned", said, baseline)
        alarms = {i for i, text in enumerate(asked) if model.finds(text)}
        yield Row(f"{subject}, learned", "complaints called so", len(alarms) / len(asked), len(asked), FALSE_ALARMS,
                  at_most=True)  # fmt: skip
        alarmed |= alarms
    yield Row("Tone, complaints", "called any of the four, learned", len(alarmed) / len(asked), len(asked),
              FALSE_ALARMS, at_most=True)  # fmt: skip


def _figures(subject: str, said: Sequence[tuple[bool, bool]], baseline: float) -> Iterator[Row]:
    right = sum(guess and true for guess, true in said)
    precision = right / max(1, sum(guess for guess, _true in said))
    recall = right / max(1, sum(true for _guess, true in said))
    yield Row(subject, "precision", precision, len(said))
    yield Row(subject, "recall", recall, len(said))
    yield Row(subject, "F1", 2 * precision * recall / ((precision + recall) or 1), len(said), baseline=baseline)
