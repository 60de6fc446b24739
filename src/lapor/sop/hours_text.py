"""Hours of a day as people write them: "07.30-12.00, 13.00-16.00", nothing for a day that is closed."""

from __future__ import annotations

import re
from datetime import time
from itertools import pairwise

from lapor.sop.calendar import Period

_PERIOD = re.compile(r"(\d{1,2})[.:](\d{2})\s*(?:-|–|—|s/?d|sampai)\s*(\d{1,2})[.:](\d{2})")
MOST = 4  # periods a day


def read_hours(text: str) -> tuple[Period, ...]:
    """Return the periods of a day in order; raises ValueError for what is no time, or periods that cross."""
    parts = [part.strip().lower() for part in re.split(r"[,;]", text) if part.strip()]
    if len(parts) > MOST:
        raise ValueError(f"at most {MOST} periods a day")
    periods = tuple(_period(part) for part in parts)
    if any(opens >= closes for opens, closes in periods):
        raise ValueError("a period ends after it begins")
    if any(before[1] > after[0] for before, after in pairwise(periods)):
        raise ValueError("one period begins before the last has ended")
    return periods


def _period(part: str) -> Period:
    found = _PERIOD.fullmatch(part)
    if found is None:
        raise ValueError(f"{part!r} is no period")
    opens, opens_minute, closes, closes_minute = map(int, found.groups())
    return time(opens, opens_minute), time(closes, closes_minute)


def written_hours(periods: tuple[Period, ...]) -> str:
    """Return the periods as people read and write them, empty for none."""
    return ", ".join(f"{opens:%H.%M}-{closes:%H.%M}" for opens, closes in periods)
