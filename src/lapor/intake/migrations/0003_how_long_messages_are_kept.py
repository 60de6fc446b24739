"""When the bytes of a message went, and when its sender and words did."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two columns that are empty for a long time."""

    dependencies = [("intake", "0002_guides_and_checkpoints")]
    operations = [
        migrations.AddField("inboundmessage", "raw_gone_at", models.DateTimeField(null=True)),
        migrations.AddField("inboundmessage", "forgotten_at", models.DateTimeField(null=True)),
    ]
