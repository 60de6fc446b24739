"""What somebody follows is found by their address, to be handed out and to be forgotten."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the index."""

    dependencies = [("reports", "0015_forget_who_never_confirmed")]
    operations = [migrations.AddIndex("follow", models.Index(fields=["index"], name="follows_by_address"))]
