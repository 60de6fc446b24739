"""Minutes of service: time that runs only while the office is open (S61, S62, C6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from lapor.sop.calendar import WorkingCalendar


def add_service_minutes(calendar: WorkingCalendar, start: datetime, minutes: int) -> datetime:
    """Return the local instant at which `minutes` of service have passed since the aware instant `start`.

    Time outside the service hours of a working day does not run: begun on a Friday evening, ten minutes are over on
    Monday at 07:40. Raises `OutsideCalendar` past the last known day.
    """
    if minutes < 0:
        raise ValueError("minutes of service cannot be taken back")
    left = timedelta(minutes=minutes)
    day = calendar.today(start)
    while True:
        for opens, closes in opening_times(calendar, day):
            begins = max(opens, start.astimezone(UTC))
            if begins + left <= closes:
                return (begins + left).astimezone(calendar.zone)
            left -= max(closes - begins, timedelta())
        day += timedelta(days=1)


def add_minutes(calendar: WorkingCalendar, start: datetime, minutes: int) -> datetime:
    """Return the local instant `minutes` after the aware instant `start`, by the wall clock of no office."""
    calendar.today(start)  # refuses an instant without a zone
    return (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(calendar.zone)


def opening_times(calendar: WorkingCalendar, day: date) -> Iterator[tuple[datetime, datetime]]:
    """Return the periods of service on `day` as pairs of instants in UTC; none on a day that does not count."""
    if not calendar.is_working(day):
        return
    for opens, closes in calendar.service_hours[day.weekday()]:
        # Through UTC, because Python subtracts two instants of one zone by their wall clocks.
        yield (
            datetime.combine(day, opens, calendar.zone).astimezone(UTC),
            datetime.combine(day, closes, calendar.zone).astimezone(UTC),
        )
