"""Learning a model from examples in the order of time. The only module that needs scikit-learn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC
from threadpoolctl import threadpool_limits

from lapor.triage.learning.duties import work_of
from lapor.triage.learning.example import Example
from lapor.triage.learning.features import BLOCKS, Named
from lapor.triage.learning.model import LEAST, Block, Doubt, Floats, Model
from lapor.triage.learning.territory import MARK, Territories

WEIGHTS = {"words": 1.0, "pieces": 1.0, "places": 0.5, "category": 0.7, "subject": 0.7, "concepts": 1.0}
# features of a block that are kept
MOST = {"words": 40_000, "pieces": 20_000, "places": 4_000, "category": 2_000, "subject": 2_000, "concepts": 2_000}
RAREST = {"words": 2, "pieces": 4, "places": 2, "category": 1, "subject": 1, "concepts": 2}
OF_TEXT = ("words", "pieces", "concepts")  # rare features tell more
OF_CATEGORY = ("category", "subject")
HELD_OUT = 0.2  # the newest share, by which the odds are calibrated before all is learned
TRIED = 600  # examples of a later share at most: more say the same of the odds
FEW = 3_000  # examples, below which an older share is held out too: one would be too small to say much
STRENGTH, LOOSENESS = 0.2, 10.0  # of the margin machine and of the regression; the first more means closer to the past
SHARES = (0.0, 0.3, 0.6, 0.8)  # of the regression in the sum of both
HEATS = np.geomspace(0.25, 16, 70)
HALF_LIFE = 365  # days
OLD = 0.1
WORK = 2.0  # reports that what an office is there for counts as, whether it had many or few
USUAL_HEAT, USUAL_SHARE = 3.0, 0.3
LEAST_ODDS = 1e-6
USUAL_SLOPE, PRIOR = 0.6, 10.0  # of the doubt: where few later reports tell, answers are taken to be less sure
NO_DOUBT = Doubt()
FEWEST = 20  # later examples, until they say anything about odds


class NothingToLearnError(ValueError):
    """The examples tell no two answers apart: one label, units of one kind of place alone, or no words."""


@dataclass(frozen=True)
class Pair:
    """Two machines that learned the same: margins find the first answer best, a regression the next ones.

    Where the past is small the regression is the better one, where it is large the margins are. Their sum is linear.
    """

    margins: Model
    regression: Model

    def scores(self, example: Example) -> tuple[Floats, Floats]:
        """Return what both say of one report, which is read once."""
        rows, values, _readings = self.margins.read(example)
        one, other = (
            (model.weights[rows].astype(np.float32) * values[:, None]).sum(axis=0) + model.offsets
            for model in (self.margins, self.regression)
        )
        return one, other

    def mixed(self, share: float, heat: float, doubt: Doubt = NO_DOUBT) -> Model:
        """Return one model whose scores are the sum of both, `share` of it the regression's."""
        one, other = self.margins, self.regression
        weights = one.weights.astype(np.float32) * (1 - share) + other.weights.astype(np.float32) * share
        offsets = one.offsets * (1 - share) + other.offsets * share
        return replace(one, weights=weights.astype(np.float16), offsets=offsets, heat=heat, doubt=doubt)


