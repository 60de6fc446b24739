"""How fast desks and reporters are: curves and chances from a file, drawn the same way every time."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

USUAL = Path(__file__).with_name("desks.toml")

Curve = tuple[tuple[float, float], ...]  # (share of the cases, days), both rising, from 0.0 to 1.0


class SpeedsError(ValueError):
    """The file does not say what it must; the message names the entry."""


@dataclass(frozen=True)
class Speeds:
    """The curves of desks (working days) and reporters (calendar days), and the chances of what may happen."""

    desks: dict[str, Curve]
    reporters: dict[str, Curve]
    chances: dict[str, float]

    @classmethod
    def read(cls, path: Path = USUAL) -> Speeds:
        """Read a file in the form of desks.toml; what it leaves out is as usual. Raises SpeedsError."""
        try:
            given = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
            raise SpeedsError(f"{path.name} is not TOML: {problem}") from problem
        usual = tomllib.loads(USUAL.read_text(encoding="utf-8"))
        for section, entries in given.items():
            for unknown in entries.keys() - usual.get(section, {}).keys():
                raise SpeedsError(f"{path.name}: there is no {section}.{unknown}")
        merged = {section: {**entries, **given.get(section, {})} for section, entries in usual.items()}
        return cls(
            desks={name: _curve(name, points) for name, points in merged["desks"].items()},
            reporters={name: _curve(name, points) for name, points in merged["reporters"].items()},
            chances={name: _chance(name, share) for name, share in merged["chances"].items()},
        )


@dataclass(frozen=True)
class Dice:
    """Draws for one report: the same seed, report and question always give the same number."""

    seed: str
    ref: str

    def roll(self, question: str) -> float:
        """Return a number from 0 up to but not including 1; other questions are independent of this one."""
        digest = hashlib.sha256(f"{self.seed}|{self.ref}|{question}".encode()).digest()
        return int.from_bytes(digest[:6], "big") / 2**48


def days_at(curve: Curve, share: float) -> float:
    """Return how many days the case at this share of all cases takes."""
    for (low, before), (high, after) in pairwise(curve):
        if share <= high:
            return before + (after - before) * (share - low) / (high - low)
    return curve[-1][1]


def _curve(name: str, points: Any) -> Curve:
    try:
        curve = tuple((float(share), float(days)) for share, days in points)
    except (TypeError, ValueError):
        raise SpeedsError(f"{name} is not a list of [share, days]") from None
    shares, days = [share for share, _ in curve], [day for _, day in curve]
    rising = all(a < b for a, b in pairwise(shares)) and all(a <= b for a, b in pairwise(days))
    if len(curve) < 2 or shares[0] != 0 or shares[-1] != 1 or not rising or days[0] < 0:
        raise SpeedsError(f"{name} must rise from share 0.0 to share 1.0")
    return curve


def _chance(name: str, share: Any) -> float:
    if not isinstance(share, int | float) or not 0 <= share <= 1:
        raise SpeedsError(f"{name} must be a share from 0 to 1")
    return float(share)
