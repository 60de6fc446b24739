"""Counts move with the step as deltas; the worker folds them, so that no two submissions wait for one row."""

from __future__ import annotations

from django.db import connection

from lapor.reports.models import CountDelta, Report
from lapor.reports.models.count import DAYS, LATE, MOST_DAYS, OBJECTED, OPENLY

Places = frozenset[tuple[int | None, str]]


def places_of(report: Report) -> Places:
    """Return under which desks the report counts: everywhere, at its agency and its unit.

    It counts by status and by ending, and once under "late" and "objected" however often that happened.
    What the public may count, in all and by institution, is counted apart: a secret report is in none of those numbers.
    Only there it also counts under the working days that its first follow-up took, so that the median can be read.
    """
    happened = {LATE: report.breaches_noticed, OBJECTED: report.objections}
    keys = {report.status, report.close_reason, *(key for key, times in happened.items() if times)} - {""}
    inside = frozenset((desk, key) for desk in {None, report.agency_id, report.unit_id} for key in keys)
    days = set() if report.answered_in is None else {f"{DAYS}{min(report.answered_in, MOST_DAYS)}"}
    openly = frozenset((desk, f"{OPENLY}{key}") for desk in {None, report.agency_id} for key in keys | days)
    return inside if report.is_secret else inside | openly


def change(before: Places, after: Places) -> None:
    """Write the difference between two places."""
    deltas = [CountDelta(desk_id=desk, key=key, delta=-1) for desk, key in before - after]
    deltas += [CountDelta(desk_id=desk, key=key, delta=1) for desk, key in after - before]
    CountDelta.objects.bulk_create(deltas)


_FOLD = """
WITH taken AS (DELETE FROM reports_countdelta WHERE id IN (
        SELECT id FROM reports_countdelta ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED)
    RETURNING desk_id, key, delta),
 sums AS (SELECT desk_id, key, sum(delta) AS n FROM taken GROUP BY desk_id, key)
INSERT INTO reports_count (desk_id, key, n) SELECT desk_id, key, n FROM sums ORDER BY desk_id NULLS FIRST, key
ON CONFLICT (desk_id, key) DO UPDATE SET n = reports_count.n + EXCLUDED.n
"""


def fold(limit: int = 10_000) -> int:
    """Fold up to `limit` deltas into the counts and return how many counts moved; several workers may do it at once."""
    with connection.cursor() as cursor:
        cursor.execute(_FOLD, [limit])
        return int(cursor.rowcount)
