"""Indicators and periods as people read them, the same on the page, on paper and in the workbook."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.dates import MONTHS
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lapor.insights.indicators import COUNT, SHARE, STARS, Indicator
from lapor.insights.monthly import Period
from lapor.kernel.shares import percent


def period_name(period: Period) -> str:
    """Return "Maret 2026", or "Tahun 2026"."""
    if period.is_year:
        return _("Year %(year)d") % {"year": period.first.year}
    return f"{MONTHS[period.first.month]} {period.first.year}"


def month_name(first: date, *, year: bool = False) -> str:
    """Return "Mar", with its year "Mar 26" where one chart spans two."""
    return f"{str(MONTHS[first.month])[:3]} {first:%y}" if year else str(MONTHS[first.month])[:3]


def written(indicator: Indicator, value: float | int | None) -> str:
    """Return a value as it is read: "1.250", "87 %", "4,5"; "–" where there is none."""
    if value is None:
        return "–"
    if indicator.kind == COUNT:
        return grouped(int(value))
    if indicator.kind == SHARE:
        return percent(value)
    return _("%(n)s of 5") % {"n": decimal(value)} if indicator.kind == STARS else decimal(value)


def read_from(indicator: Indicator, counts: Mapping[str, int]) -> str:
    """Return an indicator of these counts as it is read; "–" where nothing was received at all."""
    return written(indicator, indicator.of(counts)) if counts.get("received") else "–"


def grouped(number: int) -> str:
    """Return a number with its thousands apart: 1.284 in Indonesian, 1,284 in English."""
    text = f"{number:,}"
    return text if (get_language() or "id").startswith("en") else text.replace(",", ".")


def decimal(value: float) -> str:
    """Return a number with at most one digit behind the comma, in the reader's language."""
    text = f"{value:.1f}".removesuffix(".0")
    return text if (get_language() or "id").startswith("en") else text.replace(".", ",")


def change(now: int, before: int) -> str:
    """Return how a count moved: "+12", "−3", "±0"."""
    moved = now - before
    return f"+{moved}" if moved > 0 else f"−{-moved}" if moved else "±0"
