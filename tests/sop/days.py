"""Dates as people write them, weekday and all, and the calendars that the tests of the law share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache

from hypothesis import strategies as st

from lapor.sop.calendar import ZONES, CalendarDay, WorkingCalendar, number
from lapor.sop.holiday_seed import seed_days


def on(text: str) -> date:
    """Read a date such as "Thu 12 Mar 2026"; a wrong weekday is a mistake of the test and raises."""
    day = datetime.strptime(text, "%a %d %b %Y").date()  # noqa: DTZ007  (a date has no zone)
    if f"{day:%a}" != text[:3]:
        raise ValueError(f"{text}: it was a {day:%a}")
    return day


def at(text: str) -> datetime:
    """Read an instant such as "Thu 2 Apr 2026 23:59 WITA"."""
    day, clock, zone = text.rsplit(" ", 2)
    return datetime.combine(on(day), datetime.strptime(clock, "%H:%M").time(), ZONES[zone])  # noqa: DTZ007


@cache
def indonesia(zone: str = "WITA") -> WorkingCalendar:
    """Return the seeded national calendar of 2013 to 2031."""
    return WorkingCalendar(seed_days(2013, 2031), ZONES[zone])


def pattern(first: date, working: Iterable[bool], zone: str = "WITA") -> WorkingCalendar:
    """Return a calendar whose days work as the list says."""
    days = (CalendarDay(first + timedelta(days=i), 0, works) for i, works in enumerate(working))
    return WorkingCalendar(number(days), ZONES[zone])


def patterns_from(first: date) -> st.SearchStrategy[WorkingCalendar]:
    """Draw calendars of 120 days working or not in any pattern, and 120 working days after them."""
    # The bits of one number instead of a list of booleans: the same calendars, drawn ten times faster.
    return st.integers(0, 2**120 - 1).map(
        lambda bits: pattern(first, [bool(bits >> i & 1) for i in range(120)] + [True] * 120)
    )
