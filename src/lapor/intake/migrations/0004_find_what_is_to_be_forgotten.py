"""Find what is to be forgotten without looking at what is forgotten already."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the indexes beside the running work."""

    atomic = False
    dependencies = [("intake", "0003_how_long_messages_are_kept")]
    operations = [
        AddIndexConcurrently(
            "inboundmessage",
            models.Index(fields=["received_at"], condition=models.Q(raw_gone_at=None), name="inbound_with_raw"),
        ),
        AddIndexConcurrently(
            "inboundmessage",
            models.Index(fields=["received_at"], condition=models.Q(forgotten_at=None), name="inbound_remembered"),
        ),
        AddIndexConcurrently(
            "guide",
            models.Index(fields=["last_at"], condition=~models.Q(sender_index=b""), name="guides_of_somebody"),
        ),
    ]
