"""What officers look for: the words of every report. The next step fills them."""

import django.db.models.deletion
from django.db import migrations, models

import lapor.reports.models.listing


class Migration(migrations.Migration):
    """Make the table."""

    dependencies = [("reports", "0021_answers_kept"), ("reports", "0021_comments_can_be_erased")]
    operations = [
        migrations.CreateModel(
            name="DeskWords",
            fields=[
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="reports.report",
                    ),
                ),
                ("words", lapor.reports.models.listing.WordsField()),
            ],
        ),
    ]
