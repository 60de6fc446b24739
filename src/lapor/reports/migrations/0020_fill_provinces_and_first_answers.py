"""Fill in batches the provinces of listed reports and the working days to first follow-ups, then index and count.

Each batch is a transaction of its own; nothing is locked but the rows in hand.
"""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

BATCH = 20_000

PROVINCES = """
UPDATE reports_listing l SET province_id = CASE c.level WHEN 'city' THEN c.parent_id ELSE c.id END
FROM agencies_place c WHERE c.id = l.city_id AND l.report_id > %s AND l.report_id <= %s AND l.province_id IS NULL
"""
ANSWERS = """
UPDATE reports_report r SET answered_in = least(greatest(last.ordinal - first.ordinal, 0), 32767)
FROM agencies_agency a JOIN agencies_calendar k ON k.id = a.calendar_id
JOIN agencies_calendarday first ON first.calendar_id = k.id
JOIN agencies_calendarday last ON last.calendar_id = k.id
WHERE r.id > %s AND r.id <= %s AND a.id = r.agency_id AND r.followed_up_at IS NOT NULL AND r.answered_in IS NULL
    AND r.source_ref = '' AND r.close_reason <> 'settled' AND r.followed_up_at >= r.received_at
    AND first.day = (r.received_at AT TIME ZONE k.zone)::date AND last.day = (r.followed_up_at AT TIME ZONE k.zone)::date
"""
COUNT = """
INSERT INTO reports_count (desk_id, key, n)
SELECT desk, 'public:days:' || least(answered_in, 250), count(*)
FROM reports_report, unnest(ARRAY[NULL, agency_id]) AS desk
WHERE answered_in IS NOT NULL AND NOT is_secret
GROUP BY 1, 2
ON CONFLICT (desk_id, key) DO UPDATE SET n = EXCLUDED.n
"""


def fill(apps, schema_editor):
    """Fill both columns, batch by batch, then the counts."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM reports_report")
        (last,) = cursor.fetchone()
        for first in range(0, last, BATCH):
            cursor.execute(PROVINCES, [first, first + BATCH])
            cursor.execute(ANSWERS, [first, first + BATCH])
        cursor.execute(COUNT)


class Migration(migrations.Migration):
    """Fill, then index beside the running work."""

    atomic = False
    dependencies = [("reports", "0019_provinces_and_first_answers")]
    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=False),
        AddIndexConcurrently(
            "listing", models.Index(fields=["province", "received_at", "report"], name="listed_by_province")
        ),
    ]
