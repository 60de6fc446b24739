"""The row by which a public report is found follows each step, in the step's own transaction.

What may be listed is asked of `public()` alone; a report that it does not show loses its row, so that no list, search,
count, picture or letter finds it from that moment on.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from lapor.reports.models import Follow, FollowLetter, Listing, ListingDelta, Report
from lapor.reports.queries.public import public
from lapor.reports.queries.timeline import INTERNAL, PRIVATE
from lapor.sop.vocabulary import Action, Status

Facts = tuple[object, ...]
Counted = tuple[int | None, int | None, str]  # institution, place, status

_COLUMNS = "report_id, agency_id, category_id, place_id, city_id, province_id, status, received_at, supports, words"
_ROWS = """
SELECT r.id AS report_id, r.agency_id, r.category_id, p.shown AS place_id, p.city AS city_id,
    CASE up.level WHEN 'province' THEN up.id ELSE p.city END AS province_id, r.status, r.received_at,
    (SELECT count(*) FROM reports_support s WHERE s.report_id = r.id)::integer AS supports,
    lapor_words(r.title, t.published, ARRAY['@a' || r.agency_id, '@k' || r.category_id, '@k' || k.parent_id,
        '@p' || p.shown, '@p' || NULLIF(p.city, p.shown)]) AS words
FROM reports_report r JOIN reports_reporttext t ON t.report_id = r.id
LEFT JOIN agencies_category k ON k.id = r.category_id
LEFT JOIN LATERAL (SELECT CASE o.level WHEN 'village' THEN up.id ELSE o.id END AS shown,
        CASE o.level WHEN 'village' THEN up.parent_id WHEN 'district' THEN up.id ELSE o.id END AS city
    FROM agencies_place o LEFT JOIN agencies_place up ON up.id = o.parent_id WHERE o.id = r.place_id) p ON true
LEFT JOIN agencies_place c ON c.id = p.city LEFT JOIN agencies_place up ON up.id = c.parent_id
WHERE r.id IN ({reports})
"""
_LIST = f"""
INSERT INTO reports_listing ({_COLUMNS}) {_ROWS}
ON CONFLICT (report_id) DO UPDATE SET agency_id = EXCLUDED.agency_id, category_id = EXCLUDED.category_id,
    place_id = EXCLUDED.place_id, city_id = EXCLUDED.city_id, province_id = EXCLUDED.province_id,
    status = EXCLUDED.status, words = EXCLUDED.words, received_at = EXCLUDED.received_at, supports = EXCLUDED.supports
RETURNING agency_id, place_id, status
"""
_WRONG = """
WITH due AS MATERIALIZED (SELECT {columns} FROM ({rows}) rows),
    kept AS MATERIALIZED (SELECT {columns} FROM reports_listing WHERE report_id > %s AND report_id <= %s)
SELECT DISTINCT report_id FROM (
    (SELECT * FROM due EXCEPT SELECT * FROM kept) UNION ALL (SELECT * FROM kept EXCEPT SELECT * FROM due)) unlike
ORDER BY report_id
"""
_FOLD = """
WITH taken AS (DELETE FROM reports_listingdelta WHERE id IN (
        SELECT id FROM reports_listingdelta ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED)
    RETURNING agency_id, place_id, status, delta),
 sums AS (SELECT agency_id, place_id, status, sum(delta) AS n FROM taken GROUP BY agency_id, place_id, status)
INSERT INTO reports_listingcount (agency_id, place_id, status, n)
SELECT agency_id, place_id, status, n FROM sums ORDER BY agency_id NULLS FIRST, place_id NULLS FIRST, status
ON CONFLICT (agency_id, place_id, status) DO UPDATE SET n = reports_listingcount.n + EXCLUDED.n
"""


def facts_of(report: Report) -> Facts | None:
    """Return all that `public()` judges or the row keeps: a step may change it. None: nobody read the report yet."""
    if report.status == Status.UNVERIFIED:
        return None
    return (
        report.status, report.verified_at is None, report.unit_id, report.is_secret, report.is_blocked,
        report.archive_reason, report.classification, report.agency_id, report.category_id, report.place_id,
        report.title,
    )  # fmt: skip


def keep(report: Report, before: Facts | None, *, reworded: bool = False) -> None:
    """Bring the row of a report, locked and saved, up to date where the step changed what it tells of."""
    if facts_of(report) == before and not reworded:
        return
    settle(report.pk)


def settle(report: int) -> None:
    """Make the row of a report, locked by the caller, what it should be, and count the difference."""
    had = Listing.objects.filter(report=report).values_list("agency_id", "place_id", "status").first()
    has = next(iter(write(public().filter(pk=report))), None)
    if has is None and had is not None:
        Listing.objects.filter(report=report).delete()
    _count(had, has)


def wrong(after: int, last: int) -> list[int]:
    """Return which reports beyond `after` up to `last` have another row than is due; one query, no lock."""
    asked, params = _asked(public().filter(pk__gt=after, pk__lte=last))
    with connection.cursor() as cursor:
        cursor.execute(_WRONG.format(columns=_COLUMNS, rows=_ROWS.format(reports=asked)), [*params, after, last])
        return [report for (report,) in cursor.fetchall()]


def write(reports: QuerySet[Report]) -> list[Counted]:
    """List these public reports, or list them anew, and return under what each counts; one query."""
    asked, params = _asked(reports)
    with connection.cursor() as cursor:
        cursor.execute(_LIST.format(reports=asked), params)
        return list(cursor.fetchall())


def _asked(reports: QuerySet[Report]) -> tuple[str, tuple[Any, ...]]:
    return reports.order_by().values("pk").query.sql_with_params()


def _count(had: Counted | None, has: Counted | None) -> None:
    if had == has:
        return
    deltas = [(place, delta) for place, delta in ((had, -1), (has, 1)) if place is not None]
    ListingDelta.objects.bulk_create(
        ListingDelta(agency_id=agency, place_id=place, status=status, delta=delta)
        for (own, place, status), delta in deltas
        for agency in {None, own}
    )


def fold(limit: int = 10_000) -> int:
    """Fold up to `limit` changes into the counts by place and return how many counts moved."""
    with connection.cursor() as cursor:
        cursor.execute(_FOLD, [limit])
        return int(cursor.rowcount)


def tell_followers(report: Report, *, seq: int, action: str, now: datetime) -> None:
    """Owe one letter to each follower of a public report, for a step that the public sees; one query more, or two.

    Whether the report is still public is asked again when the letter leaves.
    """
    if facts_of(report) is None or report.is_secret or Action(action) in INTERNAL | PRIVATE:
        return
    followers: Iterable[int] = Follow.objects.filter(report=report, confirmed_at__isnull=False).values_list(
        "pk", flat=True
    )
    FollowLetter.objects.bulk_create(
        FollowLetter(follow_id=follower, seq=seq, action=action, next_try_at=now, created_at=now)
        for follower in followers
    )
