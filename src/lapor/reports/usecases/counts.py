"""Fold the changes of counts (worker), and set the counts right by the reports themselves (daily)."""

from __future__ import annotations

from django.db import connection

from lapor.reports.models import Count
from lapor.reports.models.count import DAYS, LATE, MOST_DAYS, OBJECTED, OPENLY
from lapor.reports.usecases import _counts, _listing

# One statement sees one moment: in it, every count and its waiting changes add up to the reports. What does not is the
# mistake, and is added. So nobody waits for this, and steps taken meanwhile are neither lost nor counted twice.
# The keys are those of `_counts.places_of`.
_RECOUNT = """
WITH grouped AS (
    SELECT agency_id, unit_id, is_secret, status, close_reason, breaches_noticed > 0 AS late,
        objections > 0 AS objected,
        CASE WHEN answered_in IS NOT NULL THEN least(answered_in, %(most)s) END AS days, count(*) AS n
    FROM reports_report GROUP BY 1, 2, 3, 4, 5, 6, 7, 8),
keyed AS (
    SELECT agency_id, unit_id, is_secret, key, n FROM grouped, unnest(ARRAY[
        status, NULLIF(close_reason, ''), CASE WHEN late THEN %(late)s END, CASE WHEN objected THEN %(objected)s END,
        %(days)s || days]) AS key
    WHERE key IS NOT NULL),
inside AS (SELECT * FROM keyed WHERE NOT starts_with(key, %(days)s)),
openly AS (SELECT agency_id, %(openly)s || key AS key, n FROM keyed WHERE NOT is_secret),
wrong AS (
    SELECT desk_id, key, sum(n) AS n FROM (
        SELECT NULL::bigint AS desk_id, key, n FROM inside
        UNION ALL SELECT agency_id, key, n FROM inside WHERE agency_id IS NOT NULL
        UNION ALL SELECT unit_id, key, n FROM inside WHERE unit_id IS NOT NULL
        UNION ALL SELECT NULL, key, n FROM openly
        UNION ALL SELECT agency_id, key, n FROM openly WHERE agency_id IS NOT NULL
        UNION ALL SELECT desk_id, key, -n FROM reports_count
        UNION ALL SELECT desk_id, key, -delta FROM reports_countdelta) every_one
    GROUP BY desk_id, key HAVING sum(n) <> 0)
INSERT INTO reports_count (desk_id, key, n) SELECT desk_id, key, n FROM wrong ORDER BY desk_id NULLS FIRST, key
ON CONFLICT (desk_id, key) DO UPDATE SET n = reports_count.n + EXCLUDED.n
"""


def fold_counts(limit: int = 10_000) -> int:
    """Fold waiting deltas into the counts, those by place among them; returns how many counts moved."""
    return _counts.fold(limit) + _listing.fold(limit)


def recount() -> int:
    """Set every count right by the reports themselves and return how many were wrong.

    Reads the whole table once (a million reports: about two seconds) and locks nothing but the counts that were wrong.
    """
    keys: dict[str, str | int] = {"late": LATE, "objected": OBJECTED, "openly": OPENLY, "days": DAYS}
    with connection.cursor() as cursor:
        cursor.execute(_RECOUNT, keys | {"most": MOST_DAYS})
        wrong = int(cursor.rowcount)
    Count.objects.filter(n=0).delete()
    return wrong
