"""SmartCase: texts that people typed in both cases, put all in capitals and calmed again.

Whoever typed them left what is right: abbreviations in capitals, names of places with one. Many write those in small
letters too; only what they did write with capitals is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lapor.language import apply_edits, smartcase, spelling
from lapor.language.data import word_set
from lapor.language.tokens import Token, is_shouted, tokens_of
from lapor.ops.evaluate.measures.language import STREAM, complaints
from lapor.ops.evaluate.row import Data, Row

KEPT = 0.97
_TAG = re.compile(r"\[[A-Z ]+\]")
SUBJECT = "SmartCase, complaints put in capitals"


def measure(data: Data) -> Iterator[Row]:
    """Yield how much of the abbreviations and of the places keep their capitals, and how many words get one wrongly."""
    pairs = [pair for text in complaints(data.file(STREAM)) for pair in _pairs(text)]
    for name, kind in (("abbreviations kept", "acronym"), ("places kept", "place")):
        kept = [after == before.typed for before, after, what in pairs if what == kind]
        yield Row(SUBJECT, name, _share(kept), len(kept), KEPT)
    small = [after != before.typed for before, after, what in pairs if what == "word"]
    yield Row(SUBJECT, "ordinary words with a capital", _share(small), len(small), 0.03, at_most=True)


def _pairs(text: str) -> Iterator[tuple[Token, str, str]]:
    """Yield each word as typed, as it comes out, and what it is: "acronym", "place" or an ordinary "word"."""
    text = _TAG.sub("", text)  # what was redacted stands in capitals
    loud = text.upper()
    if is_shouted(text) or len(loud) != len(text):
        return
    after = apply_edits(loud, smartcase(loud))
    tokens = tokens_of(text)
    for i, token in enumerate(tokens):
        if kind := _kind(tokens, i):
            yield token, token.span.of(after), kind


def _kind(tokens: Sequence[Token], i: int) -> str:
    token = tokens[i]
    if token.opens or not token.word.isalpha() or len(token.word) < 2:
        return ""
    is_word = not spelling.is_strange(token.word)
    if token.typed.isupper():
        calm = any(near.typed.islower() and len(near.typed) > 3 for near in tokens[max(0, i - 2) : i + 3])
        emphasis = is_word or token.word in word_set("smartcase", "common") | word_set("smartcase", "shortened")
        return "acronym" if calm and len(token.typed) <= 5 and not emphasis else ""
    before = tokens[i - 1].word if i else ""
    if token.is_name and before in word_set("smartcase", "titles_of_places"):
        return "" if token.word in word_set("smartcase", "common") else "place"
    named = (
        word_set("smartcase", "names") | word_set("smartcase", "titles_of_places") | word_set("smartcase", "acronyms")
    )
    plain = is_word and token.typed.islower() and before not in word_set("smartcase", "kinds_with_capital")
    return "word" if plain and token.word not in named else ""


def _share(said: Sequence[bool]) -> float:
    return sum(said) / max(1, len(said))
