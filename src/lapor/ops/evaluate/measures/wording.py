"""Wording: of what is proposed for informal sentences and words, how much people wrote too, and whether a "no" is lost.

An edit is right where the formal sentence has its words. People who wrote those sentences also left words as they were
or chose others of the same sense: the figure is a lower bound.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from lapor.language import Edit, apply_edits, tidy
from lapor.ops.evaluate.row import Data, Row

SENTENCES = "normalisation/stif*.csv"
WORDS = "normalisation/indocollex*.tsv"
PRECISE = 0.95
MARKS = ("spacing", "capital")  # rules that change no word
AROUND = "kata {} itu"  # a word is asked within a sentence: the first one would only get its capital

# However it is typed, a "no" must be the same one afterwards; written together ("gabisa") it is one too.
_SAME = {
    "tidak": ["tidak", "tdk", "tdak", "gak", "ga", "nggak", "ngga", "ngak", "enggak", "engga", "gk", "kagak", "tak"],
    "belum": ["belum", "blm", "blum", "blom", "belom"],
    "jangan": ["jangan", "jgn", "jngan", "jgan"],
    "bukan": ["bukan", "bkn", "bukn"],
}
_TOGETHER = ["gabisa", "gatau", "gaboleh", "gapernah", "gaada", "gada", "gausah", "gamau"]
_NEGATION = {typed: word for word, forms in _SAME.items() for typed in forms} | dict.fromkeys(_TOGETHER, "tidak")
_WORD = re.compile(r"[^\W_]+")


def measure(data: Data) -> Iterator[Row]:
    """Yield the precision of the edits, how many sentences get one, and how many change their negations."""
    pairs = _sentences(data.file(SENTENCES))
    proposed = [(before, after, tidy(before)) for before, after in pairs]
    judged = [said for _before, after, edits in proposed for said in _judged(after, edits)]
    yield Row("Wording, STIF sentences", "precision of edits", _share(judged), len(judged), PRECISE)
    kept = [said for before, after, edits in proposed for said in _judged(after, edits, left=before)]
    yield Row(
        "Wording, STIF sentences", "precision where people wrote another word too", _share(kept), len(kept), PRECISE
    )
    changed = [bool(list(_of_words(edits))) for _before, _after, edits in proposed]
    yield Row("Wording, STIF sentences", "sentences with an edit", _share(changed), len(changed))
    lost = sum(_negations(before) != _negations(apply_edits(before, edits)) for before, _after, edits in proposed)
    yield Row("Wording, STIF sentences", "changed negations", lost, len(proposed), 0, at_most=True)
    yield from _of_list(_words(data.file(WORDS)))


def _of_list(pairs: Sequence[tuple[str, str]]) -> Iterator[Row]:
    said = [(word, formal, _asked(word)) for word, formal in pairs]
    taken = [(formal, after) for word, formal, after in said if after != word]
    right = _share([_plain(after) == _plain(formal) for formal, after in taken])
    yield Row("Wording, IndoCollex words", "precision of edits", right, len(taken), PRECISE)
    yield Row("Wording, IndoCollex words", "words with an edit", len(taken) / max(1, len(said)), len(said))
    lost = sum(_negations(word) != _negations(after) for word, _formal, after in said)
    yield Row("Wording, IndoCollex words", "changed negations", lost, len(said), 0, at_most=True)


def _asked(word: str) -> str:
    text = AROUND.format(word)
    start, end = AROUND.split("{}")
    edits = [edit for edit in _of_words(tidy(text)) if edit.span.start >= len(start)]
    return apply_edits(text, edits).removeprefix(start).removesuffix(end)


def _judged(after: str, edits: Sequence[Edit], *, left: str = "") -> Iterator[bool]:
    """Yield whether each edit is in the formal sentence; with `left`, not of words that people left as typed."""
    have = f" {_plain(after)} "
    for edit in _of_words(edits):
        right = f" {_plain(edit.text)} " in have
        if right or not left or f" {_plain(edit.span.of(left))} " not in have:
            yield right


def _of_words(edits: Sequence[Edit]) -> Iterator[Edit]:
    return (edit for edit in edits if edit.rule not in MARKS)


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


def _negations(text: str) -> Counter[str]:
    return Counter(_NEGATION[word] for word in _plain(text).split() if word in _NEGATION)


def _share(said: Sequence[bool]) -> float:
    return sum(said) / max(1, len(said))


def _sentences(path: Path) -> list[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return [(row["informal"], row["formal"]) for row in csv.DictReader(lines)]


def _words(path: Path) -> list[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return [(row["informal"], row["formal"]) for row in csv.DictReader(lines, delimiter="\t")]
