"""Learning a tone from an operator's own marked texts (`lapor train --tone FILE`)."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from lapor.agencies.queries import tree
from lapor.reports.queries.decided import newest_texts
from lapor.triage.harsh import TONES
from lapor.triage.learning import store
from lapor.triage.learning.tone import Marked, Tone, learn_tone

FEWEST_MARKED, FEWEST_CALM = 200, 1_000  # fewer complaints cannot show that one in two hundred is not called harsh
MOST_CALM = 5_000
HELD_OUT = 0.2
MOST_TEXT = 100_000  # characters of one cell


class ToneRefusedError(ValueError):
    """The file, or the installation's own reports, are too little to learn a tone from; the message says which."""


@dataclass(frozen=True)
class ToneLearned:
    """A version kept, and how it did on the fifth of the marked texts and of the complaints that it never saw."""

    name: str
    version: int
    marked: int
    precision: float
    recall: float
    alarms: float


def train_tones(file: Path, *, now: datetime) -> list[ToneLearned]:
    """Learn each tone that the file has a column for, measure it on a held-out fifth, keep it. Raises ToneRefusedError.

    The file is CSV with a column `text` and any of TONES, 1 for "is so". Complaints are the installation's own.
    """
    rows = _rows(file)
    calm = _calm()
    if len(calm) < FEWEST_CALM:
        raise ToneRefusedError(
            f"{len(calm):,} of {FEWEST_CALM:,} reports: too few to see how often a complaint is called so"
        )
    mixed = random.Random(1).sample(rows, len(rows))  # noqa: S311 - an order, no secret
    return [_learn(name, mixed, calm, now) for name in TONES if name in mixed[0]]


def _rows(file: Path) -> list[dict[str, str]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = [row for row in csv.DictReader(lines, restval="") if row.get("text")]
    except (UnicodeDecodeError, csv.Error) as unreadable:
        raise ToneRefusedError(f"{file.name}: is no CSV in UTF-8, or a cell is too long ({unreadable})") from unreadable
    if len(rows) < FEWEST_MARKED or not TONES.keys() & rows[0].keys():
        raise ToneRefusedError(
            f"{file.name}: needs a column text, one of {', '.join(TONES)}, and {FEWEST_MARKED} rows; has {len(rows)}"
        )
    return rows


def _calm() -> list[str]:
    """Return texts of the newest reports that nobody needs to keep secret, mixed; published words alone."""
    return _drawn(text for house in tree.institutions() for text in newest_texts(house.id, MOST_CALM))


def _drawn(texts: Iterable[str]) -> list[str]:
    """Return MOST_CALM of the texts by chance, each as likely as any other; never more of them in memory."""
    chance, found = random.Random(2), list[str]()  # noqa: S311 - a sample, no secret
    for n, text in enumerate(texts):
        if n < MOST_CALM:
            found.append(text)
        elif (at := chance.randrange(n + 1)) < MOST_CALM:
            found[at] = text
    chance.shuffle(found)
    return found


def _learn(name: str, rows: Sequence[dict[str, str]], calm: Sequence[str], now: datetime) -> ToneLearned:
    marked = [Marked(row["text"][:MOST_TEXT], row[name].strip() == "1") for row in rows]
    if len({one.is_so for one in marked}) < 2:
        raise ToneRefusedError(f"column {name}: all rows are marked the same")
    cuts = [len(part) - int(len(part) * HELD_OUT) for part in (marked, calm)]
    trial = learn_tone(marked[: cuts[0]], calm[: cuts[1]])
    precision, recall = _rights(trial, marked[cuts[0] :])
    alarms = sum(map(trial.finds, calm[cuts[1] :])) / (len(calm) - cuts[1])
    tone = learn_tone(marked, calm)
    told = {"precision": precision, "recall": recall, "alarms": alarms}
    facts = {"learned_at": now.isoformat(), "examples": len(marked), "threshold": tone.threshold, "figures": told}
    kept = store.save(tone.model, store.TONES_HOME, name, facts)
    return ToneLearned(name, kept.version, len(marked), precision, recall, alarms)


def _rights(tone: Tone, asked: Sequence[Marked]) -> tuple[float, float]:
    said = [(tone.finds(one.text), one.is_so) for one in asked]
    right = sum(found and so for found, so in said)
    return right / max(1, sum(found for found, _ in said)), right / max(1, sum(so for _, so in said))
