"""Holidays declared or revoked while clocks run: a deadline never moves inward, nor outward more than it must."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.sop.days import indonesia, on, patterns_from

from lapor.sop.calendar import WEEKEND, NotAHoliday, WorkingCalendar, arm, is_due, pause, resume
from lapor.sop.calendar_change import (
    CalendarChange,
    PauseSpan,
    declare_holiday,
    revoke_holiday,
    shift_for,
    shift_remaining,
)

FIRST = on("Wed 1 Jan 2025")
patterns = patterns_from(FIRST)
offsets = st.integers(0, 119).map(lambda n: FIRST + timedelta(days=n))
limits = st.integers(1, 60)


def declared(calendar: WorkingCalendar, day: date) -> CalendarChange:
    return CalendarChange(calendar, declare_holiday(calendar, day, "Hari libur"))


def revoked(calendar: WorkingCalendar, day: date) -> CalendarChange:
    return CalendarChange(calendar, revoke_holiday(calendar, day))


# --- Stories -------------------------------------------------------------------------------------


def test_cuti_bersama_of_18_august_2025_declared_eleven_days_before_touches_no_clock() -> None:
    before = revoke_holiday(indonesia(), on("Mon 18 Aug 2025"))
    change = CalendarChange(before, declare_holiday(before, on("Mon 18 Aug 2025"), "Cuti Bersama", "SKB 933/2025"))
    start, due = on("Wed 6 Aug 2025"), arm(before, on("Wed 6 Aug 2025"), 10)

    assert before.day_of(due) == on("Wed 20 Aug 2025")
    assert shift_for(change, start, due) == due
    assert change.after.day_of(due) == on("Thu 21 Aug 2025")


def test_a_holiday_declared_afterwards_gives_back_the_day_to_those_who_counted_it() -> None:
    change = declared(indonesia(), on("Tue 6 Jan 2026"))
    due = arm(change.before, on("Mon 5 Jan 2026"), 3)

    assert shift_for(change, on("Mon 5 Jan 2026"), due) == due
    assert change.before.day_of(due) == on("Thu 8 Jan 2026")
    assert change.after.day_of(due) == on("Fri 9 Jan 2026")


@pytest.mark.parametrize("start", ["Tue 6 Jan 2026", "Wed 7 Jan 2026"])
def test_a_holiday_declared_afterwards_leaves_the_date_of_those_who_began_on_it_or_later(start: str) -> None:
    change = declared(indonesia(), on("Tue 6 Jan 2026"))
    due = arm(change.before, on(start), 3)

    assert shift_for(change, on(start), due) == due - 1
    assert change.after.day_of(due - 1) == change.before.day_of(due)


def test_a_revoked_holiday_does_not_bring_the_promised_date_nearer() -> None:
    change = revoked(indonesia(), on("Fri 16 Jan 2026"))
    due = arm(change.before, on("Mon 12 Jan 2026"), 5)

    assert change.before.day_of(due) == on("Tue 20 Jan 2026")
    assert change.after.day_of(due) == on("Mon 19 Jan 2026")
    assert shift_for(change, on("Mon 12 Jan 2026"), due) == due + 1


def test_a_revoked_holiday_after_the_deadline_changes_nothing() -> None:
    change = revoked(indonesia(), on("Fri 16 Jan 2026"))
    due = arm(change.before, on("Mon 5 Jan 2026"), 5)
    assert shift_for(change, on("Mon 5 Jan 2026"), due) == due


def test_a_paused_clock_gets_back_a_day_that_turns_out_to_have_been_a_holiday() -> None:
    change = declared(indonesia(), on("Tue 6 Jan 2026"))
    remaining = pause(change.before, arm(change.before, on("Mon 5 Jan 2026"), 5), on("Wed 7 Jan 2026"))

    assert remaining == 3
    assert shift_remaining(change, on("Mon 5 Jan 2026"), remaining, on("Wed 7 Jan 2026")) == 4


def test_a_holiday_during_a_pause_is_nobodys_loss() -> None:
    change = declared(indonesia(), on("Wed 7 Jan 2026"))
    due = arm(change.before, on("Mon 5 Jan 2026"), 5)
    pauses = (PauseSpan(on("Tue 6 Jan 2026"), on("Thu 8 Jan 2026")),)
    later = resume(change.before, pause(change.before, due, pauses[0].since), on("Thu 8 Jan 2026"))

    moved = shift_for(change, on("Mon 5 Jan 2026"), later, pauses)
    assert change.after.day_of(moved) == change.before.day_of(later)


def test_a_holiday_keeps_its_reason_decree_and_date_of_decision() -> None:
    day = on("Mon 18 Aug 2025")
    before = revoke_holiday(indonesia(), day)
    after = declare_holiday(before, day, "Cuti Bersama", "SKB 933/2025", declared=on("Thu 7 Aug 2025"))

    assert before[day].working
    assert after[day].why == "Cuti Bersama"
    assert after[day].decree == "SKB 933/2025"
    assert after[day].declared == on("Thu 7 Aug 2025")
    assert not after.is_working(day)


def test_a_holiday_declared_on_a_sunday_only_names_the_day() -> None:
    after = declare_holiday(indonesia(), on("Sun 11 Jan 2026"), "Hari Jadi Kota")
    assert after[on("Sun 11 Jan 2026")].why == "Hari Jadi Kota"
    assert [day.ordinal for day in after.days] == [day.ordinal for day in indonesia().days]


def test_a_holiday_revoked_on_a_sunday_leaves_a_sunday() -> None:
    after = revoke_holiday(indonesia(), on("Sun 31 May 2026"))
    assert after[on("Sun 31 May 2026")].why == WEEKEND
    assert not after.is_working(on("Sun 31 May 2026"))


@pytest.mark.parametrize("day", ["Mon 5 Jan 2026", "Sun 4 Jan 2026"])
def test_only_a_holiday_can_be_revoked(day: str) -> None:
    with pytest.raises(NotAHoliday):
        revoke_holiday(indonesia(), on(day))


def test_declaring_and_revoking_gives_the_calendar_back() -> None:
    day = on("Mon 5 Jan 2026")
    assert revoke_holiday(declare_holiday(indonesia(), day, "Libur"), day) == indonesia()


# --- Properties ----------------------------------------------------------------------------------


@st.composite
def running_clocks(draw: st.DrawFn, calendar: WorkingCalendar) -> tuple[date, int, tuple[PauseSpan, ...]]:
    """Draw a clock that has started, perhaps stood still once or twice, and runs."""
    start = draw(offsets)
    due = arm(calendar, start, draw(limits))
    spans, day = [], start
    for _ in range(draw(st.integers(0, 2))):
        since = day + timedelta(days=draw(st.integers(0, 9)))
        day = since + timedelta(days=draw(st.integers(0, 9)))
        due = resume(calendar, pause(calendar, due, since), day)
        spans.append(PauseSpan(since, day))
    return start, due, tuple(spans)


@given(patterns, offsets, st.data())
def test_no_change_of_the_calendar_ever_brings_a_deadline_forward(
    calendar: WorkingCalendar, day: date, data: st.DataObject
) -> None:
    start, due, pauses = data.draw(running_clocks(calendar))
    change = declared(calendar, day) if calendar.is_working(day) else _revocation(calendar, day)

    assert change.after.day_of(shift_for(change, start, due, pauses)) >= change.before.day_of(due)
    assert change.after.day_of(shift_for(change, start, due)) >= change.before.day_of(due)


def _revocation(calendar: WorkingCalendar, day: date) -> CalendarChange:
    named = declare_holiday(calendar, day, "Hari libur")
    assume(day.weekday() not in calendar.rest_days)
    return revoked(named, day)


@given(patterns, offsets, st.data())
def test_a_declared_holiday_leaves_exactly_the_limit_of_working_days(
    calendar: WorkingCalendar, day: date, data: st.DataObject
) -> None:
    start, due, pauses = data.draw(running_clocks(calendar))
    change = declared(calendar, day)

    def counted(in_calendar: WorkingCalendar, ordinal: int) -> int:
        still = sum(in_calendar.ordinal(p.until) - in_calendar.ordinal(p.since) for p in pauses if p.until)
        return ordinal - in_calendar.ordinal(start) - still

    assert counted(change.after, shift_for(change, start, due, pauses)) == counted(change.before, due)


@given(patterns, offsets, st.data())
def test_a_holiday_in_the_future_changes_no_running_clock(
    calendar: WorkingCalendar, today: date, data: st.DataObject
) -> None:
    start, due, pauses = data.draw(running_clocks(calendar))
    assume(max([start, *(span.until or start for span in pauses)]) <= today)
    day = today + timedelta(days=data.draw(st.integers(1, 30)))

    assert shift_for(declared(calendar, day), start, due, pauses) == due


@given(patterns, offsets, st.data())
def test_a_holiday_in_the_past_changes_only_clocks_started_on_it_or_later(
    calendar: WorkingCalendar, day: date, data: st.DataObject
) -> None:
    assume(calendar.is_working(day))
    start, n = data.draw(offsets), data.draw(limits)
    due = arm(calendar, start, n)

    assert shift_for(declared(calendar, day), start, due) == due - (start >= day)


@given(patterns, offsets, offsets, offsets, limits)
def test_who_starts_first_is_still_due_first_after_a_holiday(
    calendar: WorkingCalendar, day: date, one: date, other: date, n: int
) -> None:
    first, second = sorted((one, other))
    change = declared(calendar, day)

    assert shift_for(change, first, arm(calendar, first, n)) <= shift_for(change, second, arm(calendar, second, n))


@given(patterns, offsets, offsets, limits, st.data())
def test_a_clock_that_stands_still_loses_no_day_to_a_change(
    calendar: WorkingCalendar, day: date, start: date, n: int, data: st.DataObject
) -> None:
    paused_on = start + timedelta(days=data.draw(st.integers(0, 20)))
    resumed = paused_on + timedelta(days=data.draw(st.integers(0, 20)))
    assume(day <= paused_on)
    change = declared(calendar, day)
    remaining = pause(calendar, arm(calendar, start, n), paused_on)

    by_remaining = resume(change.after, shift_remaining(change, start, remaining, paused_on), resumed)
    spans = (PauseSpan(paused_on, resumed),)
    by_shift = shift_for(change, start, resume(calendar, remaining, resumed), spans)
    assert by_remaining == by_shift


@given(patterns, offsets, st.data())
def test_a_clock_not_yet_due_is_not_made_due_by_a_holiday(
    calendar: WorkingCalendar, day: date, data: st.DataObject
) -> None:
    start, due, pauses = data.draw(running_clocks(calendar))
    today = data.draw(offsets.filter(lambda drawn: drawn >= start))
    assume(not is_due(calendar, due, today))
    change = declared(calendar, day)

    assert not is_due(change.after, shift_for(change, start, due, pauses), today)
