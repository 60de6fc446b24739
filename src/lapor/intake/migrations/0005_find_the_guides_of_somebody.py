"""Find the guided filings of somebody who is to be forgotten, without looking at everybody's."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the index beside the running work."""

    atomic = False
    dependencies = [("intake", "0004_find_what_is_to_be_forgotten")]
    operations = [
        AddIndexConcurrently(
            "guide",
            models.Index(fields=["sender_index"], condition=~models.Q(sender_index=b""), name="guides_by_sender"),
        ),
    ]
