"""Fill what officers look for, and index it with the short lists behind the tabs of the inbox.

The words are filled in batches, each its own transaction; indexes are built beside the running work. A build that was
interrupted leaves a broken index behind, so this begins by taking such ones away and may be run again.
"""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q

BATCH = 20_000
WRITE = """
INSERT INTO reports_deskwords (report_id, words)
SELECT r.id, lapor_words(r.title, CASE WHEN t.original = t.published THEN t.published
        ELSE concat_ws(' ', left(t.published, 10000), t.original_title, left(t.original, 10000)) END,
    ARRAY['@a' || r.agency_id, '@u' || r.unit_id])
FROM reports_report r JOIN reports_reporttext t ON t.report_id = r.id WHERE r.id > %s AND r.id <= %s
ON CONFLICT DO NOTHING
"""
ASKED_TO_CLOSE = Q(status="in_progress", closing_requested_at__isnull=False)
CAME_BACK = Q(status="unverified") & (Q(unit_returns__gt=0) | Q(agency_returns__gt=0))


NAMES = (
    "desk_words", "received_by_unit", "received_anywhere", "waits_for_closing", "waits_for_release", "waits_for_head",
    "came_back", "sent_back_by",
)  # fmt: skip


def fill(apps, schema_editor):
    """Write the words of what is there."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM reports_report")
        (last,) = cursor.fetchone()
        for first in range(0, last, BATCH):
            cursor.execute(WRITE, [first, first + BATCH])
        cursor.execute("ANALYZE reports_deskwords")


def index(name, *fields, condition=None):
    """Add an index of reports."""
    return AddIndexConcurrently("report", models.Index(fields=list(fields), name=name, condition=condition))


class Migration(migrations.Migration):
    """Fill, then index."""

    atomic = False
    dependencies = [("reports", "0022_what_officers_look_for")]
    operations = [
        migrations.RunSQL([f"DROP INDEX IF EXISTS {name}" for name in NAMES], migrations.RunSQL.noop),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=False),
        AddIndexConcurrently("deskwords", GinIndex(fields=["words"], name="desk_words")),
        index("received_by_unit", "unit", "received_at", "id"),
        index("received_anywhere", "received_at", "id"),
        index("waits_for_closing", "due_ordinal", "id", condition=ASKED_TO_CLOSE),
        index("waits_for_release", "unit", "due_ordinal", "id", condition=Q(answer_waiting=True)),
        index("waits_for_head", "unit", "due_ordinal", "id", condition=Q(holder="head")),
        index("came_back", "desk", "due_ordinal", "id", condition=CAME_BACK),
        AddIndexConcurrently(
            "disposition",
            models.Index(fields=["desk", "-report"], name="sent_back_by", condition=Q(ended_by="return", is_lead=True)),
        ),
    ]
