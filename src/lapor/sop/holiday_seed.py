"""Indonesia's holidays as the first filling of an editable calendar: from the `holidays` library, with the decrees."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import holidays

from lapor.sop.calendar import REST_DAYS, WEEKEND, CalendarDay, number

_CATEGORIES = (holidays.PUBLIC, holidays.GOVERNMENT)  # national holidays, and cuti bersama
_ESTIMATED = " (perkiraan)"


@dataclass(frozen=True, slots=True)
class Holiday:
    """Why a day does not count, in Indonesian; whether its date is only estimated; and the decree where known."""

    why: str
    estimated: bool
    decree: str


def seed_days(first_year: int, last_year: int, rest_days: frozenset[int] = REST_DAYS) -> tuple[CalendarDay, ...]:
    """Return each day of the years, numbered: weekends, national holidays and cuti bersama do not count.

    A coming year without a decree holds estimated dates and no cuti bersama yet; somebody enters them when the decree
    is out, and open deadlines follow outward.
    """
    known = seed_holidays(first_year, last_year)
    day, days = date(first_year, 1, 1), []
    while day.year <= last_year:
        days.append(_calendar_day(day, known.get(day), rest_days))
        day += timedelta(days=1)
    return number(days)


def seed_holidays(first_year: int, last_year: int) -> dict[date, Holiday]:
    """Return the holidays of the years by day, corrected and with their decrees."""
    years = range(first_year, last_year + 1)
    names: dict[date, str] = {}
    for category in _CATEGORIES:
        found = holidays.country_holidays("ID", years=years, categories=(category,), language="id")
        # Both kinds on one day: the national holiday gives the name.
        names = {day: "; ".join(found.get_list(day)) for day in found} | names
    return _with_decrees(_corrected(names, years))


def _calendar_day(day: date, holiday: Holiday | None, rest_days: frozenset[int]) -> CalendarDay:
    if holiday:
        return CalendarDay(day, 0, working=False, why=holiday.why, decree=holiday.decree, estimated=holiday.estimated)
    rests = day.weekday() in rest_days
    return CalendarDay(day, 0, working=not rests, why=WEEKEND if rests else "")


def _corrected(names: dict[date, str], years: range) -> dict[date, str]:
    rows = [row for row in _data()["correction"] if row["day"].year in years]
    names = names | {row["day"]: row["why"] for row in rows if not row.get("working")}
    for row in rows:
        if row.get("working"):
            names.pop(row["day"], None)
    return names


def _with_decrees(names: dict[date, str]) -> dict[date, Holiday]:
    ruling = {row["year"]: row["number"] for row in _data()["decree"] if "days" not in row}
    special = {day: row["number"] for row in _data()["decree"] for day in row.get("days", ())}
    return {
        day: Holiday(
            why=_reworded(name.replace(_ESTIMATED, "")),
            estimated=_ESTIMATED in name,
            decree=special.get(day, ruling.get(day.year, "")),
        )
        for day, name in names.items()
    }


def _reworded(name: str) -> str:
    for clumsy, plain in _data()["wording"].items():
        name = name.replace(clumsy, plain)
    return name


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("lapor.sop") / "decrees.toml").read_text(encoding="utf-8"))
