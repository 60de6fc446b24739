"""Where each key of a TOML file stands, so that a complaint can name the line (the standard parser forgets it)."""

from __future__ import annotations

import re
from collections.abc import Mapping

_TABLE = re.compile(r"\s*\[+\s*([\w.-]+)\s*\]+")
_KEY = re.compile(r"\s*([\w.-]+)\s*=")


def key_lines(text: str) -> dict[str, int]:
    """Return the line (from 1) of each dotted table and key written with bare names."""
    lines: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if match := _TABLE.match(line):
            table = match[1] + "."
            lines[match[1]] = number
        elif match := _KEY.match(line):
            lines[table + match[1]] = number
    return lines


def line_of(lines: Mapping[str, int], path: str) -> int:
    """Return the line of `path`, else of the nearest table around it, else 1."""
    while path:
        if path in lines:
            return lines[path]
        path = path.rpartition(".")[0]
    return 1
