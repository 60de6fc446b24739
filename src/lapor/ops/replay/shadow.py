"""The page about a replay in shadow: how far suggestions and choices agreed, what errors cost, and what drifts.

Counted from codes alone: no word of a report is on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from lapor.ops.replay.result import Result
from lapor.ops.replay.speeds import Curve, Speeds
from lapor.reports.suggested import CATEGORY, CLASSIFICATION, KINDS, UNIT

SURE = (0.3, 0.5, 0.7, 0.9)  # chances from which a suggestion might be heeded
MOST = 15  # categories shown
SUBJECTS = {UNIT: "Units", CATEGORY: "Categories", CLASSIFICATION: "Kinds of report"}


@dataclass(frozen=True)
class Agreement:
    """Of `asked` choices: to how many something was suggested, it was right first, or among those suggested."""

    asked: int
    answered: int
    first: int
    among: int

    @classmethod
    def of(cls, rows: Iterable[dict[str, Any]]) -> Agreement:
        """Count suggestions as they were written down."""
        found = list(rows)
        return cls(
            asked=len(found),
            answered=sum(bool(row["offered"]) for row in found),
            first=sum(row["offered"][:1] == [row["chosen"]] for row in found),
            among=sum(row["chosen"] in row["offered"] for row in found),
        )

    @property
    def wrong(self) -> int:
        """How often the first was wrong."""
        return self.answered - self.first

    def cells(self) -> tuple[str, ...]:
        """Return the columns of COUNTED."""
        return (
            f"{self.asked:,}",
            share(self.answered, self.asked),
            share(self.first, self.answered),
            share(self.among, self.answered),
            f"{self.wrong:,}",
        )


COUNTED = ("chosen", "suggested to", "right first", "right among three", "wrong first")


def share(part: int, whole: int) -> str:
    """Return a share with two decimals, "-" of nothing."""
    return f"{part / whole:.2f}" if whole else "-"


def page(result: Result, speeds: Speeds) -> str:
    """Return the page in Markdown; the same for the same replay."""
    return "\n".join([*_head(result), *(line for kind in KINDS for line in _kind(kind, result, speeds)), ""])


def _head(result: Result) -> Iterator[str]:
    played = result.played
    yield "# A shadow week: suggestions beside the choices of a replayed stream"
    yield ""
    yield "Written by `lapor replay FILE --from DATE --to DATE --source SOURCE --shadow PAGE`. Whatever came in before"
    yield "the first day was imported and learned from, as `lapor train` does. Then the stream was played, officers"
    yield "chose what its rows tell, and what the models would have said was written down beside. Nobody saw it:"
    yield "[why suggestions begin in the shadow](../adr/0022-suggestions-from-the-own-past.md)."
    yield ""
    sources = ", ".join(played["sources"]) or "All sources"
    yield f"{sources}, {played['from']} to {played['to']}: {played['filed']:,} reports came in;"
    yield f"{len(result.suggested):,} choices have a suggestion beside them. What was archived, or waited at the end,"
    yield "was no choice. The category as the stream tells it was known when the unit was suggested. Figures of a"
    yield "single week are few: read the sums."


def _kind(kind: str, result: Result, speeds: Speeds) -> Iterator[str]:
    rows = [row for row in result.suggested if row["kind"] == kind]
    if not rows:
        return
    yield f"\n## {SUBJECTS[kind]}\n"
    yield from _lessons([one for one in result.lessons if one["kind"] == kind])
    yield "\n**By institution**\n"
    yield from _grouped("institution", rows, lambda row: str(row["institution"]))
    yield "\n**By week** (drift: does agreement fall with time?)\n"
    yield from _grouped("week from", rows, _week)
    yield from _drift(rows, [one for one in result.lessons if one["kind"] == kind])
    yield "\n**By how sure it was**: a suggestion that is shown from this chance on\n"
    yield from _sure(rows)
    yield from _cost(kind, rows, speeds)
    yield "\n**By category**, the most wrong first\n"
    yield from _grouped("category", rows, lambda row: str(row["category"]), by_wrong=True)
    yield "\n**By language**\n"
    yield from _grouped("language", rows, lambda row: str(row["language"]))


def _lessons(lessons: Sequence[dict[str, Any]]) -> Iterator[str]:
    yield from _table(
        ("institution", "learned from", "first day", "last day", "right first then", "among three then",
         "calibration error then"),
        [
            (one["institution"], f"{one['examples']:,}", *one["days"], f"{one['figures']['top1']:.2f}",
             f"{one['figures']['top3']:.2f}", f"{one['figures']['error']:.2f}")
            for one in lessons
        ],
    )  # fmt: skip
    yield '\n"Then" is on the newest fifth of what was learned from, asked always, sure or not.'


def _grouped(
    title: str, rows: Sequence[dict[str, Any]], key: Callable[[dict[str, Any]], str], *, by_wrong: bool = False
) -> Iterator[str]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    counted = sorted((name, Agreement.of(found)) for name, found in groups.items())
    if by_wrong:
        counted = sorted(counted, key=lambda one: (-one[1].wrong, one[0]))[:MOST]
    yield from _table((title, *COUNTED), [(name or "-", *found.cells()) for name, found in counted])


def _week(row: dict[str, Any]) -> str:
    day = date.fromisoformat(row["day"])
    return (day - timedelta(days=day.weekday())).isoformat()


def _drift(rows: Sequence[dict[str, Any]], lessons: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Compare the halves of the period, asked always, and count choices that the past could not know."""
    known = {one["institution"]: set(one["known"]) for one in lessons}
    ordered = sorted(rows, key=lambda row: str(row["day"]))
    halves = [Agreement.of(part) for part in (ordered[: len(ordered) // 2], ordered[len(ordered) // 2 :])]
    new = sum(row["chosen"] not in known.get(row["institution"], set()) for row in rows)
    yield ""
    before, after = (share(half.first, half.answered) for half in halves)
    yield f"Right first of what was suggested: {before} in the first half of the choices, {after} in the second."
    yield f"{new} of {len(rows)} choices were of something that the past never chose: no model can know it."


def _sure(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    lines = []
    for least in SURE:
        heeded = [row for row in rows if row["offered"] and row["chance"] >= least]
        found = Agreement.of(heeded)
        mean = sum(row["chance"] for row in heeded) / max(1, len(heeded))
        lines.append(
            (f"{least:.1f}", share(len(heeded), len(rows)), f"{mean:.2f}", share(found.first, found.answered),
             f"{found.wrong:,}")
        )  # fmt: skip
    yield from _table(("chance from", "of all choices", "mean chance said", "right first", "wrong first"), lines)


def _cost(kind: str, rows: Sequence[dict[str, Any]], speeds: Speeds) -> Iterator[str]:
    """Tell what the wrong ones would have cost, had they been followed blindly."""
    found = Agreement.of(rows)
    yield ""
    yield f"**Cost of errors.** {found.wrong} of {found.answered} first suggestions were wrong; for"
    yield f"{found.among - found.first} of these the right one stood second or third."
    if kind == UNIT:
        days = sum(_mean(speeds.desks[step]) for step in ("return", "dispose_agency"))
        yield "A wrong unit that is followed blindly costs the way back and a second disposition, on average"
        yield f"{days:.1f} working days at the speeds of this replay: at most {found.wrong * days:.0f}"
        yield f"for {found.asked} reports, because an officer reads the report too."


def _mean(curve: Curve) -> float:
    return sum((high - low) * (before + after) / 2 for (low, before), (high, after) in pairwise(curve))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join('---' for _ in head)} |"
    for row in rows:
        yield f"| {' | '.join(row)} |"
