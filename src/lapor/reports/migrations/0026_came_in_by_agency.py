"""An institution's reports by their day, with the id beside it: the inbox looks along the index alone."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Build the wider index, then drop the one that it replaces."""

    atomic = False
    dependencies = [("reports", "0025_answers_of_a_desk")]
    operations = [
        AddIndexConcurrently("report", models.Index(fields=["agency", "received_at", "id"], name="came_in_by_agency")),
        RemoveIndexConcurrently("report", "received_by_agency"),
    ]
