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
