"""A model that was learned: sparse features times weights, odds that were fitted to what really happened, reasons.

Reading it needs numpy alone. One answer costs some thousand look-ups and one small sum, whatever it was learned from.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from lapor.triage.learning.example import Example
from lapor.triage.learning.features import BLOCKS
from lapor.triage.learning.territory import Territories

LEAST = 1e-4  # no chance is nearer to 0 or 1, where its odds are taken
SPEAKS = 0.02  # the least that a word adds, to be named as a reason
Floats = npt.NDArray[np.floating]


@dataclass(frozen=True)
class Block:
    """The known features of one kind, how telling each is (idf), and what the block counts beside the others."""

    name: str
    features: tuple[str, ...]
    idf: Floats
    weight: float

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Where each feature stands."""
        return {feature: i for i, feature in enumerate(self.features)}

    @cached_property
    def telling(self) -> list[float]:
        """The idf as plain numbers, which single look-ups are faster on."""
        found: list[float] = self.idf.tolist()
        return found


@dataclass(frozen=True)
class Guess:
    """One answer: `chance` is calibrated, between 0 and 1; `words` are those that spoke for it most."""

    label: str
    chance: float
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Doubt:
    """What later reports taught about the first answer: its logarithmic odds times `slope`, plus `lift`, came true.

    Below 1 the slope says that what was sure was not so sure after all, and what was unsure not so wrong.
    """

    slope: float = 1.0
    lift: float = 0.0

    def honest(self, chance: float) -> float:
        """Return the chance with which an answer was right that claimed this one."""
        kept = min(max(chance, LEAST), 1 - LEAST)
        return 1 / (1 + math.exp(-self.slope * math.log(kept / (1 - kept)) - self.lift))

    def spread(self, ranked: list[tuple[str, float]]) -> list[tuple[str, float]]:
        """Return labels with honest chances, the best first as before, together at most 1.

        A first that claims less takes the others down with it: what is left may be something that was never seen.
        """
        if not ranked:
            return []
        claimed = min(ranked[0][1], 1 - LEAST)
        first = self.honest(claimed)
        share = first / claimed if first < claimed else (1 - first) / (1 - claimed)
        return [(ranked[0][0], first), *((label, chance * share) for label, chance in ranked[1:])]


@dataclass(frozen=True)
class Model:
    """Blocks of features, weights (feature by label), one offset per label, and what calibrates the odds.

    `heat` sharpens or blunts them all, `doubt` says what the first one is worth on reports that came later.
    """

    blocks: tuple[Block, ...]
    weights: Floats
    offsets: Floats
    labels: tuple[str, ...]
    heat: float
    doubt: Doubt
    territories: Territories

    def make_ready(self) -> None:
        """Build now what the first question would build."""
        for block in self.blocks:
            block.index, block.telling  # noqa: B018 - reading them is what builds them

    def guesses(
        self,
        example: Example,
        most: int = 3,
        among: frozenset[str] | None = None,
        heirs: Mapping[str, str] | None = None,
    ) -> list[Guess]:
        """Return the likeliest labels, best first, with their words. `among` are the labels that may be answered.

        What falls on a label that was merged since falls on its heir; what falls on one that may not be answered is
        not given to the others: the chance stays missing.
        """
        heirs = heirs or {}
        part, readings = self._parts(example)
        if not len(part):
            return []
        odds = softmax((part.sum(axis=0) + self.offsets) * self.heat)
        found: dict[str, float] = {}
        for i in np.argsort(-odds)[: most + 5]:
            for label, share in self.territories.shares(self.labels[i], example).items():
                today = heirs.get(label, label)
                found[today] = found.get(today, 0.0) + float(odds[i]) * share
        ranked = self.doubt.spread(sorted(found.items(), key=lambda one: -one[1]))
        best = [(label, chance) for label, chance in ranked if among is None or label in among][:most]
        usual = part.mean(axis=1)
        return [Guess(label, chance, self._words(part, usual, readings, label)) for label, chance in best]

    def _parts(self, example: Example) -> tuple[Floats, list[str]]:
        """Return what each known feature adds to each label, and the word each feature was read from."""
        rows, values, readings = self.read(example)
        return self.weights[rows].astype(np.float32) * values[:, None], readings

    def read(self, example: Example) -> tuple[npt.NDArray[np.int64], Floats, list[str]]:
        """Return the rows of the known features, their values, and the word each was read from."""
        rows: list[int] = []
        values: list[float] = []
        readings: list[str] = []
        start = 0
        for block in self.blocks:
            seen, spoken = _counts(block, example)
            telling = block.telling
            raw = [(1 + math.log(n)) * telling[i] for i, n in seen.items()]
            norm = math.sqrt(sum(value * value for value in raw)) or 1.0
            rows += [start + i for i in seen]
            values += [block.weight * value / norm for value in raw]
            readings += [spoken[i] for i in seen]
            start += len(block.features)
        return np.array(rows, dtype=np.int64), np.array(values, dtype=np.float32), readings

    def _words(self, part: Floats, usual: Floats, readings: list[str], label: str) -> tuple[str, ...]:
        """Return at most three words that speak more for this label than for the `usual` one."""
        learned = self.territories.label(label)
        if learned not in self.labels:
            return ()
        column = self.labels.index(learned)
        gained: dict[str, float] = {}
        for word, gain in zip(readings, (part[:, column] - usual).tolist(), strict=True):
            gained[word] = gained.get(word, 0.0) + gain
        gained = {word: gain for word, gain in gained.items() if len(word) > 2 and " " not in word}
        most = sorted(gained, key=lambda word: -gained[word])[:3]
        return tuple(word for word in most if gained[word] > SPEAKS)


def _counts(block: Block, example: Example) -> tuple[dict[int, int], dict[int, str]]:
    read = tuple(BLOCKS[block.name](example))
    word_of = dict(read)
    seen: dict[int, int] = {}
    spoken: dict[int, str] = {}
    index = block.index
    for feature, n in Counter(feature for feature, _word in read).items():
        i = index.get(feature)
        if i is not None:
            seen[i] = n
            spoken[i] = word_of[feature]
    return seen, spoken


def softmax(scores: Floats) -> Floats:
    raised: Floats = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum())
