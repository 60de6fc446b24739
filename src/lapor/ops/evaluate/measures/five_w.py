"""5W1H: 200 invented reports, read twice (`own/five_w.jsonl`), beside what the coach and the checklist see in them.

An answer is right where the words that are shown share a word with those of a reader. The texts with an even number
are held out: no rule was made after looking at what it misses there. How often both readings agree is told beside, for
no machine can be held to more; both readings are by one hand, so that the agreement is an upper bound.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files

from lapor.language import Span, missing, moments
from lapor.ops.evaluate.row import Data, Row

SLOTS = ("what", "when", "where", "who", "why", "how")
HALVES = (("held out", True), ("worked on", False))
Told = Mapping[str, Sequence[Sequence[int | str]]]  # slot: start, end, and for "when" its ISO 8601 value


@dataclass(frozen=True)
class Read:
    """One text, when it was sent (local time), and what each reading and their agreement say of it."""

    text: str
    sent: datetime
    held_out: bool
    first: Told
    second: Told
    agreed: Told


def measure(data: Data) -> Iterator[Row]:
    """Yield F1 for each of the six questions and each half, of the moments' values, and the agreement of both readings.

    The texts are the product's own: `data` is not asked.
    """
    texts = read()
    for name, held_out in HALVES:
        half = [one for one in texts if one.held_out == held_out]
        for slot in SLOTS:
            yield Row(f"5W1H, {slot}", f"F1, {name}", f1([_answered(one, slot) for one in half]), len(half))
        yield Row("5W1H, all six", f"F1 of what is left open, {name}", f1(list(_left_open(half))), 6 * len(half))
        told = sum(len(one.agreed.get("when", ())) for one in half)
        yield Row("5W1H, when", f"F1 of dates and spans of time, {name}", f1([_dated(one) for one in half]), told)
    for slot in SLOTS:
        yield Row(f"5W1H, {slot}", "agreement of two readings, kappa", kappa(texts, slot), len(texts))
        yield Row(f"5W1H, {slot}", "agreement of two readings, F1 of places", agreement(texts, slot), len(texts))


def read() -> list[Read]:
    """Return the texts in the order of the file."""
    lines = (files("lapor.ops.evaluate") / "own" / "five_w.jsonl").read_text(encoding="utf-8").splitlines()
    rows = map(json.loads, lines)
    return [
        Read(row["text"], datetime.fromisoformat(row["sent"]), row["held_out"], *(row[key] for key in KEYS))
        for row in rows
    ]


KEYS = ("first", "second", "agreed")
Counts = tuple[int, int, int]  # right, said, to be said


def f1(counts: Sequence[Counts]) -> float:
    """Return the harmonic mean of precision and recall: twice what is right over what is said and is to be said."""
    right, said, wanted = (sum(part) for part in zip(*counts, strict=True)) if counts else (0, 0, 0)
    return 2 * right / ((said + wanted) or 1)


def _answered(one: Read, slot: str) -> Counts:
    """The product shows one place for each question: right where it shares a word with what a reader marked."""
    found, wanted = _found(one)[slot], one.agreed.get(slot, ())
    right = found is not None and any(_meet(found, place) for place in wanted)
    return int(right), int(found is not None), int(bool(wanted))


def _left_open(half: Sequence[Read]) -> Iterator[Counts]:
    for one in half:
        found = _found(one)
        for slot in SLOTS:
            said, wanted = found[slot] is None, slot not in one.agreed
            yield int(said and wanted), int(said), int(wanted)


def _found(one: Read) -> dict[str, Span | None]:
    return {question.rule: question.found for question in missing(one.text, "complaint", one.sent.date())}


def _dated(one: Read) -> Counts:
    """A moment is right where a reader marked the words and gave the same value; vague ones ("?") are not asked."""
    wanted = [place for place in one.agreed.get("when", ()) if "?" not in str(place[2])]
    found = [moment for moment in moments(one.text, one.sent.date()) if moment.value != "?"]
    right = sum(any(_meet(said.span, place) and said.value == place[2] for place in wanted) for said in found)
    return right, len(found), len(wanted)


def _meet(span: Span, place: Sequence[int | str]) -> bool:
    return span.start < int(place[1]) and int(place[0]) < span.end


def kappa(texts: Sequence[Read], slot: str) -> float:
    """Return Cohen's kappa of both readings on whether a text answers a question."""
    pairs = [(slot in one.first, slot in one.second) for one in texts]
    same = sum(a == b for a, b in pairs) / len(pairs)
    first, second = (sum(side) / len(pairs) for side in zip(*pairs, strict=True))
    chance = first * second + (1 - first) * (1 - second)
    return 1.0 if chance == 1 else (same - chance) / (1 - chance)


def agreement(texts: Sequence[Read], slot: str) -> float:
    """Return the share of marked places, of both readings together, that meet one of the other reading."""
    met = marked = 0
    for one in texts:
        for mine, other in ((one.first, one.second), (one.second, one.first)):
            for place in mine.get(slot, ()):
                marked += 1
                met += any(_meet(Span(int(place[0]), int(place[1])), there) for there in other.get(slot, ()))
    return met / max(1, marked)
