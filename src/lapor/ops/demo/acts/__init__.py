"""What anybody in the demo may do, by the name that scenes call it: one function for each act."""

from __future__ import annotations

from collections.abc import Callable

from lapor.ops.demo.acts import coordinators, reporters, units
from lapor.ops.demo.life import Life

Act = Callable[..., None]


def find_act(name: str) -> Act:
    """Return the act of this name, a function of a life and of what the scene tells it. Raises KeyError."""
    return _ACTS[name]


def is_at_leisure(name: str) -> bool:
    """Tell whether this is an act of a reporter, who keeps no office hours."""
    return name in _REPORTERS


def _of(module: object) -> dict[str, Act]:
    names = [name for name, one in vars(module).items() if callable(one) and one.__module__ == module.__name__]  # type: ignore[attr-defined]
    return {name: getattr(module, name) for name in names if not name.startswith("_")}


_REPORTERS = _of(reporters)
_ACTS: dict[str, Act] = {**_REPORTERS, **_of(coordinators), **_of(units)}

__all__ = ["Life", "find_act", "is_at_leisure"]
