"""Once a day, what is kept beside the reports is compared with them: counts first, then the lists, batch by batch."""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, Max

from lapor.reports.models import Report, Upkeep
from lapor.reports.usecases import _traces
from lapor.reports.usecases.counts import recount
from lapor.reports.usecases.listing import mend_listings, recount_listings

NAME = "lists and counts"
BATCH = 1_000  # reports in one round of the clock: about a second on a busy machine, five hours for a million
BEGINS = timedelta(hours=1)  # after midnight in the capital
CAPITAL = ZoneInfo("Asia/Jakarta")

log = logging.getLogger(__name__)


def keep_up(*, now: datetime, batch: int = BATCH) -> int:
    """Do the next part of the day's upkeep and return how much was mended; nothing once the day's is through.

    A part that was broken off is done again, and two clocks that do the same part do it no harm.
    """
    today = (now.astimezone(CAPITAL) - BEGINS).date()
    state = Upkeep.objects.filter(name=NAME).first()
    if state is None or state.day < today:
        return _begin(today)
    return 0 if state.done_at else _go_on(state, now, batch)


@transaction.atomic
def _begin(today: date) -> int:
    """Set the counts right; the row's lock keeps a second clock from adding the same difference again."""
    Upkeep.objects.get_or_create(name=NAME, defaults={"day": date.min})
    mine = Upkeep.objects.filter(name=NAME, day__lt=today)
    if not mine.update(day=today, reached=0, mended=0, done_at=None):
        return 0
    mended = recount() + recount_listings()
    Upkeep.objects.filter(name=NAME).update(mended=mended)
    return mended


def _go_on(state: Upkeep, now: datetime, batch: int) -> int:
    """Look through the next reports, and say when they were the last."""
    last = state.reached + batch
    mended = mend_listings(state.reached, last) + _traces.mend(state.reached, last)
    is_through = last >= (Report.objects.aggregate(last=Max("pk"))["last"] or 0)
    done = {"reached": last, "mended": F("mended") + mended, "done_at": now if is_through else None}
    Upkeep.objects.filter(name=NAME, day=state.day, reached=state.reached).update(**done)
    if is_through:
        log.info(
            "upkeep of %s: %d counts and rows of lists were wrong and are mended", state.day, state.mended + mended
        )
    return mended
