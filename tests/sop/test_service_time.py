"""Minutes that run only while the office is open."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sop.days import at, indonesia

from lapor.sop.calendar import OutsideCalendar, WorkingCalendar, counting_every_day
from lapor.sop.service_time import add_minutes, add_service_minutes, opening_times


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("Mon 5 Jan 2026 09:00 WITA", 10, "Mon 5 Jan 2026 09:10 WITA"),
        ("Mon 5 Jan 2026 06:00 WITA", 10, "Mon 5 Jan 2026 07:40 WITA"),
        ("Mon 5 Jan 2026 11:55 WITA", 10, "Mon 5 Jan 2026 13:05 WITA"),
        ("Mon 5 Jan 2026 15:50 WITA", 10, "Mon 5 Jan 2026 16:00 WITA"),
        ("Mon 5 Jan 2026 15:55 WITA", 10, "Tue 6 Jan 2026 07:35 WITA"),
        ("Fri 9 Jan 2026 11:25 WITA", 10, "Fri 9 Jan 2026 13:05 WITA"),
        ("Fri 9 Jan 2026 18:00 WITA", 10, "Mon 12 Jan 2026 07:40 WITA"),
        ("Tue 17 Mar 2026 15:55 WITA", 10, "Wed 25 Mar 2026 07:35 WITA"),
        ("Mon 5 Jan 2026 12:30 WITA", 0, "Mon 5 Jan 2026 13:00 WITA"),
    ],
)
def test_S61_minutes_of_service_wait_for_the_office(start: str, minutes: int, end: str) -> None:
    assert add_service_minutes(indonesia(), at(start), minutes) == at(end)


def test_the_answer_is_given_in_the_offices_own_time() -> None:
    end = add_service_minutes(indonesia("WIT"), datetime(2026, 1, 4, 22, 30, tzinfo=UTC), 10)
    assert (end.isoformat(), end.tzname()) == ("2026-01-05T07:40:00+09:00", "WIT")


def test_plain_minutes_run_by_day_and_night() -> None:
    assert add_minutes(indonesia(), at("Fri 9 Jan 2026 23:55 WITA"), 10) == at("Sat 10 Jan 2026 00:05 WITA")


def test_an_office_that_never_opens_is_refused_at_the_calendars_end() -> None:
    closed = replace(indonesia(), service_hours=((),) * 7)
    with pytest.raises(OutsideCalendar):
        add_service_minutes(closed, at("Mon 29 Dec 2031 09:00 WITA"), 1)


def test_minutes_cannot_be_taken_back() -> None:
    with pytest.raises(ValueError, match="taken back"):
        add_service_minutes(indonesia(), at("Mon 5 Jan 2026 09:00 WITA"), -1)


def test_an_hour_that_the_clock_change_swallows_is_not_served() -> None:
    night_office = (((time(1), time(4)),),) * 7
    calendar = replace(counting_every_day(indonesia()), zone=ZoneInfo("Europe/Berlin"), service_hours=night_office)
    monday = datetime(2026, 3, 30, 1, tzinfo=calendar.zone)
    sunday = monday - timedelta(days=1)

    assert add_service_minutes(calendar, monday, 60).hour == 2
    assert add_service_minutes(calendar, sunday, 60).hour == 3


def served(calendar: WorkingCalendar, start: datetime, end: datetime) -> timedelta:
    """Add up, day by day, the time of service between two instants: the slow but plain way."""
    total, day = timedelta(), calendar.today(start)
    while day <= calendar.today(end):
        for opens, closes in opening_times(calendar, day):
            total += max(min(closes, end) - max(opens, start), timedelta())
        day += timedelta(days=1)
    return total


@given(
    st.datetimes(min_value=datetime(2025, 1, 1), max_value=datetime(2026, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
    st.integers(1, 3000),
    st.sampled_from(["WIB", "WITA", "WIT"]),
)
def test_exactly_so_much_service_lies_between_start_and_end(start: datetime, minutes: int, zone: str) -> None:
    calendar = indonesia(zone)
    assert served(calendar, start, add_service_minutes(calendar, start, minutes)) == timedelta(minutes=minutes)
