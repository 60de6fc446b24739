"""One report as the model sees it, whether it is learned from or asked about."""

from __future__ import annotations

from dataclasses import dataclass

from lapor.agencies.names import plain

LONGEST = 4_000  # characters of a text that are read: what comes later only repeats


@dataclass(frozen=True)
class Example:
    """A report's words and facts. `places` are names, the narrowest first; `category` a code, or "" for none.

    `label` is what was decided (a unit's or a category's code), "" where it is asked; `day` the day's ordinal on which
    the report came in, because what was decided lately says more.
    """

    text: str
    places: tuple[str, ...] = ()
    category: str = ""
    label: str = ""
    day: int = 0


def pieces(*written: str) -> tuple[str, ...]:
    """Return place names as written in one or several cells ("Cakranegara, Jl. Anu"), made comparable, at most six."""
    found = [plain(piece) for cell in written for piece in cell.split(",")]
    return tuple(dict.fromkeys(piece for piece in found if piece))[:6]
