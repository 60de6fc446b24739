"""What an office is called besides its name: the short, everyday and former names by which people know it."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from lapor.agencies.names import plain


@cache
def _table() -> dict[str, tuple[str, ...]]:
    """Return the other names by a part of an office's plain name."""
    text = (files("lapor.agencies.seeds") / "data" / "also_called.toml").read_text(encoding="utf-8")
    return {plain(part): tuple(names) for part, names in tomllib.loads(text).items()}


@cache
def also_called(name: str, short_name: str = "", former: str = "") -> tuple[str, ...]:
    """Return the other names of an office, its own short and former name first, each once; never its name itself."""
    key = f" {plain(name)} "
    found = [names for part, names in _table().items() if f" {part} " in key]
    every = [short_name, former, *(other for names in found for other in names)]
    return tuple(dict.fromkeys(other for other in every if other and other != name))
