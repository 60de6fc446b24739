"""How far life has come here, for those who play it: the demo and its cast."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Max

from lapor.ledger.models import Entry
from lapor.reports.models import Breach, Report
from lapor.sop.vocabulary import Clock


@dataclass(frozen=True)
class LateStep:
    """A breach on record: its id and clock, the late desk's code and kind, and the code of that desk's unit."""

    id: int
    clock: Clock
    desk: str
    kind: str
    unit: str


def count_reports() -> int:
    """Return how many reports there are, of every status."""
    return Report.objects.count()


def last_step_at() -> datetime | None:
    """Return when the newest step of any report was taken, or None where nothing has happened."""
    last: datetime | None = Entry.objects.aggregate(last=Max("at"))["last"]
    return last


def late_steps(moment: Literal["noticed_at", "explained_at"], since: datetime, until: datetime) -> Iterator[LateStep]:
    """Yield the breaches of a desk whose `moment` lies from `since` to before `until`, the oldest first; one query."""
    rows = Breach.objects.filter(**{f"{moment}__gte": since, f"{moment}__lt": until})
    for row in rows.select_related("desk__parent").order_by("pk"):
        if row.desk is not None:
            above = row.desk.parent if row.desk.kind == "subunit" and row.desk.parent else row.desk
            yield LateStep(row.pk, Clock(row.clock), row.desk.code, row.desk.kind, above.code)
