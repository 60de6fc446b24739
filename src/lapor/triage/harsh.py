"""Harsh words beside a report (S46): what the lexicon finds and, where an operator let it learn, what was marked so.

Learned with `lapor train --tone FILE` from texts that the operator may use; without such a model nothing is read. A
hint for a person like the lexicon's: it marks the word that speaks most, masks nothing, refuses nothing.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

from lapor.kernel import state
from lapor.language import Finding, harsh_words
from lapor.language.findings import Span, Words
from lapor.triage.learning import store
from lapor.triage.learning.tone import Tone

# Columns of the file, and the rule of the finding: an insult, or hate against a group.
TONES = {"insult": "insult", "hate": "hate", "religion": "hate", "race": "hate"}
REASONS = {
    "insult": Words(
        "mirip teks yang ditandai sebagai kata kasar (model setempat)", "like texts marked as insults (local model)"
    ),
    "hate": Words(
        "mirip teks yang ditandai sebagai ujaran kebencian (model setempat)", "like texts marked as hate (local model)"
    ),
}
log = logging.getLogger(__name__)


def harsh(text: str) -> tuple[Finding, ...]:
    """Return the lexicon's findings, then what a learned tone adds: one word for each rule the lexicon is silent on."""
    found = list(harsh_words(text))
    for one in _learned(text):
        if one.rule not in {other.rule for other in found}:
            found.append(one)
    return tuple(found)


def tones() -> dict[str, Tone]:
    """Return the newest learned tones by name, none where nothing was learned. A broken one is logged and left out."""
    if not (state.folder() / "models" / store.TONES_HOME).is_dir():
        return {}
    return {name: tone for name in TONES if (tone := _tone(name))}


def _learned(text: str) -> Iterator[Finding]:
    for name, tone in tones().items():
        if tone.finds(text) and (span := _where(tone.words(text), text)):
            yield Finding(span, TONES[name], REASONS[TONES[name]])


def _where(words: tuple[str, ...], text: str) -> Span | None:
    """Return where the word stands that speaks most; None where no whole word does, which is nothing to show."""
    for word in words:
        if match := re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE):
            return Span(match.start(), match.end())
    return None


def _tone(name: str) -> Tone | None:
    try:
        found = store.in_use(store.TONES_HOME, name)
        return Tone(found[1], float(found[0].facts["threshold"])) if found else None
    except (OSError, ValueError, KeyError):
        log.exception("tone not used")
        return None
