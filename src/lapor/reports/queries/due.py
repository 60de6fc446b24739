"""What is due, found by index: no clock is looked at that is not due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from lapor.agencies.models import Calendar
from lapor.agencies.queries import calendars
from lapor.reports.models import Deadline


@dataclass(frozen=True)
class Due:
    """One clock that has ended: its id and its report's."""

    deadline: int
    report: int


def due_now(now: datetime, limit: int) -> list[Due]:
    """Return up to `limit` due clocks, those in minutes first, then each calendar's in the order they fell due.

    Cases that were set aside wait for a person. One query for minutes, and two for each calendar in use.
    """
    by_minute = Deadline.objects.filter(due_at__lte=now).order_by("due_at", "id")
    found = _take(by_minute, limit)
    for calendar in Calendar.objects.order_by("pk"):
        if len(found) >= limit:
            break
        today = calendars.ordinal(calendar.pk, calendars.today(calendar, now))
        ended = Deadline.objects.filter(calendar=calendar, due_ordinal__lt=today).order_by("due_ordinal", "id")
        found += _take(ended, limit - len(found))
    return found


def _take(deadlines: QuerySet[Deadline], limit: int) -> list[Due]:
    running = deadlines.filter(state=Deadline.State.RUNNING, report__set_aside_why="")
    return [Due(*row) for row in running.values_list("id", "report_id")[:limit]]
