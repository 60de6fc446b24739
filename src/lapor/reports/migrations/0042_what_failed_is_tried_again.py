"""A report of a fixed cause that could not be told is tried again later."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the time of the next try."""

    dependencies = [("reports", "0041_suggestions_by_language")]
    operations = [
        migrations.AddField(
            model_name="causereport",
            name="try_again_at",
            field=models.DateTimeField(help_text="Not told before then, after it failed.", null=True),
        ),
    ]
