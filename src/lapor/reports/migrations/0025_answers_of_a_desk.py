"""Find the newest answers of a desk, against which a new one is held, without looking at all of them."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the index beside the running work."""

    atomic = False
    dependencies = [("reports", "0024_sheets")]
    operations = [
        AddIndexConcurrently(
            model_name="response",
            index=models.Index(
                condition=models.Q(("kind__in", ["first_response", "follow_up"])),
                fields=["desk", "-id"],
                name="answers_of_desk",
            ),
        ),
    ]
