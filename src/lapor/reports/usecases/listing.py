"""Make the rows of public reports anew from the reports themselves: after a repair, a change of places, or a load."""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models import Max

from lapor.reports.models import Listing, ListingCount, ListingDelta, Report
from lapor.reports.queries.public import public
from lapor.reports.usecases import _listing

BATCH = 20_000

_RECOUNT = """
INSERT INTO reports_listingcount (agency_id, place_id, status, n)
SELECT agency, place_id, status, count(*) FROM (
    SELECT agency_id AS agency, place_id, status FROM reports_listing WHERE agency_id IS NOT NULL
    UNION ALL SELECT NULL, place_id, status FROM reports_listing) counted
GROUP BY agency, place_id, status
"""


def list_again() -> int:
    """List every public report anew, in batches that each commit, take out what is not public, and return how many."""
    last = Report.objects.aggregate(last=Max("pk"))["last"] or 0
    listed = sum(_batch(first) for first in range(0, last, BATCH))
    recount_listings()
    return listed


@transaction.atomic
def _batch(first: int) -> int:
    shown = public().filter(pk__gt=first, pk__lte=first + BATCH)
    Listing.objects.filter(pk__gt=first, pk__lte=first + BATCH).exclude(pk__in=shown.order_by().values("pk")).delete()
    return len(_listing.write(shown))


@transaction.atomic
def recount_listings() -> None:
    """Set the counts by place from the rows; holds new changes back meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE reports_listingdelta IN EXCLUSIVE MODE")
        ListingDelta.objects.all().delete()
        ListingCount.objects.all().delete()
        cursor.execute(_RECOUNT)
