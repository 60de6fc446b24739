"""Learning a model from examples in the order of time. The only module that needs scikit-learn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.svm import LinearSVC

from lapor.triage.learning.example import Example
from lapor.triage.learning.features import BLOCKS, Named
from lapor.triage.learning.model import Block, Model, softmax
from lapor.triage.learning.territory import MARK, Territories

WEIGHTS = {"words": 1.0, "pieces": 1.0, "places": 0.5, "category": 0.7}
MOST = {"words": 40_000, "pieces": 20_000, "places": 4_000, "category": 2_000}  # features of a block that are kept
RAREST = {"words": 2, "pieces": 4, "places": 2, "category": 1}
HELD_OUT = 0.2  # the newest share, by which the odds are calibrated before all is learned
STRENGTH = 0.4
HEATS = np.geomspace(0.5, 16, 60)
HALF_LIFE = 365  # days
OLD = 0.1
USUAL_HEAT = 3.0
FEWEST = 20  # later examples, until they say anything about odds


def fit(examples: Sequence[Example], territories: Territories, names: Mapping[str, str]) -> Model:
    """Learn from examples, the oldest first; `names` (label to name) are learned from too: they say what a desk does.

    Raises ValueError where fewer than two labels are to be told apart.
    """
    learned = [replace(one, label=territories.label(one.label)) for one in examples]
    cut = len(learned) - max(1, int(len(learned) * HELD_OUT))
    trial = _fit(learned[:cut], territories, names)
    trial = replace(trial, heat=_heat(trial, learned[cut:]))
    return replace(_fit(learned, territories, names), heat=trial.heat, trust=_trust(trial, examples[cut:]))


def _fit(examples: Sequence[Example], territories: Territories, names: Mapping[str, str]) -> Model:
    """Learn from each example, from each without its category (a report often has none yet), and from the names."""
    labels = dict.fromkeys(one.label for one in examples)
    shown = [*examples, *(Example(names.get(label, label.strip(MARK)), label=label) for label in labels)]
    blocks, parts = _blocks(shown)
    told, matrix = shown, hstack(parts)
    if any(block.name == "category" for block in blocks):
        blind = [part * 0 if block.name == "category" else part for block, part in zip(blocks, parts, strict=True)]
        told, matrix = [*shown, *shown], vstack([matrix, hstack(blind)])
    machine = LinearSVC(C=STRENGTH, random_state=0, tol=1e-3)
    machine.fit(matrix.tocsr(), [one.label for one in told], sample_weight=_freshness(told))
    weights, offsets = machine.coef_, machine.intercept_
    if len(machine.classes_) == 2:  # one line tells two apart
        weights, offsets = np.vstack([-weights, weights]), np.array([-offsets[0], offsets[0]])
    return Model(
        blocks=tuple(blocks),
        weights=weights.T.astype(np.float16),
        offsets=offsets.astype(np.float32),
        labels=tuple(str(label) for label in machine.classes_),
        heat=USUAL_HEAT,
        trust=1.0,
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
        telling = TfidfTransformer(sublinear_tf=True, use_idf=name in ("words", "pieces"))
        parts.append(telling.fit_transform(counts) * WEIGHTS[name])
        features = tuple(str(feature) for feature in counter.get_feature_names_out())
        idf = telling.idf_ if telling.use_idf else np.ones(len(features))
        blocks.append(Block(name, features, idf.astype(np.float32), WEIGHTS[name]))
    return blocks, parts


def _features(reader: Callable[[Example], Named], example: Example) -> list[str]:
    return [feature for feature, _word in reader(example)]


def _freshness(examples: Sequence[Example]) -> list[float]:
    """Return what each example counts: half after HALF_LIFE days, because work moves from one desk to another."""
    newest = max(one.day for one in examples)
    return [max(OLD, 0.5 ** ((newest - one.day) / HALF_LIFE)) if one.day else OLD for one in examples]


def _heat(model: Model, later: Sequence[Example]) -> float:
    """Return the heat at which the odds of what came later were best, by the logarithm of what happened."""
    known = [(model.scores(one), model.labels.index(one.label)) for one in later if one.label in model.labels]
    if len(known) < FEWEST:
        return USUAL_HEAT

    def loss(heat: float) -> float:
        return -float(sum(np.log(softmax(scores * heat)[i] + 1e-9) for scores, i in known))

    return float(min(HEATS, key=loss))


def _trust(model: Model, later: Sequence[Example]) -> float:
    """Return by how much chances must be lowered, because new desks and new habits make the future differ."""
    asked = [(model.guesses(one, most=1), one.label) for one in later]
    claimed = sum(found[0].chance for found, _label in asked if found)
    happened = sum(found[0].label == label for found, label in asked if found)
    return min(1.0, happened / claimed) if len(asked) >= FEWEST and claimed else 1.0
