"""Units named by a place ("Kecamatan Anu"): the model learns that a report is a district's, the place tells which one.

So a district that never had a report before is suggested as soon as one lies in it, and a hundred of them need no
hundred examples each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lapor.agencies.names import plain, unit_key
from lapor.triage.learning.example import Example
from lapor.triage.learning.features import words_in

KINDS = ("kecamatan", "kelurahan", "desa", "puskesmas", "distrik", "nagari")
NARROW = ("kelurahan", "desa", "nagari")
AT_HOME, AROUND, CALLED, MENTIONED = 40.0, 10.0, 30.0, 6.0  # beside the share of the kind's earlier reports
MARK = "~"  # begins the label of a kind


@dataclass(frozen=True)
class Territories:
    """Which unit (code) has which kind and place name, and how many earlier reports each had."""

    places: Mapping[str, tuple[str, str]]
    seen: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, names: Mapping[str, str], institution: str, seen: Iterable[str] = ()) -> Territories:
        """Find the units among `names` (code to name) that are named by a place; a kind of one unit is none."""
        keys = {code: unit_key(name, institution) for code, name in names.items()}
        split = {code: key.split(" ", 1) for code, key in keys.items()}
        found = {code: (kind[0], kind[1]) for code, kind in split.items() if kind[0] in KINDS and len(kind) > 1}
        kinds = Counter(kind for kind, _place in found.values())
        kept = {code: place for code, place in found.items() if kinds[place[0]] > 1}
        return cls(kept, Counter(code for code in seen if code in kept))

    def label(self, unit: str) -> str:
        """Return what is learned for a report that went to this unit: its kind, else the unit itself."""
        return MARK + self.places[unit][0] if unit in self.places else unit

    def shares(self, label: str, example: Example) -> dict[str, float]:
        """Return how a kind's chance falls on its units, adding up to 1; any other label falls on itself."""
        if not label.startswith(MARK):
            return {label: 1.0}
        units = [unit for unit, (kind, _place) in self.places.items() if MARK + kind == label]
        total = sum(self.seen.get(unit, 0) for unit in units) + len(units)
        said = f" {' '.join(words_in(example.text))} "
        weights = {unit: (self.seen.get(unit, 0) + 1) / total + self.speaks(unit, example, said) for unit in units}
        whole = sum(weights.values())
        return {unit: weight / whole for unit, weight in weights.items()}

    def speaks(self, unit: str, example: Example, said: str) -> float:
        """Return how much the place and the words speak for one unit; `said` is the text as spaced words."""
        kind, name = self.places[unit]
        here = example.places
        spoken = plain(name)
        weight = 0.0
        if spoken in here:
            narrow = here.index(spoken) == 0
            weight += AT_HOME if narrow == (kind in NARROW) or len(here) == 1 else AROUND
        elif here and set(spoken.split()) <= {word for piece in here[:3] for word in piece.split()}:
            weight += AROUND
        if f" {kind} {spoken} " in said or f" {kind[:3]} {spoken} " in said:
            weight += CALLED
        elif f" {spoken} " in said:
            weight += MENTIONED
        return weight
