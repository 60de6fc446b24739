"""The monthly report as its page draws it: numbers with their words, columns and bars in hundredths of the highest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lapor.insights.indicators import BY_KEY, FIRST_SIGHT, INDICATORS, PER_PART, Indicator
from lapor.insights.monthly import Monthly, Part
from lapor.insights.monthly_book import dimension_titles
from lapor.insights.tally import Kept, clocks
from lapor.insights.written import month_name, read_from

ENDINGS = ("confirmed", "silent", "requested", "settled", "ombudsman", "archived", "open")


@dataclass(frozen=True)
class Shown:
    """One indicator with its value, and that of the period before."""

    indicator: Indicator
    value: str
    before: str


@dataclass(frozen=True)
class Column:
    """One month: two columns with their heights (0 to 100, from the floor)."""

    name: str
    received: int
    followed_up: int
    received_height: float
    followed_up_height: float


@dataclass(frozen=True)
class Ending:
    """One way to end, with where its part of the bar begins and how wide it is, in hundredths."""

    key: str
    indicator: Indicator
    n: int
    x: float
    width: float


@dataclass(frozen=True)
class Line:
    """One part of a division, with the values of its columns in order."""

    part: Part
    values: Sequence[str]
    share: float


def first_sight(report: Monthly) -> list[Shown]:
    """Return the numbers that are read first."""
    return [_shown(BY_KEY[key], report) for key in FIRST_SIGHT]


def indicators(report: Monthly) -> list[Shown]:
    """Return all indicators, each with its definition."""
    return [_shown(one, report) for one in INDICATORS]


def _shown(one: Indicator, report: Monthly) -> Shown:
    return Shown(one, read_from(one, report.counts), read_from(one, report.before))


def months(report: Monthly) -> list[Column]:
    """Return the months' columns."""
    highest = max([counts["received"] for _first, counts in report.series] + [1])
    several = not report.period.is_year
    return [
        Column(
            month_name(first, year=several),
            counts["received"],
            counts["followed_up"],
            100 * counts["received"] / highest,
            100 * counts["followed_up"] / highest,
        )
        for first, counts in report.series
    ]


def endings(report: Monthly) -> list[Ending]:
    """Return the parts of the bar of endings, side by side; what nobody had is left out."""
    whole = sum(report.counts[key] for key in ENDINGS) or 1
    found, x = [], 0.0
    for key in ENDINGS:
        if n := report.counts[key]:
            width = 100 * n / whole
            found.append(Ending(key, BY_KEY[key], n, x, width))
            x += width
    return found


def kept(report: Monthly) -> list[Kept]:
    """Return how each clock was kept."""
    return clocks(report.counts)


def divided(report: Monthly, wanted: str) -> dict[str, Any]:
    """Return one way to divide the report: its lines, its columns, and the tabs of all ways there are."""
    titles = {key: title for key, title in dimension_titles().items() if report.parts.get(key)}
    chosen = wanted if wanted in titles else next(iter(titles), "")
    parts = report.parts.get(chosen, [])
    most = max([part.counts["received"] for part in parts] + [1])
    columns = [BY_KEY[key] for key in PER_PART]
    lines = [
        Line(part, [read_from(one, part.counts) for one in columns], part.counts["received"] / most) for part in parts
    ]
    return {"by": chosen, "titles": titles, "columns": columns, "lines": lines, "title": titles.get(chosen, "")}
