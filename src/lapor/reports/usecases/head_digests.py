"""Owing the head of each unit one letter a week (S21: the head knows of what is late)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, OuterRef

from lapor.agencies.models import Agency
from lapor.reports.models import HeadDigest

MORNING = 7  # o'clock on Monday, where the institution is
_owed: set[tuple[str, date]] = set()  # of this process; what is owed stands in the table


def owe_digests(*, now: datetime) -> int:
    """Owe each unit's head the letter of this ISO week, once; return how many are new. Many clocks may call it at once.

    A week begins on Monday at 7 in the institution's zone; a unit founded in the middle of a week begins with the next.
    """
    return sum(_owe(zone, _monday(zone, now), now) for zone in _zones())


def _zones() -> list[str]:
    units = Agency.objects.filter(kind=Agency.Kind.UNIT, is_receiving=True)
    return list(units.order_by("calendar__zone").values_list("calendar__zone", flat=True).distinct())


def _monday(zone: str, now: datetime) -> date:
    """Return the Monday whose letter is the newest one owed."""
    local = now.astimezone(ZoneInfo(zone)) - timedelta(hours=MORNING)
    return local.date() - timedelta(days=local.weekday())


@transaction.atomic
def _owe(zone: str, monday: date, now: datetime) -> int:
    if (zone, monday) in _owed:
        return 0
    has = HeadDigest.objects.filter(unit=OuterRef("pk"), monday=monday)
    units = Agency.objects.filter(kind=Agency.Kind.UNIT, is_receiving=True, calendar__zone=zone).exclude(Exists(has))
    rows = [HeadDigest(unit=unit, monday=monday, next_try_at=now, created_at=now) for unit in units]
    HeadDigest.objects.bulk_create(rows, ignore_conflicts=True)
    transaction.on_commit(lambda: _owed.add((zone, monday)))
    return len(rows)
