"""The rules of the SOP, S1 to S84, in our own short words (rules.toml)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

LAST = 84


@dataclass(frozen=True)
class Rule:
    """One rule: its number, its chapter, and what it asks, in Indonesian and English; why it asks nothing, if so."""

    number: int
    chapter: str
    id: str
    en: str
    unkept: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return the rule as tests and the table call it, for example "S33"."""
        return f"S{self.number}"


@dataclass(frozen=True)
class Chapter:
    """A document or a part of one: its name in both languages, and its rules in order."""

    code: str
    id: str
    en: str
    rules: tuple[Rule, ...]


@cache
def chapters() -> tuple[Chapter, ...]:
    """Return the chapters in the order of the documents."""
    book = tomllib.loads(files("lapor.sop").joinpath("rules.toml").read_text(encoding="utf-8"))
    rules = [_rule(number, book[f"S{number}"]) for number in range(1, LAST + 1)]
    return tuple(
        Chapter(code, name_id, name_en, tuple(rule for rule in rules if rule.chapter == code))
        for code, (name_id, name_en) in book["chapters"].items()
    )


def all_rules() -> tuple[Rule, ...]:
    """Return every rule, S1 first."""
    return tuple(sorted((rule for chapter in chapters() for rule in chapter.rules), key=lambda rule: rule.number))


def _rule(number: int, entry: dict[str, str | list[str]]) -> Rule:
    texts = {key: str(entry[key]) for key in ("chapter", "id", "en")}
    return Rule(number, **texts, unkept=tuple(entry.get("unkept", ())))
