"""Unit and category: learned from the older part of a stream, asked about the newer one.

Figures "of the frequent" count only labels with at least FREQUENT earlier reports, as the baselines in the data's
README do (TF-IDF and a linear SVM). Time is the processor's, on one core: other work on the machine does not count.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from lapor.agencies.names import unit_key
from lapor.ops.evaluate.row import Data, Row
from lapor.triage.learning.example import Example, pieces
from lapor.triage.learning.measures import measure as measured
from lapor.triage.learning.model import Model
from lapor.triage.learning.store import write_arrays
from lapor.triage.training import LATER, territories

STREAM = "replay/replay*.jsonl"
FREQUENT = 8
NEARLY_SAME = 0.7  # cosine of the weighted words
TIMED = 300  # suggestions that are timed


@dataclass(frozen=True)
class Stream:
    """One source of the stream, what is learned of it, and its goals and baselines by figure."""

    source: str
    institution: str
    column: str
    subject: str
    goals: Mapping[str, float] = field(default_factory=dict)
    baselines: Mapping[str, float] = field(default_factory=dict)


_SURABAYA = "Pemerintah Kota Surabaya"
_BANDUNG = "Pemerintah Kabupaten Bandung"
STREAMS = (
    Stream("surabaya_mediacenter", _SURABAYA, "agency", "Unit, Surabaya",
           {"top1": 0.88, "top3": 0.95}, {"top1": 0.846, "macro_f1": 0.43, "top3": 0.931}),
    Stream("lapor_kab_bandung", _BANDUNG, "agency", "Unit, Bandung",
           {"top1": 0.66, "top3": 0.85}, {"top1": 0.609, "macro_f1": 0.37, "top3": 0.795}),
    Stream("lapor_kab_bandung", _BANDUNG, "category", "Category, Bandung",
           {"top3": 0.80}, {"top1": 0.50, "macro_f1": 0.28, "top3": 0.74}),
)  # fmt: skip
NAMES = {"top1": "right first", "top3": "right among three", "macro_f1": "macro-F1", "error": "calibration error",
         "coverage": "answered at 90 % precision"}  # fmt: skip


def measure(data: Data) -> Iterator[Row]:
    """Yield the figures of each stream, all labels and the frequent ones, and what learning and asking cost."""
    for stream in STREAMS:
        past, later, names = _parts(stream, data)
        if len(past) < FREQUENT or not later:
            continue
        yield from _figures(stream, past, later, names)
        yield from _agreement(stream, [*past, *later])


def _figures(
    stream: Stream, past: Sequence[Example], later: Sequence[Example], names: Mapping[str, str]
) -> Iterator[Row]:
    model, seconds = _learned(stream, past, names)
    yield from _rows(stream.subject, model, later, stream.goals if stream.column == "agency" else {}, {})
    if any(one.category for one in later):
        blind = [replace(one, category="") for one in later]
        yield from islice(_rows(f"{stream.subject}, category not told", model, blind, {}, {}), 2)
    yield from _costs(stream, model, later, seconds)
    seen = Counter(one.label for one in past)
    few = [[one for one in part if seen[one.label] >= FREQUENT] for part in (past, later)]
    frequent, _ = _learned(stream, few[0], names)
    yield from _rows(f"{stream.subject}, of the frequent", frequent, few[1], stream.goals, stream.baselines)


def _learned(stream: Stream, past: Sequence[Example], names: Mapping[str, str]) -> tuple[Model, float]:
    from lapor.triage.learning.fitting import fit

    start = time.process_time()
    units = territories(names if stream.column == "agency" else {}, stream.institution, past)
    return fit(past, units, names, offices=stream.column == "agency"), time.process_time() - start


def _rows(
    subject: str, model: Model, later: Sequence[Example], goals: Mapping[str, float], baselines: Mapping[str, float]
) -> Iterator[Row]:
    found = measured([(model.guesses(one), one.label) for one in later])
    for figure, name in NAMES.items():
        yield Row(subject, name, getattr(found, figure), found.n, goals.get(figure), baselines.get(figure))


def _costs(stream: Stream, model: Model, later: Sequence[Example], seconds: float) -> Iterator[Row]:
    times = []
    for one in later[:TIMED]:
        start = time.process_time()
        model.guesses(one)
        times.append((time.process_time() - start) * 1000)
    slow = sorted(times)[int(len(times) * 0.95)] if times else 0.0
    yield Row(stream.subject, "processor seconds to learn", seconds, len(later), 60, at_most=True)
    yield Row(stream.subject, "one suggestion, p95, ms", slow, len(times), 20, at_most=True)
    with TemporaryDirectory() as folder:
        write_arrays(model, path := Path(folder) / "unit.npz")
        size = path.stat().st_size / 1e6
    yield Row(stream.subject, "model, MB", size, 1, 30, at_most=True)


def _parts(stream: Stream, data: Data) -> tuple[list[Example], list[Example], dict[str, str]]:
    """Return what is learned from, what is asked, and the names of the labels."""
    names: dict[str, str] = {}
    later = _read(stream, data.file(STREAM), names)
    if data.past:
        return _read(stream, data.file(STREAM, past=True), names), later, names
    cut = len(later) - int(len(later) * LATER)
    return later[:cut], later[cut:], names


def _read(stream: Stream, path: Path, names: dict[str, str]) -> list[Example]:
    found = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["source"] == stream.source and row[stream.column]:
                found.append(_example(stream, row, names))
    return sorted(found, key=lambda one: one.day)


def _example(stream: Stream, row: Mapping[str, str | None], names: dict[str, str]) -> Example:
    written = str(row[stream.column])
    label = unit_key(written, stream.institution) if stream.column == "agency" else written
    names.setdefault(label, written)
    return Example(
        text=f"{row['title'] or ''}\n{row['body']}",
        places=pieces(*(row[level] or "" for level in ("village", "district", "address"))),
        category=(row["category"] or "") if stream.column == "agency" else "",
        label=label,
        day=datetime.fromisoformat(str(row["received_at"])).toordinal(),
    )


def _agreement(stream: Stream, examples: Sequence[Example]) -> Iterator[Row]:
    """Yield how often nearly identical texts were decided alike: where people differ, no model can be right twice."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    found = TfidfVectorizer(sublinear_tf=True).fit_transform([one.text.lower() for one in examples])
    pairs = (found @ found.T).tocoo()
    close = (pairs.row < pairs.col) & (pairs.data >= NEARLY_SAME)
    alike = [examples[a].label == examples[b].label for a, b in zip(pairs.row[close], pairs.col[close], strict=True)]
    if alike:
        yield Row(stream.subject, "nearly identical texts decided alike", sum(alike) / len(alike), len(alike))
