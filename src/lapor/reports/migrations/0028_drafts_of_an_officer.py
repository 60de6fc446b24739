"""Find what one officer has in hand without looking at everybody's drafts."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the index beside the running work."""

    atomic = False
    dependencies = [("reports", "0027_hand_overs")]
    operations = [
        AddIndexConcurrently(
            model_name="answerdraft",
            index=models.Index(fields=["account", "desk"], name="drafts_of_officer"),
        ),
    ]