def fit(
    examples: Sequence[Example], territories: Territories, names: Mapping[str, str], *, offices: bool = False
) -> Model:
    """Learn from examples, the oldest first; `names` (label to name) are learned from too: they say what a desk does.

    Where the labels are `offices`, what such an office is there for counts as well (`duties.toml`).
    Raises NothingToLearnError.
    """
    learned = [replace(one, label=territories.label(one.label)) for one in examples]
    if len({one.label for one in learned}) < 2:
        raise NothingToLearnError
    trials = [
        (_fit(learned[:start], territories, names, offices), learned[start:end:step], examples[start:end:step])
        for start, end in _cuts(len(learned))
        if len({one.label for one in learned[:start]}) > 1
        for step in [1 + (end - start) // TRIED]
    ]
    share, heat = _settings([(pair, later) for pair, later, _ in trials])
    doubt = _doubt([(pair.mixed(share, heat), asked) for pair, _, asked in trials])
    return _fit(learned, territories, names, offices).mixed(share, heat, doubt)


def _cuts(n: int) -> list[tuple[int, int]]:
    """Return from where to where later examples try what the ones before them taught."""
    part = max(1, int(n * HELD_OUT))
    return [(n - part * i, n - part * (i - 1)) for i in ((2, 1) if n < FEW else (1,)) if n > part * i]


def _fit(examples: Sequence[Example], territories: Territories, names: Mapping[str, str], offices: bool) -> Pair:
    """Learn from each example, from each without its category (a report often has none yet), names and duties."""
    called = {label: names.get(label, label.strip(MARK)) for label in dict.fromkeys(one.label for one in examples)}
    named = [Example(name, label=label) for label, name in called.items()]
    work = [Example(words, label=label) for label, name in called.items() if offices and (words := work_of(name))]
    shown = [*examples, *named, *work]
    counts = [*_freshness([*examples, *named]), *(WORK for _one in work)]
    blocks, parts = _blocks(shown)
    told, matrix = shown, hstack(parts)
    if any(block.name in OF_CATEGORY for block in blocks):
        blind = [part * 0 if block.name in OF_CATEGORY else part for block, part in zip(blocks, parts, strict=True)]
        told, matrix, counts = [*shown, *shown], vstack([matrix, hstack(blind)]), [*counts, *counts]
    said = matrix.tocsr(), [one.label for one in told], counts
    machines = (
        LinearSVC(C=STRENGTH, random_state=0, tol=1e-3),
        LogisticRegression(C=LOOSENESS, max_iter=60, tol=1e-2),
    )
    return Pair(*(_model(machine, said, blocks, territories) for machine in machines))


def _model(
    machine: LinearSVC | LogisticRegression,
    said: tuple[csr_matrix, list[str], list[float]],
    blocks: Sequence[Block],
    territories: Territories,
) -> Model:
    """Let a machine learn; its scores are brought to one size, so that two machines can be added."""
    matrix, labels, counts = said
    with threadpool_limits(1):  # sparse rows gain nothing from more threads, which wait for each other in a loop
        machine.fit(matrix, labels, sample_weight=counts)
    weights, offsets = machine.coef_, machine.intercept_
    if len(machine.classes_) == 2:  # one line tells two apart
        weights, offsets = np.vstack([-weights, weights]), np.array([-offsets[0], offsets[0]])
    weights, offsets = weights - weights.mean(axis=0), offsets - offsets.mean()
    size = float((matrix @ weights.T + offsets).std()) or 1.0
    return Model(
        blocks=tuple(blocks),
        weights=(weights.T / size).astype(np.float16),
        offsets=(offsets / size).astype(np.float32),
        labels=tuple(str(label) for label in machine.classes_),
        heat=USUAL_HEAT,
        doubt=NO_DOUBT,
        territories=territories,
    )


def _blocks(examples: Sequence[Example]) -> tuple[list[Block], list[csr_matrix]]:
    """Return the blocks of features that occur often enough, and each example's values in them."""
    blocks, parts = [], []
    for name, reader in BLOCKS.items():
        counter = CountVectorizer(
            analyzer=partial(_features, reader), min_df=RAREST[name], max_features=MOST[name], dtype=np.float32
        )
        try:
            counts = counter.fit_transform(examples)
        except ValueError:  # no feature of this kind is frequent enough
            continue
        telling = TfidfTransformer(sublinear_tf=True, use_idf=name in OF_TEXT)
        parts.append(telling.fit_transform(counts) * WEIGHTS[name])
        features = tuple(str(feature) for feature in counter.get_feature_names_out())
        idf = telling.idf_ if telling.use_idf else np.ones(len(features))
        blocks.append(Block(name, features, idf.astype(np.float32), WEIGHTS[name]))
    if not blocks:
        raise NothingToLearnError
    return blocks, parts


def _features(reader: Callable[[Example], Named], example: Example) -> list[str]:
    return [feature for feature, _word in reader(example)]


def _freshness(examples: Sequence[Example]) -> list[float]:
    """Return what each example counts: half after HALF_LIFE days, because work moves from one desk to another."""
    newest = max(one.day for one in examples)
    return [max(OLD, 0.5 ** ((newest - one.day) / HALF_LIFE)) if one.day else OLD for one in examples]


def _settings(trials: Sequence[tuple[Pair, Sequence[Example]]]) -> tuple[float, float]:
    """Return the share and the heat at which the odds of what came later were best (least logarithmic loss)."""
    tried = [_scored(pair, later) for pair, later in trials]
    if sum(len(right) for _one, _other, right in tried) < FEWEST:
        return USUAL_SHARE, USUAL_HEAT

    def loss(settings: tuple[float, float]) -> float:
        share, heat = settings
        return sum(_surprise((one * (1 - share) + other * share) * heat, right) for one, other, right in tried)

    return min(((share, float(heat)) for share in SHARES for heat in HEATS), key=loss)


def _scored(pair: Pair, later: Sequence[Example]) -> tuple[Floats, Floats, npt.NDArray[np.intp]]:
    """Return both machines' scores (example by label) of those whose label is known, and which label was right."""
    labels = {label: i for i, label in enumerate(pair.margins.labels)}
    known = [one for one in later if one.label in labels]
    both = [pair.scores(one) for one in known]
    shape = (len(known), len(labels))
    right = np.array([labels[one.label] for one in known], dtype=np.intp)
    return (
        np.array([one for one, _ in both]).reshape(shape),
        np.array([other for _, other in both]).reshape(shape),
        right,
    )


def _surprise(scores: Floats, right: npt.NDArray[np.intp]) -> float:
    """Return the sum of what the right labels' odds leave to be wished, in logarithms."""
    raised = scores - scores.max(axis=1, keepdims=True) if len(scores) else scores
    odds = np.exp(raised[np.arange(len(right)), right]) / np.exp(raised).sum(axis=1)
    return float(-np.log(odds + LEAST_ODDS).sum())


def _doubt(trials: Sequence[tuple[Model, Sequence[Example]]]) -> Doubt:
    """Return what the chance of the first answer was worth, because new desks and habits make the future differ.

    Two figures, fitted to whether it was right (Platt's scaling), drawn to what is usual as by PRIOR examples.
    """
    asked = [(model.guesses(one, most=1), one.label) for model, later in trials for one in later]
    chances = np.clip([found[0].chance for found, _label in asked if found], LEAST, 1 - LEAST)
    rights = np.array([found[0].label == label for found, label in asked if found], dtype=float)
    odds = np.log(chances / (1 - chances))

    def loss(settings: Floats) -> float:
        slope, lift = settings
        said = slope * odds + lift
        drawn = (slope - USUAL_SLOPE) ** 2 + lift**2
        return float((np.logaddexp(0, said) - rights * said).sum() + PRIOR * drawn)

    slope, lift = minimize(loss, [USUAL_SLOPE, 0.0]).x
    return Doubt(max(0.0, float(slope)), float(lift))
