"""Find messages that nobody will send again, and words of a sheet to be forgotten, without reading all of a table."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q

NAMES = ("messages_dead", "rows_with_words")


class Migration(migrations.Migration):
    """Add the indexes beside the running work; one that was left broken by an interruption goes first."""

    atomic = False
    dependencies = [("reports", "0042_what_failed_is_tried_again")]
    operations = [
        migrations.RunSQL([f"DROP INDEX IF EXISTS {name}" for name in NAMES], migrations.RunSQL.noop),
        AddIndexConcurrently(
            "outgoingmessage", models.Index(fields=["-id"], condition=Q(state="dead"), name="messages_dead")
        ),
        AddIndexConcurrently(
            "sheetrow",
            models.Index(fields=["sheet"], condition=Q(("report", None)) & ~Q(told=b""), name="rows_with_words"),
        ),
    ]
