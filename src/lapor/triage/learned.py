"""What an institution's own past says about one report. Without a model nothing is read, and nothing costs.

A web server loads the models there are before its first reader (`warm`); one that was learned since is loaded when it
is first asked for. Then it stays in the process. Numpy comes with it, scikit-learn never.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

from lapor.agencies.queries.routing import upward
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
    cannot be read is logged and left out: a web server starts without it. Tones have places of their own.
    """
    try:
        homes = sorted((state.folder() / "models").iterdir())
    except FileNotFoundError:
        return 0
    except OSError:
        log.exception("models not read")
        return 0
    from lapor.triage.learning.store import MOST_LOADED, TONES_HOME

    houses = (home.name for home in homes if home.name != TONES_HOME)
    loaded = islice(chain.from_iterable(map(_ready, houses)), MOST_LOADED)
    return sum(1 for _model in chain(_ready(TONES_HOME), loaded))


def broken_models() -> list[str]:
    """Return the models ("institution/kind", tones too) whose newest version cannot be used. For the doctor.

    Officers see what an older version says meanwhile, or nothing.
    """
    from lapor.triage.learning import store

    found, homes = [], state.folder() / "models"
    for home in sorted(homes.iterdir()) if homes.is_dir() else ():
        for kind in store.kinds(home.name):
            try:
                if kept := store.newest(home.name, kind):
                    store.load(kept)
            except store.BrokenModelError:
                found.append(f"{home.name}/{kind}")
    return found


def _ready(home: str) -> Iterator[Model]:
    """Load what was learned for an institution, or the tones, and yield each model that can be read."""
    from lapor.triage.learning import store

    for kind in store.kinds(home):
        if found := store.in_use(home, kind):
            found[1].make_ready()
            yield found[1]


def _asked(
    report: Report,
    text: str,
    kind: str,
    among: frozenset[str] | None,
    shown: bool,
    heirs: Mapping[str, str] | None,
) -> Learned | None:
    from lapor.triage.learning import store
    from lapor.triage.learning.example import Example, pieces

    found = store.in_use(report.agency.code, kind) if report.agency else None
    if found is None:
        return None
    kept, model = found
    category = report.category.code if report.category and kind == UNIT else ""
    example = Example(text, pieces(*(level.name for level in upward(report.place)), report.place_note), category)
    guesses = model.guesses(example, among=among, heirs=heirs)
    chance = guesses[0].chance if guesses else 0.0
    return Learned(kind, tuple(guesses) if chance >= LEAST else (), chance, kept.version, shown)
