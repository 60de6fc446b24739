"""Make the rows of public reports what they should be: a batch of the day's upkeep, or all of them after a load."""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models import Max

from lapor.reports import access
from lapor.reports.models import Listing, ListingCount, Report
from lapor.reports.queries.public import public
from lapor.reports.usecases import _listing

BATCH = 20_000

# As with `counts.recount`: one statement sees one moment, and only what is wrong in it is added.
_RECOUNT = """
WITH grouped AS (SELECT agency_id, place_id, status, count(*) AS n FROM reports_listing GROUP BY 1, 2, 3),
wrong AS (
    SELECT agency_id, place_id, status, sum(n) AS n FROM (
        SELECT agency_id, place_id, status, n FROM grouped WHERE agency_id IS NOT NULL
        UNION ALL SELECT NULL, place_id, status, n FROM grouped
        UNION ALL SELECT agency_id, place_id, status, -n FROM reports_listingcount
        UNION ALL SELECT agency_id, place_id, status, -delta FROM reports_listingdelta) every_one
    GROUP BY agency_id, place_id, status HAVING sum(n) <> 0)
INSERT INTO reports_listingcount (agency_id, place_id, status, n)
SELECT agency_id, place_id, status, n FROM wrong ORDER BY agency_id NULLS FIRST, place_id NULLS FIRST, status
ON CONFLICT (agency_id, place_id, status) DO UPDATE SET n = reports_listingcount.n + EXCLUDED.n
"""


def mend_listings(after: int, last: int) -> int:
    """Compare the rows of the reports beyond `after` up to `last` with the reports, and mend each that differs.

    A category or place that was moved, or a repair by hand, leaves such rows. Each is a transaction of its own under
    its report's lock; a report that is just being changed is left to the next day. Returns how many were mended.
    """
    return sum(_mended(report) for report in _listing.wrong(after, last))


@transaction.atomic
def _mended(report: int) -> bool:
    if access.locked(Report.objects.filter(pk=report), skip=True) is None:
        return False
    _listing.settle(report)
    return True


def list_again() -> int:
    """List every public report anew, in batches that each commit, take out what is not public, and return how many.

    For a load, while nobody files or handles reports; a running installation mends by `mend_listings`.
    """
    last = Report.objects.aggregate(last=Max("pk"))["last"] or 0
    listed = sum(_batch(first) for first in range(0, last, BATCH))
    recount_listings()
    return listed


@transaction.atomic
def _batch(first: int) -> int:
    shown = public().filter(pk__gt=first, pk__lte=first + BATCH)
    Listing.objects.filter(pk__gt=first, pk__lte=first + BATCH).exclude(pk__in=shown.order_by().values("pk")).delete()
    return len(_listing.write(shown))


def recount_listings() -> int:
    """Set the counts by place right by the rows, without holding anybody up; return how many were wrong."""
    with connection.cursor() as cursor:
        cursor.execute(_RECOUNT)
        wrong = int(cursor.rowcount)
    ListingCount.objects.filter(n=0).delete()
    return wrong
