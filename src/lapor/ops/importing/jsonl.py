"""Replay files: one JSON object a line, in UTF-8."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from lapor.ops.importing.rows import Row

LONGEST = 2_000_000  # bytes of one line: far above any complaint, far below what could exhaust the memory


@dataclass(frozen=True)
class JsonLines:
    """A replay file. Numbers and truth values become text; empty lines are skipped."""

    path: Path

    def rows(self) -> Iterator[Row]:
        """Yield a row for each line; a line that is not a JSON object yields a broken row."""
        with self.path.open("rb") as stream:
            line = 0
            while raw := stream.readline(LONGEST):
                line += 1
                if len(raw) == LONGEST and not raw.endswith(b"\n"):
                    _skip_the_rest(stream)
                    yield Row(line, broken=_("the line is longer than %(n)d bytes") % {"n": LONGEST})
                elif raw.strip():
                    yield _row(line, raw)

    def heading(self, column: str) -> str:
        """Return the name itself: replay files use ours."""
        return column


def _skip_the_rest(stream: Any) -> None:
    while (more := stream.readline(LONGEST)) and not more.endswith(b"\n"):
        pass


def _row(line: int, raw: bytes) -> Row:
    try:
        content = json.loads(raw.decode("utf-8-sig" if line == 1 else "utf-8"))
    except UnicodeDecodeError:
        return Row(line, broken=_("the line is not UTF-8"))
    except (ValueError, RecursionError):
        return Row(line, broken=_("the line is not JSON"))
    if not isinstance(content, dict):
        return Row(line, broken=_("the line is not a JSON object"))
    return Row(line, {str(key): _text(value) for key, value in content.items()})


def _text(value: object) -> str:
    if value is None or value != value:  # pandas writes a missing value as NaN, which does not equal itself
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # pandas writes the category 117 as 117.0
    return str(value)
