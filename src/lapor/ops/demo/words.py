"""What the people of the demo say: the tables in the data folder, read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

_DATA = files("lapor.ops.demo") / "data"


@dataclass(frozen=True)
class Subject:
    """One thing to write about, with the desk that answers for it and what that desk says.

    `unit` is the code of the unit, "" where nobody here is competent; `below` that of its satuan kerja, or "".
    """

    text: str
    unit: str
    category: str
    by: str
    first: tuple[str, ...]
    done: tuple[str, ...]
    below: str = ""
    picture: str = ""
    title: str = ""
    kind: str = "complaint"
    key: str = ""
    secret: bool = False
    kelurahan: str = ""
    polish: str = ""
    polished: str = ""

    @property
    def house(self) -> str:
        """The code of the institution that answers."""
        return "institut-nusantara" if self.unit.startswith("nusantara-") else "kota-mataram"

    def is_about(self, word: str) -> bool:
        """Tell whether a unit, category, kind, reason to polish or key is this subject's; the empty word is all's."""
        return not word or word in (self.unit, self.category, self.kind, self.key, self.polish)


@cache
def subjects() -> tuple[Subject, ...]:
    """Return every subject."""
    return tuple(_subject(desk, one) for desk in read("subjects")["desk"] for one in desk["subject"])


def read(name: str) -> dict[str, Any]:
    """Return the content of one of the data files."""
    return tomllib.loads((_DATA / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def words() -> dict[str, Any]:
    """Return what else is said."""
    return read("words")


def spoken(what: str, dice: Random) -> str:
    """Return one way of saying something."""
    return str(dice.choice(words()["say"][what]))


def _subject(desk: dict[str, Any], one: dict[str, Any]) -> Subject:
    shared = {**desk, "first": tuple(desk["first"]), "done": tuple(desk["done"])}
    del shared["subject"]
    return Subject(**{**shared, **one})
