"""A tone that was learned: whether a text is said to be so by those who marked texts like it, beside the lexicon.

Learned from an operator's own marked texts, and from complaints, which hardly ever are: half of them are learned from
as what is not so; of the other half at most ALARMS may be called so, which sets the threshold. The lexicon
(`lapor.language.harsh_words`) needs none of this and stays the start.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from lapor.triage.learning.example import Example
from lapor.triage.learning.model import Model
from lapor.triage.learning.territory import Territories

YES, NO = "yes", "no"
LEAST = 0.4  # the chance from which a text may be called so at all
ALARMS = 0.0008  # of complaints; four tones together stay well below one in two hundred


@dataclass(frozen=True)
class Marked:
    """A text, and whether people said that it is so."""

    text: str
    is_so: bool


@dataclass(frozen=True)
class Tone:
    """A model of one tone, and the chance from which it speaks."""

    model: Model
    threshold: float

    def finds(self, text: str) -> bool:
        """Tell whether the text is called so."""
        return chance(self.model, text) >= self.threshold

    def words(self, text: str) -> tuple[str, ...]:
        """Return at most three words, in small letters, that speak for it most."""
        found = {guess.label: guess.words for guess in self.model.guesses(Example(text), most=2)}
        return found.get(YES, ())


def learn_tone(marked: Sequence[Marked], calm: Sequence[str]) -> Tone:
    """Learn one tone from marked texts in any order; `calm` are complaints.

    Needs scikit-learn. Raises ValueError where all texts are marked the same.
    """
    from lapor.triage.learning.fitting import fit

    said = [*marked, *(Marked(text, is_so=False) for text in calm[::2])]
    mixed = random.Random(1).sample(said, len(said))  # noqa: S311 - an order, no secret: the last are held out
    model = fit([Example(one.text, label=YES if one.is_so else NO, day=1) for one in mixed], Territories({}), {})
    chances = sorted((chance(model, text) for text in calm[1::2]), reverse=True)
    allowed = int(len(chances) * ALARMS)  # so many of them may be called so
    threshold = chances[allowed] + 1e-6 if allowed < len(chances) else LEAST
    return Tone(model, max(LEAST, threshold))


def chance(model: Model, text: str) -> float:
    """Return the calibrated chance that a text is so, 0 where the model knows none of its words."""
    return next((guess.chance for guess in model.guesses(Example(text), most=2) if guess.label == YES), 0.0)
