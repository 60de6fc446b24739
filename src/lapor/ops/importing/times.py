"""Dates and times as exports write them, read into UTC."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, tzinfo

# Indonesian and English, by their first three letters; Agt, Ags and Peb are abbreviations in common use.
_MONTHS = {
    "jan": 1, "feb": 2, "peb": 2, "mar": 3, "apr": 4, "mei": 5, "may": 5, "jun": 6, "jul": 7, "agu": 8, "agt": 8,
    "ags": 8, "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "nop": 11, "des": 12, "dec": 12,
}  # fmt: skip
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](.+))?")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: +(.+))?")
_NAMED = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})\.?[ -](\d{4})(?:,? +(.+))?")


def read_day(text: str) -> date:
    """Return the date in `2026-01-03`, `3 Jan 2026`, `3 Januari 2026` or `3/1/2026` (day first).

    A time behind the date is left alone. Raises ValueError.
    """
    return _split(text)[0]


def read_clock(text: str) -> time:
    """Return the time of day in `HH:MM` or `HH:MM:SS`, also with dots; raises ValueError."""
    return time.fromisoformat(text.strip().replace(".", ":", 2))


def read_moment(text: str, zone: tzinfo = UTC) -> tuple[datetime, tzinfo]:
    """Return the instant in UTC, and the zone it was written in: its own, else `zone`. Raises ValueError."""
    day, rest = _split(text)
    clock = _clock_with_zone(rest) if rest else time(0)
    written = datetime.combine(day, clock, clock.tzinfo or zone)
    return written.astimezone(UTC), written.tzinfo or zone


def _clock_with_zone(text: str) -> time:
    return time.fromisoformat(text.strip().replace(" ", ""))


def _split(text: str) -> tuple[date, str]:
    text = " ".join(text.split())
    if found := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in found.groups()[:3])
    elif found := _SLASHED.fullmatch(text):
        day, month, year = (int(part) for part in found.groups()[:3])
    elif found := _NAMED.fullmatch(text):
        day, month, year = int(found[1]), _month(found[2]), int(found[3])
    else:
        raise ValueError(f"not a date: {text[:40]!r}")
    return date(year, month, day), found[4] or ""


def _month(name: str) -> int:
    try:
        return _MONTHS[name[:3].lower()]
    except KeyError:
        raise ValueError(f"not a month: {name!r}") from None
