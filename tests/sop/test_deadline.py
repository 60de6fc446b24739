"""A deadline explains itself, and what it says agrees with the arithmetic."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sop.days import at, indonesia, on, patterns_from

from lapor.sop.calendar import WorkingCalendar, arm, counting_every_day, pause, resume
from lapor.sop.calendar_change import (
    CalendarChange,
    PauseSpan,
    declare_holiday,
    revoke_holiday,
    shift_for,
    shift_remaining,
)
from lapor.sop.deadline import Explanation, Mark, UnexplainedDeadline, explain, explain_minutes
from lapor.sop.profile import Counting, shipped_profiles
from lapor.sop.vocabulary import Action, Clock

MATARAM = shipped_profiles().get("kota-mataram", "2023")
FIRST = on("Wed 1 Jan 2025")


def of(
    calendar: WorkingCalendar,
    start: date,
    n: int,
    due: int | None,
    *,
    remaining: int | None = None,
    pauses: tuple[PauseSpan, ...] = (),
    promised_on: date | None = None,
    clock: Clock = Clock.FIRST_RESPONSE,
) -> Explanation:
    """Explain a clock of `n` days under Mataram's profile."""
    limit = MATARAM.limit(clock)
    assert limit
    return explain(
        clock=clock,
        event=Action.DISPOSE,
        start_day=start,
        limit=limit,
        calendar=calendar,
        profile=MATARAM,
        n=n,
        due_ordinal=due,
        remaining=remaining,
        pauses=pauses,
        promised_on=promised_on,
    )


def marks(explanation: Explanation) -> dict[str, str]:
    """Return each day's mark, the days written as "12 Mar"."""
    return {f"{row.day.day:%d %b}": str(row.number or row.mark) for row in explanation.rows}


# --- Stories -------------------------------------------------------------------------------------


def test_S31_each_day_of_the_first_response_around_nyepi_and_idul_fitri_is_told() -> None:
    calendar, start = indonesia(), on("Thu 12 Mar 2026")
    told = of(calendar, start, 10, arm(calendar, start, 10))

    assert (told.due_on, told.lapses_on) == (on("Thu 2 Apr 2026"), on("Mon 6 Apr 2026"))
    assert told.due_at == at("Thu 2 Apr 2026 23:59 WITA") + timedelta(seconds=59)
    assert marks(told) == {
        "12 Mar": "event", "13 Mar": "1", "14 Mar": "weekend", "15 Mar": "weekend", "16 Mar": "2", "17 Mar": "3",
        "18 Mar": "holiday", "19 Mar": "holiday", "20 Mar": "holiday", "21 Mar": "holiday", "22 Mar": "holiday",
        "23 Mar": "holiday", "24 Mar": "holiday", "25 Mar": "4", "26 Mar": "5", "27 Mar": "6", "28 Mar": "weekend",
        "29 Mar": "weekend", "30 Mar": "7", "31 Mar": "8", "01 Apr": "9", "02 Apr": "10",
    }  # fmt: skip


def test_S34_sixty_working_days_are_told_day_by_day() -> None:
    calendar, start = indonesia(), on("Mon 2 Feb 2026")
    told = of(calendar, start, 60, arm(calendar, start, 60), clock=Clock.ESCALATION)

    assert len(told.rows) == (on("Fri 8 May 2026") - start).days + 1
    assert told.rows[-1].number == 60


def test_the_days_that_the_reporter_took_are_told_as_a_pause() -> None:
    calendar, start = indonesia(), on("Mon 5 Jan 2026")
    span = PauseSpan(on("Wed 7 Jan 2026"), on("Mon 12 Jan 2026"), "question")
    due = resume(calendar, pause(calendar, arm(calendar, start, 5), span.since), on("Mon 12 Jan 2026"))
    told = of(calendar, start, 5, due, pauses=(span,), promised_on=on("Mon 12 Jan 2026"))

    assert marks(told) == {
        "05 Jan": "event", "06 Jan": "1", "07 Jan": "2", "08 Jan": "paused", "09 Jan": "paused",
        "10 Jan": "weekend", "11 Jan": "weekend", "12 Jan": "paused", "13 Jan": "3", "14 Jan": "4", "15 Jan": "5",
    }  # fmt: skip
    assert told.moved
    assert (told.moved.promised, told.moved.paused_days) == (on("Mon 12 Jan 2026"), 3)


def test_a_clock_that_stands_still_tells_what_is_left() -> None:
    calendar, start = indonesia(), on("Mon 5 Jan 2026")
    remaining = pause(calendar, arm(calendar, start, 5), on("Wed 7 Jan 2026"))
    told = of(calendar, start, 5, None, remaining=remaining, pauses=(PauseSpan(on("Wed 7 Jan 2026"), None),))

    assert (told.due_on, told.due_at, told.lapses_on, told.remaining) == (None, None, None, 3)
    assert marks(told) == {"05 Jan": "event", "06 Jan": "1", "07 Jan": "2"}


