"""The words of every message: read once from texts.toml, checked against the SOP's table."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Formatter

LANGUAGES = ("id", "en")
FIRST_LANGUAGE = "id"
PLACES = frozenset({"to", "by", "agency", "named", "clock", "reason", "due_on"})


@dataclass(frozen=True)
class Rendered:
    """A message in one language, as a person reads it: one line of subject, and a short body in plain text."""

    subject: str
    body: str


@dataclass(frozen=True)
class Text:
    """What is said to one audience of one action; `due` are the clocks whose end {due_on} tells, in order."""

    words: Mapping[str, tuple[str, ...]]
    due: tuple[str, ...] = ()

    def render(self, language: str, known: Mapping[str, str]) -> Rendered:
        """Fill in what is known; a sentence that names something unknown is left out."""
        subject, *sentences = self.words.get(language, self.words[FIRST_LANGUAGE])
        said = [sentence.format_map(known) for sentence in sentences if places(sentence) <= known.keys()]
        return Rendered(subject, " ".join(said))


def places(sentence: str) -> frozenset[str]:
    """Return the names in braces that a sentence asks for."""
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name)


def text_of(action: str, told: str) -> Text:
    """Return the text for an audience of an action; raises KeyError where the table tells nobody there."""
    return all_texts()[action, told]


@cache
def all_texts() -> Mapping[tuple[str, str], Text]:
    """Return every text by (action, told)."""
    table = tomllib.loads(files("lapor.messaging").joinpath("texts.toml").read_text(encoding="utf-8"))
    return {(action, told): _text(entry) for action, audiences in table.items() for told, entry in audiences.items()}


def _text(entry: dict[str, list[str] | str]) -> Text:
    words = {language: tuple(entry[language]) for language in LANGUAGES}
    return Text(words, tuple(str(entry.get("due", "")).split()))
