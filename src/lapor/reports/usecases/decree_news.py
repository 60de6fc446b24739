"""Owing the warnings that a decree ends: to its officers, to the institution's admins, and to the heads (S16, S18)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from lapor.agencies.models import Decree
from lapor.agencies.queries.decrees import Ending, endings, in_force_until, keepers_of
from lapor.reports.models import DecreeLetter

BEFORE = (30, 7, 1)  # days; 1: tomorrow is the last day
MORNING = 7  # o'clock where the institution is
BATCH = 1_000
_owed: set[tuple[str, date]] = set()  # of this process; what is owed stands in the table


def owe_decree_warnings(*, now: datetime) -> int:
    """Owe each warning of this morning once; return how many are new. Many clocks may call it at once.

    After an outage, and for a decree that is registered late, the newest warning due is owed and no older one.
    """
    zones = Decree.objects.order_by("institution__calendar__zone").values_list("institution__calendar__zone", flat=True)
    return sum(_owe(zone, _morning(zone, now), now) for zone in zones.distinct())


def _morning(zone: str, now: datetime) -> date:
    """Return the day whose morning was the last one in this zone."""
    return (now.astimezone(ZoneInfo(zone)) - timedelta(hours=MORNING)).date()


@transaction.atomic
def _owe(zone: str, day: date, now: datetime) -> int:
    if (zone, day) in _owed:
        return 0
    near = in_force_until(day, day + timedelta(days=max(BEFORE))).filter(institution__calendar__zone=zone)
    due = {decree.pk: _step((decree.valid_to - day).days) for decree in near}
    rows = [
        DecreeLetter(decree_id=decree, account=account, days=due[decree], next_try_at=now, created_at=now)
        for decree, account in _told(endings(near), now)
    ]
    known = set(DecreeLetter.objects.filter(decree__in=near).values_list("decree", "account", "days"))
    new = [row for row in rows if (row.decree_id, row.account, row.days) not in known]
    DecreeLetter.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)
    transaction.on_commit(lambda: _owed.add((zone, day)))
    return len(new)


def _step(days_left: int) -> int:
    return min(step for step in BEFORE if days_left <= step)


def _told(ending: Iterable[Ending], now: datetime) -> list[tuple[int, int]]:
    """Return each decree with each account to be told, once: the officers, and who can have it renewed."""
    by_decree: dict[int, list[Ending]] = defaultdict(list)
    for one in ending:
        by_decree[one.decree_id].append(one)
    at_desk: dict[int, set[int]] = defaultdict(set)
    for keeper in keepers_of({one.institution_id for seats in by_decree.values() for one in seats}, on=now):
        at_desk[keeper.desk_id].add(keeper.account_id)
    told = {(decree, account) for decree, seats in by_decree.items() for account in _readers(seats, at_desk)}
    return sorted(told)


def _readers(seats: Iterable[Ending], keepers: Mapping[int, set[int]]) -> set[int]:
    desks = {desk for one in seats for desk in (one.institution_id, one.desk_id)}
    return {one.account_id for one in seats}.union(*(keepers.get(desk, set()) for desk in desks))