def test_a_holiday_declared_later_is_named_as_the_reason_of_the_new_date() -> None:
    day, start = on("Mon 18 Aug 2025"), on("Wed 6 Aug 2025")
    before = revoke_holiday(indonesia(), day)
    due = arm(before, start, 10)
    after = declare_holiday(before, day, "Cuti Bersama", "SKB 933/2025", declared=on("Thu 7 Aug 2025"))
    told = of(after, start, 10, due, promised_on=before.day_of(due))

    assert (before.day_of(due), told.due_on) == (on("Wed 20 Aug 2025"), on("Thu 21 Aug 2025"))
    assert told.moved
    assert [holiday.day for holiday in told.moved.holidays] == [day]


def test_a_holiday_known_before_the_event_is_no_reason_for_a_move() -> None:
    day, start = on("Mon 18 Aug 2025"), on("Fri 8 Aug 2025")
    calendar = declare_holiday(indonesia(), day, "Cuti Bersama", declared=on("Thu 7 Aug 2025"))
    due = arm(calendar, start, 10)
    span = PauseSpan(on("Mon 11 Aug 2025"), on("Tue 12 Aug 2025"))
    unmoved = of(calendar, start, 10, due, promised_on=calendar.day_of(due))
    moved = of(calendar, start, 10, due + 1, pauses=(span,), promised_on=calendar.day_of(due)).moved

    assert unmoved.moved is None
    assert moved
    assert (moved.holidays, moved.paused_days) == ((), 1)


def test_a_revoked_holiday_leaves_the_promise_and_says_so() -> None:
    start = on("Mon 12 Jan 2026")
    before = indonesia()
    change = CalendarChange(before, revoke_holiday(before, on("Fri 16 Jan 2026")))
    due = shift_for(change, start, arm(before, start, 5))
    told = of(change.after, start, 5, due, promised_on=on("Tue 20 Jan 2026"))

    assert told.moved is None
    assert told.due_on == on("Tue 20 Jan 2026")
    assert marks(told)["19 Jan"] == "5"
    assert marks(told)["20 Jan"] == "kept"


def test_a_date_that_was_never_given_enough_days_is_not_explained_away() -> None:
    calendar, start = indonesia(), on("Mon 5 Jan 2026")
    with pytest.raises(UnexplainedDeadline, match="due on 2026-01-09, but only 4 of 5 days"):
        of(calendar, start, 5, arm(calendar, start, 4))


def test_C2_where_every_day_counts_none_is_skipped() -> None:
    calendar, start = counting_every_day(indonesia()), on("Thu 12 Mar 2026")
    told = of(calendar, start, 10, arm(calendar, start, 10))

    assert told.due_on == on("Sun 22 Mar 2026")
    assert told.count(Mark.COUNTED) == 10
    assert not told.holidays
    assert replace(told, profile=replace(MATARAM, counting=Counting.CALENDAR)).counts_every_day


def test_a_target_is_told_from_a_limit() -> None:
    calendar, start = indonesia(), on("Mon 5 Jan 2026")
    assert of(calendar, start, 5, arm(calendar, start, 5)).is_target
    assert not of(calendar, start, 10, arm(calendar, start, 10)).is_target


def test_a_part_of_the_calendar_that_ends_with_the_deadline_is_enough() -> None:
    whole, start = indonesia(), on("Mon 5 Jan 2026")
    days = tuple(day for day in whole.days if start <= day.day <= on("Mon 12 Jan 2026"))
    told = of(WorkingCalendar(days, whole.zone), start, 5, arm(whole, start, 5))

    assert (told.due_on, told.lapses_on) == (on("Mon 12 Jan 2026"), None)


def test_S61_minutes_of_service_are_told_day_by_day() -> None:
    limit = MATARAM.limit(Clock.ACCEPT)
    assert limit
    told = explain_minutes(
        clock=Clock.ACCEPT,
        event=Action.DISPOSE,
        started_at=at("Tue 17 Mar 2026 15:55 WITA"),
        limit=limit,
        calendar=indonesia(),
        profile=MATARAM,
    )

    assert told.due_at == at("Wed 25 Mar 2026 07:35 WITA")
    assert (told.rows[0].number, told.rows[-1].number) == (5, 10)
    assert told.count(Mark.HOLIDAY) == 7
    assert told.is_target


def test_minutes_begun_after_the_office_closed_say_so() -> None:
    limit = MATARAM.limit(Clock.ACCEPT)
    assert limit
    told = explain_minutes(
        clock=Clock.ACCEPT,
        event=Action.DISPOSE,
        started_at=at("Fri 9 Jan 2026 18:00 WITA"),
        limit=limit,
        calendar=indonesia(),
        profile=MATARAM,
    )
    assert [str(row.mark) for row in told.rows] == ["closed", "weekend", "weekend", "counted"]


