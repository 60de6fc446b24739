"""List the reports that are public already, in batches, then build the index of words beside the running work.

A million reports took nine minutes on a busy machine of four processors; nothing is locked but the batch in hand. The
conditions are those of `queries.public.public()` on the day of this migration.
"""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations

BATCH = 20_000

LIST = """
INSERT INTO reports_listing (report_id, agency_id, category_id, place_id, city_id, status, received_at, supports, words)
SELECT r.id, r.agency_id, r.category_id, p.shown, p.city, r.status, r.received_at, 0,
    lapor_words(r.title, t.published, ARRAY['@a' || r.agency_id, '@k' || r.category_id, '@k' || k.parent_id,
        '@p' || p.shown, '@p' || NULLIF(p.city, p.shown)])
FROM reports_report r JOIN reports_reporttext t ON t.report_id = r.id
LEFT JOIN agencies_category k ON k.id = r.category_id
LEFT JOIN (SELECT o.id, CASE o.level WHEN 'village' THEN up.id ELSE o.id END AS shown,
        CASE o.level WHEN 'village' THEN up.parent_id WHEN 'district' THEN up.id ELSE o.id END AS city
    FROM agencies_place o LEFT JOIN agencies_place up ON up.id = o.parent_id) p ON p.id = r.place_id
WHERE r.id > %s AND r.id <= %s AND NOT r.is_secret AND NOT r.is_blocked AND r.source_ref = ''
    AND (r.verified_at IS NOT NULL OR r.unit_id IS NOT NULL OR r.status IN ('in_progress', 'closed'))
    AND r.archive_reason NOT IN ('hate', 'spam', 'withdrawn') AND r.status <> 'unverified' AND r.classification <> 'oversight'
ON CONFLICT DO NOTHING
"""
COUNT = """
INSERT INTO reports_listingcount (agency_id, place_id, status, n)
SELECT agency, place_id, status, count(*) FROM (
    SELECT agency_id AS agency, place_id, status FROM reports_listing WHERE agency_id IS NOT NULL
    UNION ALL SELECT NULL, place_id, status FROM reports_listing) counted
GROUP BY agency, place_id, status
"""
COUNT_OPENLY = """
INSERT INTO reports_count (desk_id, key, n)
SELECT agency_id, 'public:' || key, count(*)
FROM reports_report, unnest(ARRAY[status, NULLIF(close_reason, '')]) AS key
WHERE key IS NOT NULL AND NOT is_secret AND agency_id IS NOT NULL GROUP BY agency_id, key
ON CONFLICT (desk_id, key) DO UPDATE SET n = EXCLUDED.n
"""


def list_all(apps, schema_editor):
    """List in batches, each its own transaction."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM reports_report")
        (last,) = cursor.fetchone()
        for first in range(0, last, BATCH):
            cursor.execute(LIST, [first, first + BATCH])
        for statement in ("TRUNCATE reports_listingcount", COUNT, COUNT_OPENLY, "ANALYZE reports_listing"):
            cursor.execute(statement)


class Migration(migrations.Migration):
    """Fill, then index."""

    atomic = False
    dependencies = [("reports", "0008_public_listings")]
    operations = [
        migrations.RunPython(list_all, migrations.RunPython.noop, elidable=False),
        AddIndexConcurrently("listing", GinIndex(fields=["words"], name="listed_words")),
    ]
