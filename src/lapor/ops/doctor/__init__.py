"""What is wrong with an installation, in plain words, and what to do about it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing looked at: a stable name for programs, whether it is well, what was seen, what to do."""

    name: str
    is_well: bool
    seen: str
    advice: str = ""


def well(name: str, seen: str) -> Finding:
    """Return a finding that needs nothing."""
    return Finding(name, True, seen)


def ill(name: str, seen: str, advice: str) -> Finding:
    """Return a finding that somebody must act on."""
    return Finding(name, False, seen, advice)
