"""The word lists of this package: TOML files of our own wording, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from lapor.language.findings import Words


@cache
def table(name: str) -> dict[str, Any]:
    """Return the content of `data/<name>.toml`."""
    return tomllib.loads((files("lapor.language") / "data" / f"{name}.toml").read_text(encoding="utf-8"))


def words(pair: dict[str, str]) -> Words:
    """Return a text that the tables hold in both languages."""
    return Words(pair["id"], pair["en"])


@cache
def word_set(name: str, key: str) -> frozenset[str]:
    """Return a list of single words as a set."""
    return frozenset(table(name)[key])


@cache
def typed_short() -> frozenset[str]:
    """Return the words that people type short or as they speak: no dictionary has them, and they are no names."""
    lists = table("wording")
    rules = ("abbreviation", "everyday", "spelling", "doubtful")
    return frozenset(word for rule in rules for word in lists[rule]) | frozenset(lists["plain"]["words"])
