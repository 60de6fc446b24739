"""Working days, local dates, and deadlines as ordinals."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sop.days import at, indonesia, on, patterns_from

from lapor.sop.calendar import (
    ZONES,
    CalendarDay,
    CalendarError,
    OutsideCalendar,
    WorkingCalendar,
    arm,
    counting_every_day,
    is_due,
    number,
    pause,
    resume,
)

FIRST = on("Wed 1 Jan 2025")
patterns = patterns_from(FIRST)
offsets = st.integers(0, 119).map(lambda n: FIRST + timedelta(days=n))
limits = st.integers(0, 60)


# --- Stories -------------------------------------------------------------------------------------


def test_S31_the_first_response_is_due_after_ten_working_days_around_nyepi_and_idul_fitri() -> None:
    calendar = indonesia("WITA")
    due = arm(calendar, on("Thu 12 Mar 2026"), 10)

    assert calendar.day_of(due) == on("Thu 2 Apr 2026")
    assert calendar.due_at(due) == at("Thu 2 Apr 2026 23:59 WITA") + timedelta(seconds=59)


def test_the_day_of_the_event_is_day_zero() -> None:
    calendar = indonesia()
    assert calendar.day_of(arm(calendar, on("Mon 5 Jan 2026"), 1)) == on("Tue 6 Jan 2026")


@pytest.mark.parametrize("event", ["Fri 9 Jan 2026", "Sat 10 Jan 2026", "Sun 11 Jan 2026"])
def test_an_event_on_a_free_day_counts_like_the_working_day_before_it(event: str) -> None:
    calendar = indonesia()
    assert calendar.day_of(arm(calendar, on(event), 1)) == on("Mon 12 Jan 2026")


def test_a_deadline_runs_across_the_year_end() -> None:
    calendar = indonesia()
    # Christmas and its cuti bersama fall on Thursday and Friday, New Year's Day on Thursday.
    assert calendar.day_of(arm(calendar, on("Tue 23 Dec 2025"), 5)) == on("Fri 2 Jan 2026")


def test_S34_sixty_working_days_are_almost_three_months() -> None:
    calendar = indonesia()
    assert calendar.day_of(arm(calendar, on("Mon 2 Feb 2026"), 60)) == on("Fri 8 May 2026")


def test_a_deadline_passes_only_when_its_whole_local_day_is_over() -> None:
    calendar = indonesia("WITA")
    due = arm(calendar, on("Mon 5 Jan 2026"), 1)

    assert not is_due(calendar, due, calendar.today(at("Tue 6 Jan 2026 23:59 WITA")))
    assert is_due(calendar, due, calendar.today(at("Wed 7 Jan 2026 00:00 WITA")))


def test_a_deadline_on_a_friday_passes_when_monday_begins() -> None:
    calendar = indonesia()
    due = arm(calendar, on("Thu 8 Jan 2026"), 1)

    assert calendar.day_of(due) == on("Fri 9 Jan 2026")
    assert not is_due(calendar, due, on("Sun 11 Jan 2026"))
    assert is_due(calendar, due, on("Mon 12 Jan 2026"))


def test_midnight_is_local_in_each_of_the_three_zones() -> None:
    instant = datetime(2026, 1, 5, 15, 30, tzinfo=UTC)

    assert indonesia("WIB").today(instant) == on("Mon 5 Jan 2026")
    assert indonesia("WITA").today(instant) == on("Mon 5 Jan 2026")
    assert indonesia("WIT").today(instant) == on("Tue 6 Jan 2026")


@pytest.mark.parametrize(("zone", "hour"), [("WIB", 17), ("WITA", 16), ("WIT", 15)])
def test_the_local_day_turns_at_the_right_hour_of_utc(zone: str, hour: int) -> None:
    midnight = datetime(2026, 1, 5, hour, tzinfo=UTC)

    assert indonesia(zone).today(midnight) == on("Tue 6 Jan 2026")
    assert indonesia(zone).today(midnight - timedelta(seconds=1)) == on("Mon 5 Jan 2026")


def test_a_zone_that_changes_its_clocks_keeps_local_midnight() -> None:
    calendar = replace(indonesia(), zone=ZoneInfo("Europe/Berlin"))  # clocks go forward on Sun 29 Mar 2026
    friday, monday = (calendar.due_at(calendar.ordinal(on(day))) for day in ("Fri 27 Mar 2026", "Mon 30 Mar 2026"))

    assert (monday.astimezone(UTC) - friday.astimezone(UTC)) == timedelta(days=3, hours=-1)
    assert (friday.hour, monday.hour) == (23, 23)
    assert calendar.today(monday) == on("Mon 30 Mar 2026")


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        indonesia().today(datetime(2026, 1, 5, 12))  # noqa: DTZ001  (that is the point)


def test_a_pause_over_idul_fitri_costs_nothing_because_nobody_worked() -> None:
    calendar = indonesia()
    due = arm(calendar, on("Thu 12 Mar 2026"), 10)
    remaining = pause(calendar, due, on("Tue 17 Mar 2026"))

    assert remaining == 7
    assert resume(calendar, remaining, on("Tue 24 Mar 2026")) == due
    assert calendar.day_of(resume(calendar, remaining, on("Wed 25 Mar 2026"))) == on("Mon 6 Apr 2026")


def test_C2_a_profile_may_count_every_day() -> None:
    calendar = counting_every_day(indonesia())
    assert calendar.day_of(arm(calendar, on("Thu 12 Mar 2026"), 10)) == on("Sun 22 Mar 2026")


def test_a_part_of_a_calendar_carries_the_same_ordinals() -> None:
    whole = indonesia()
    part = WorkingCalendar(whole.days[4000:5000], whole.zone)
    due = arm(part, part.first, 30)

    assert due == arm(whole, part.first, 30)
    assert part.day_of(due) == whole.day_of(due)


def test_days_outside_the_calendar_are_refused_by_name() -> None:
    calendar = indonesia()
    with pytest.raises(OutsideCalendar, match="2032-01-01 is outside"):
        calendar.ordinal(on("Thu 1 Jan 2032"))
    with pytest.raises(OutsideCalendar, match="outside the calendar"):
        calendar.day_of(arm(calendar, on("Wed 31 Dec 2031"), 1))
    with pytest.raises(OutsideCalendar):
        calendar.day_of(0)


def test_a_calendar_with_a_gap_or_wrong_ordinals_cannot_be_made() -> None:
    good = indonesia().days[:10]
    with pytest.raises(CalendarError, match="no day follows"):
        WorkingCalendar((*good[:4], *good[5:]), ZONES["WIB"])
    with pytest.raises(CalendarError, match="does not count"):
        WorkingCalendar((*good[:4], replace(good[4], ordinal=99), *good[5:]), ZONES["WIB"])
    with pytest.raises(CalendarError, match="at least one day"):
        WorkingCalendar((), ZONES["WIB"])


def test_a_calendar_without_any_working_day_has_no_deadlines() -> None:
    calendar = WorkingCalendar(number([CalendarDay(FIRST, 0, working=False)]), ZONES["WIB"])
    with pytest.raises(OutsideCalendar):
        calendar.day_of(1)


# --- Properties ----------------------------------------------------------------------------------


@given(patterns, offsets, limits)
def test_exactly_n_working_days_lie_between_the_event_and_the_deadline(
    calendar: WorkingCalendar, start: date, n: int
) -> None:
    due = arm(calendar, start, n)
    if n:
        assert sum(day.working for day in calendar.between(start, calendar.day_of(due))) == n
        assert calendar.is_working(calendar.day_of(due))


@given(patterns, offsets, offsets, limits)
def test_who_starts_first_is_due_first(calendar: WorkingCalendar, one: date, other: date, n: int) -> None:
    first, second = sorted((one, other))
    assert arm(calendar, first, n) <= arm(calendar, second, n)


@given(patterns, offsets, limits.filter(bool), st.data())
def test_a_pause_of_n_working_days_moves_the_deadline_by_exactly_n(
    calendar: WorkingCalendar, start: date, n: int, data: st.DataObject
) -> None:
    due = arm(calendar, start, n)
    stopped, resumed = sorted(data.draw(st.tuples(offsets, offsets)))
    paused_days = sum(day.working for day in calendar.between(stopped, resumed))

    assert resume(calendar, pause(calendar, due, stopped), resumed) == due + paused_days


@given(patterns, offsets, limits.filter(bool))
def test_a_clock_becomes_due_on_the_first_working_day_after_its_deadline(
    calendar: WorkingCalendar, start: date, n: int
) -> None:
    due = arm(calendar, start, n)
    last = calendar.day_of(due)
    after = next(day.day for day in calendar.between(last, calendar.last) if day.working)

    assert not any(is_due(calendar, due, day.day) for day in calendar.between(start, after - timedelta(days=1)))
    assert is_due(calendar, due, after)


@given(st.datetimes(min_value=datetime(2014, 1, 1), max_value=datetime(2030, 12, 31)), st.sampled_from(sorted(ZONES)))  # noqa: DTZ001
def test_today_is_the_date_on_the_wall_of_the_office(naive: datetime, zone: str) -> None:
    hours = {"WIB": 7, "WITA": 8, "WIT": 9}[zone]
    assert indonesia(zone).today(naive.replace(tzinfo=UTC)) == (naive + timedelta(hours=hours)).date()