def test_S37_plain_minutes_need_no_days() -> None:
    limit = MATARAM.limit(Clock.INTAKE)
    assert limit
    told = explain_minutes(
        clock=Clock.INTAKE,
        event=Action.SUBMIT,
        started_at=at("Sat 10 Jan 2026 23:55 WITA"),
        limit=limit,
        calendar=indonesia(),
        profile=MATARAM,
    )
    assert (told.due_at, told.rows) == (at("Sun 11 Jan 2026 00:05 WITA"), ())
    assert not told.is_target


# --- Properties ----------------------------------------------------------------------------------

patterns = patterns_from(FIRST)
offsets = st.integers(0, 60).map(lambda n: FIRST + timedelta(days=n))
limits = st.integers(1, 60)
gaps = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=3)


def run(
    calendar: WorkingCalendar, start: date, n: int, steps: list[tuple[int, int]]
) -> tuple[int, tuple[PauseSpan, ...]]:
    """Arm a clock and let it stand still as often as `steps` says: so many days later, for so many days."""
    due, spans, day = arm(calendar, start, n), [], start
    for later, still in steps:
        since, until = day + timedelta(days=later), day + timedelta(days=later + still)
        if pause(calendar, due, since) < 0:
            break  # a clock past its deadline does not stand still any more
        due, day = resume(calendar, pause(calendar, due, since), until), until
        spans.append(PauseSpan(since, until))
    return due, tuple(spans)


@given(patterns, offsets, limits, gaps)
def test_as_many_days_are_counted_as_the_limit_allows_and_the_last_is_the_deadline(
    calendar: WorkingCalendar, start: date, n: int, steps: list[tuple[int, int]]
) -> None:
    due, spans = run(calendar, start, n, steps)
    told = of(calendar, start, n, due, pauses=spans)
    counted = [row for row in told.rows if row.mark is Mark.COUNTED]

    assert [row.number for row in counted] == list(range(1, n + 1))
    assert told.due_on == calendar.day_of(due)
    assert not told.count(Mark.KEPT)
    # A pause that began when no day was left puts the date off to its own last day.
    assert counted[-1].day.day == told.due_on or told.rows[-1].mark is Mark.PAUSED


@given(patterns, offsets, limits, gaps)
def test_every_day_from_the_event_to_the_deadline_is_told_once(
    calendar: WorkingCalendar, start: date, n: int, steps: list[tuple[int, int]]
) -> None:
    due, spans = run(calendar, start, n, steps)
    told = of(calendar, start, n, due, pauses=spans)

    assert [row.day for row in told.rows] == [calendar[start], *calendar.between(start, calendar.day_of(due))]
    assert told.rows[0].mark is Mark.EVENT
    assert told.count(Mark.PAUSED) == due - arm(calendar, start, n)
    assert all(row.day.working == (row.mark in (Mark.COUNTED, Mark.PAUSED)) for row in told.rows[1:])


@given(patterns, offsets, limits, gaps, st.integers(0, 119))
def test_after_a_declared_holiday_the_corrected_deadline_still_explains_itself(
    calendar: WorkingCalendar, start: date, n: int, steps: list[tuple[int, int]], offset: int
) -> None:
    due, spans = run(calendar, start, n, steps)
    change = CalendarChange(calendar, declare_holiday(calendar, FIRST + timedelta(days=offset), "Libur"))
    told = of(change.after, start, n, shift_for(change, start, due, spans), pauses=spans)

    assert told.count(Mark.COUNTED) == n
    assert not told.count(Mark.KEPT)


@given(patterns, offsets, limits, gaps, st.integers(0, 119))
def test_after_a_revoked_holiday_the_kept_days_are_told(
    calendar: WorkingCalendar, start: date, n: int, steps: list[tuple[int, int]], offset: int
) -> None:
    day = FIRST + timedelta(days=offset)
    named = replace(declare_holiday(calendar, day, "Libur"), rest_days=frozenset())
    due, spans = run(named, start, n, steps)
    change = CalendarChange(named, revoke_holiday(named, day))
    told = of(change.after, start, n, shift_for(change, start, due, spans), pauses=spans)

    assert told.due_on == named.day_of(due)
    assert told.count(Mark.COUNTED) == n
    assert told.count(Mark.KEPT) <= 1


@given(patterns, offsets, limits, st.integers(0, 20), st.integers(0, 119))
def test_a_clock_that_stands_still_explains_itself_through_a_declared_holiday(
    calendar: WorkingCalendar, start: date, n: int, later: int, offset: int
) -> None:
    since = start + timedelta(days=later)
    change = CalendarChange(calendar, declare_holiday(calendar, FIRST + timedelta(days=offset), "Libur"))
    remaining = pause(calendar, arm(calendar, start, n), since)
    left = shift_remaining(change, start, remaining, since)
    told = of(change.after, start, n, None, remaining=left, pauses=(PauseSpan(since, None),))

    assert told.count(Mark.COUNTED) == min(n, n - left)
