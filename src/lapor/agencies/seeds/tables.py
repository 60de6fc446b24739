"""The tables and settings in the package's own data folder."""

from __future__ import annotations

import csv
import tomllib
from importlib.resources import files
from typing import Any

_DATA = files("lapor.agencies.seeds") / "data"


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a table as dictionaries by column."""
    return list(csv.DictReader((_DATA / f"{name}.csv").read_text(encoding="utf-8").splitlines()))


def institutions() -> dict[str, dict[str, Any]]:
    """Return what the roots of the tree are given, by code."""
    settings: dict[str, dict[str, Any]] = tomllib.loads((_DATA / "institutions.toml").read_text(encoding="utf-8"))
    return settings
