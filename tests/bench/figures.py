"""Timing many calls: throughput and percentiles."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True)
class Figure:
    """What one measurement found: calls a second over all clients, and the milliseconds of single calls."""

    calls: int
    per_second: float
    p50: float
    p95: float

    def __str__(self) -> str:
        """Return it in one line."""
        return f"{self.per_second:9.1f}/s   p50 {self.p50:7.1f} ms   p95 {self.p95:7.1f} ms   ({self.calls} calls)"


def figure(seconds: list[float], wall: float) -> Figure:
    """Return the figure of calls that took `seconds` each within `wall` seconds."""
    spread = quantiles(seconds, n=20) if len(seconds) > 1 else [seconds[0]] * 19
    return Figure(len(seconds), len(seconds) / wall, median(seconds) * 1000, spread[18] * 1000)


def repeat(call: Callable[[], object], times: int, warm_up: int = 3) -> Figure:
    """Time a call again and again in this process."""
    for _ in range(warm_up):
        call()
    taken, begun = [], time.perf_counter()
    for _ in range(times):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return figure(taken, time.perf_counter() - begun)
