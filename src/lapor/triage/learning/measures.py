"""How good guesses are, against what people decided later. Plain counting, no library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lapor.triage.learning.model import Guess

PRECISE = 0.9
BINS = 10


@dataclass(frozen=True)
class Figures:
    """Shares between 0 and 1 of `n` asked: right first, right among three, macro-F1 over the labels that occur.

    `error` is the expected calibration error (ten bins); `coverage` how many can be answered, the surest first, with
    nine of ten right.
    """

    n: int
    top1: float
    top3: float
    macro_f1: float
    error: float
    coverage: float


def measure(answers: Sequence[tuple[Sequence[Guess], str]]) -> Figures:
    """Compare the guesses (best first) with the truth of each; all zero where nothing was asked."""
    firsts = [(found[0] if found else Guess("", 0.0), truth) for found, truth in answers]
    sure = [(one.chance, one.label == truth) for one, truth in firsts]
    return Figures(
        n=len(answers),
        top1=_share(right for _chance, right in sure),
        top3=_share(truth in [one.label for one in found[:3]] for found, truth in answers),
        macro_f1=macro_f1([(one.label, truth) for one, truth in firsts]),
        error=_calibration(sure),
        coverage=_coverage(sure),
    )


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """Return the mean F1 over the labels of (guessed, true) pairs, those guessed or true."""
    right = Counter(truth for guess, truth in pairs if guess == truth)
    guessed, true = Counter(guess for guess, _ in pairs), Counter(truth for _, truth in pairs)
    labels = set(guessed) | set(true)
    return sum(2 * right[label] / (guessed[label] + true[label]) for label in labels) / max(1, len(labels))


def _share(rights: object) -> float:
    found = [bool(one) for one in rights]  # type: ignore[attr-defined]
    return sum(found) / max(1, len(found))


def _calibration(sure: Sequence[tuple[float, bool]]) -> float:
    bins: dict[int, list[tuple[float, bool]]] = {}
    for chance, right in sure:
        bins.setdefault(min(BINS - 1, int(chance * BINS)), []).append((chance, right))
    gaps = [abs(sum(chance for chance, _ in one) - sum(right for _, right in one)) for one in bins.values()]
    return sum(gaps) / max(1, len(sure))


def _coverage(sure: Sequence[tuple[float, bool]]) -> float:
    """Return the largest share, the surest first, of which at least PRECISE are right."""
    best, rights = 0, 0
    for n, (_chance, right) in enumerate(sorted(sure, key=lambda one: -one[0]), start=1):
        rights += right
        best = n if rights >= PRECISE * n else best
    return best / max(1, len(sure))
