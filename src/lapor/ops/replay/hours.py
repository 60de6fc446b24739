"""Office time: when a desk that starts now and works so many working days is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from lapor.sop.calendar import WorkingCalendar

OPENS, CLOSES = time(8), time(16)
_DAY = timedelta(hours=8)


@dataclass(frozen=True)
class OfficeTime:
    """The working days of one calendar, each from 08.00 to 16.00 local time."""

    calendar: WorkingCalendar

    def after(self, start: datetime, days: float) -> datetime:
        """Return the instant (UTC) at which `days` working days have passed in the office since `start`."""
        return max(start, self._moment(self._position(start) + days))

    def before(self, end: datetime, days: float) -> datetime:
        """Return the instant (UTC) from which `days` working days pass in the office until `end`."""
        return min(end, self._moment(self._position(end) - days))

    def _moment(self, position: float) -> datetime:
        whole = int(position)
        local = datetime.combine(self.calendar.day_of(whole + 1), OPENS, self.calendar.zone)
        return (local + _DAY * (position - whole)).astimezone(UTC)

    def _position(self, moment: datetime) -> float:
        """Return how many working days have passed in the office since the calendar's beginning."""
        local = moment.astimezone(self.calendar.zone)
        ordinal = self.calendar.ordinal(local.date())
        if not self.calendar.is_working(local.date()):
            return float(ordinal)
        opened = datetime.combine(local.date(), OPENS, self.calendar.zone)
        return ordinal - 1 + min(1.0, max(0.0, (local - opened) / _DAY))
