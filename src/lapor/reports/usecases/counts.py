"""Fold the changes of counts (worker), and recount them from the reports (nightly, doctor)."""

from __future__ import annotations

from django.db import connection, transaction

from lapor.reports.models import Count, CountDelta
from lapor.reports.models.count import LATE, OBJECTED, OPENLY
from lapor.reports.usecases import _counts, _listing

# The keys are those of `_counts.places_of`.
_RECOUNT = """
WITH keyed AS (
    SELECT id, agency_id, unit_id, is_secret, key FROM reports_report, unnest(ARRAY[
        status, NULLIF(close_reason, ''), CASE WHEN breaches_noticed > 0 THEN %(late)s END,
        CASE WHEN objections > 0 THEN %(objected)s END]) AS key
    WHERE key IS NOT NULL)
INSERT INTO reports_count (desk_id, key, n)
SELECT desk, key, count(*) FROM (
    SELECT DISTINCT id, desk, key FROM keyed, unnest(ARRAY[NULL, agency_id, unit_id]) AS desk
    UNION ALL
    SELECT DISTINCT id, desk, %(openly)s || key FROM keyed, unnest(ARRAY[NULL, agency_id]) AS desk
    WHERE NOT is_secret) AS counted
GROUP BY desk, key
"""


def fold_counts(limit: int = 10_000) -> int:
    """Fold waiting deltas into the counts, those by place among them; returns how many counts moved."""
    return _counts.fold(limit) + _listing.fold(limit)


@transaction.atomic
def recount() -> None:
    """Set every count from the reports themselves; reads the whole table and holds new deltas back meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE reports_countdelta IN EXCLUSIVE MODE")
        CountDelta.objects.all().delete()
        Count.objects.all().delete()
        cursor.execute(_RECOUNT, {"late": LATE, "objected": OBJECTED, "openly": OPENLY})
