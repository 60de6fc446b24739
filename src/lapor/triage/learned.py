"""What an institution's own past says about one report. Without a model nothing is read, and nothing costs.

A web server loads the models there are before its first reader (`warm`); one that was learned since is loaded when it
is first asked for. Then it stays in the process. Numpy comes with it, scikit-learn never.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from lapor.agencies.models import Place
from lapor.agencies.queries.subjects import current_codes
from lapor.agencies.queries.tree import merged_units
from lapor.kernel import state
from lapor.reports.models import Report
from lapor.reports.queries.suggestions import shown_kinds
from lapor.reports.suggested import CATEGORY, KINDS, UNIT, Advised

if TYPE_CHECKING:
    from lapor.triage.learning.model import Guess, Model

LEAST = 0.3  # chance of the first, below which the model says that it is not sure
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Learned:
    """The answer of one kind: guesses, the likeliest first, none where it is not sure; and whether to show it."""

    kind: str
    guesses: tuple[Guess, ...]
    chance: float
    version: int
    is_shown: bool

    @property
    def is_unsure(self) -> bool:
        """Tell whether the model has no answer that it would stand by."""
        return not self.guesses

    def as_advised(self) -> Advised:
        """Return what is written down beside the officer's choice."""
        codes = tuple(guess.label for guess in self.guesses)
        return Advised(self.kind, codes, self.chance, self.version, self.is_shown)


def consult(report: Report, text: str, offered: dict[str, frozenset[str]]) -> dict[str, Learned]:
    """Return the answers by kind, as far as the report's institution has models. Three queries, none without a model.

    `offered` are the codes in use now by kind: a desk that takes nothing more, a category that was merged away are
    not answered, and one that is newer than the model is unknown to it. A broken model is logged and left out.
    """
    if report.agency is None or not (state.folder() / "models" / report.agency.code).is_dir():
        return {}
    shown = shown_kinds(report.agency.pk)
    units = {gone.code: gone.heir for gone in merged_units(report.agency.pk)}
    heirs = {UNIT: units, CATEGORY: current_codes()}
    found = (_asked(report, text, kind, offered.get(kind), kind in shown, heirs.get(kind)) for kind in KINDS)
    return {one.kind: one for one in found if one}


def warm() -> int:
    """Load the models there are, as many as stay in memory, so that nobody waits for them; tells how many.

    Half a second for an institution's three, which the first to verify there would wait for. Reads no table. What
    cannot be read is logged and left out: a web server starts without it.
    """
    try:
        homes = sorted((state.folder() / "models").iterdir())
    except FileNotFoundError:
        return 0
    except OSError:
        log.exception("models not read")
        return 0
    from lapor.triage.learning.store import MOST_LOADED

    return sum(islice(filter(None, (_is_loaded(home.name, kind) for home in homes for kind in KINDS)), MOST_LOADED))


def broken_models() -> list[str]:
    """Return the models ("institution/kind") that cannot be used; officers see nothing of them. For the doctor."""
    from lapor.triage.learning.store import BrokenModelError

    found, homes = [], state.folder() / "models"
    for home in sorted(homes.iterdir()) if homes.is_dir() else ():
        for kind in KINDS:
            try:
                _model(home.name, kind)
            except BrokenModelError:
                found.append(f"{home.name}/{kind}")
    return found


def _is_loaded(institution: str, kind: str) -> bool:
    from lapor.triage.learning.store import BrokenModelError

    try:
        if found := _model(institution, kind):
            found[1].make_ready()
    except BrokenModelError:
        log.exception("model not used")
        return False
    return found is not None


def _model(institution: str, kind: str) -> tuple[int, Model] | None:
    """Return the version in use and its model, None where nothing was learned. Raises BrokenModelError."""
    from lapor.triage.learning import store

    kept = store.newest(institution, kind)
    return (kept.version, store.load(kept)) if kept else None


def _asked(
    report: Report,
    text: str,
    kind: str,
    among: frozenset[str] | None,
    shown: bool,
    heirs: Mapping[str, str] | None,
) -> Learned | None:
    from lapor.triage.learning.example import Example, pieces
    from lapor.triage.learning.store import BrokenModelError

    try:
        found = _model(report.agency.code, kind) if report.agency else None
    except BrokenModelError:
        log.exception("model not used")
        return None
    if found is None:
        return None
    version, model = found
    category = report.category.code if report.category and kind == UNIT else ""
    example = Example(text, pieces(*_names(report.place), report.place_note), category)
    guesses = model.guesses(example, among=among, heirs=heirs)
    chance = guesses[0].chance if guesses else 0.0
    return Learned(kind, tuple(guesses) if chance >= LEAST else (), chance, version, shown)


def _names(place: Place | None) -> list[str]:
    found = []
    while place is not None:
        found.append(place.name)
        place = place.parent
    return found
