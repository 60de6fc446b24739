"""Learning from an institution's own dispositions: read, measure on the newest fifth, learn from all, keep it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from lapor.agencies.also_called import also_called
from lapor.agencies.models import Category
from lapor.agencies.queries.tree import AgencyInfo, desks_of, merged_units
from lapor.reports.queries.decided import Decided, decided
from lapor.reports.suggested import CATEGORY, CLASSIFICATION, KINDS, UNIT
from lapor.sop.vocabulary import Classification
from lapor.triage.learning import store
from lapor.triage.learning.example import Example, pieces
from lapor.triage.learning.measures import Figures, measure
from lapor.triage.learning.territory import Territories

FEWEST = 100  # decided reports, below which nothing is learned: chance would look like knowledge
LATER = 0.2  # the newest share, on which it is measured before all is learned


@dataclass(frozen=True)
class Learned:
    """What one training came to: the version kept, from how many reports of which days, and figures on later ones."""

    kind: str
    version: int
    examples: int
    labels: int
    days: tuple[str, str]
    figures: Figures
    seconds: float
    megabytes: float


@dataclass(frozen=True)
class TooFew:
    """Why nothing was learned: only `examples` decided reports, or no two answers that they tell apart.

    Nothing is kept either where only the newest fifth knows a second answer: nobody could say how good it is.
    """

    kind: str
    examples: int


def train(house: AgencyInfo, *, now: datetime) -> list[Learned | TooFew]:
    """Learn every kind from the institution's own reports and keep a new version of each. Needs scikit-learn."""
    rows = list(decided(house.id))
    desks = desks_of(house.id)
    found: list[Learned | TooFew] = []
    for kind in KINDS:
        examples = [one for one in (_example(row, kind) for row in rows) if one.label]
        found.append(_learn(house, desks, kind, examples, now))
    return found


def _learn(
    house: AgencyInfo, desks: Sequence[AgencyInfo], kind: str, examples: Sequence[Example], now: datetime
) -> Learned | TooFew:
    if len(examples) < FEWEST or len({one.label for one in examples}) < 2:
        return TooFew(kind, len(examples))
    from lapor.triage.learning.fitting import NothingToLearnError

    try:
        return _fitted(house, desks, kind, examples, now)
    except NothingToLearnError:
        return TooFew(kind, len(examples))


def _fitted(
    house: AgencyInfo, desks: Sequence[AgencyInfo], kind: str, examples: Sequence[Example], now: datetime
) -> Learned:
    from lapor.triage.learning.fitting import fit

    start = time.monotonic()
    names = {desk.code: desk.name for desk in desks if desk.kind == "unit"} if kind == UNIT else {}
    spoken = _spoken(kind, house, desks)
    figures = try_out(examples, names, house.name, spoken)
    model = fit(examples, territories(names, house.name, examples), spoken, offices=bool(names))
    first, last = (datetime.fromordinal(one.day).date().isoformat() for one in (examples[0], examples[-1]))
    facts = {
        "learned_at": now.isoformat(),
        "examples": len(examples),
        "days": [first, last],
        "figures": asdict(figures),
    }
    kept = store.save(model, house.code, kind, facts)
    return Learned(
        kind,
        kept.version,
        len(examples),
        len({one.label for one in examples}),
        (first, last),
        figures,
        time.monotonic() - start,
        kept.path.stat().st_size / 1e6,
    )


def try_out(
    examples: Sequence[Example], names: Mapping[str, str], institution: str, spoken: Mapping[str, str]
) -> Figures:
    """Learn from the older examples and answer the newest LATER of them."""
    from lapor.triage.learning.fitting import fit

    cut = len(examples) - int(len(examples) * LATER)
    past = examples[:cut]
    model = fit(past, territories(names, institution, past), spoken, offices=bool(names))
    return measure([(model.guesses(one), one.label) for one in examples[cut:]])


def territories(names: Mapping[str, str], institution: str, examples: Iterable[Example]) -> Territories:
    """Return which units are named by a place, and how many of the examples each had."""
    return Territories.of(names, institution, [one.label for one in examples])


def _example(row: Decided, kind: str) -> Example:
    label = {UNIT: row.unit, CATEGORY: row.category, CLASSIFICATION: row.classification}[kind]
    return Example(
        text=f"{row.title}\n{row.text}",
        places=pieces(*row.places, row.place_note),
        category=row.category if kind == UNIT else "",
        label=label,
        day=row.received_at.toordinal(),
    )


def _spoken(kind: str, house: AgencyInfo, desks: Sequence[AgencyInfo]) -> dict[str, str]:
    """Return what a label is called besides what its reports say; a unit also by the names of those it took over."""
    if kind == CLASSIFICATION:
        return {str(one): one.id for one in Classification}
    if kind == CATEGORY:
        return dict(Category.objects.values_list("code", "name_id"))
    called = {desk.code: [desk.name, *also_called(desk.name, desk.short_name, desk.source_name)] for desk in desks}
    for gone in merged_units(house.id):
        called.get(gone.heir, []).append(gone.name)
    return {code: " ".join(names) for code, names in called.items()}
