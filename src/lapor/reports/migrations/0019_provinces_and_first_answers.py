"""Room for the province of a public report, the working days to its first follow-up, and the day's upkeep."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Expand: nothing is rewritten, every column may be empty."""

    dependencies = [("agencies", "0005_templates"), ("reports", "0018_months_and_quality")]
    operations = [
        migrations.CreateModel(
            name="Upkeep",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("day", models.DateField()),
                ("reached", models.BigIntegerField(default=0, help_text="The last report that was looked at.")),
                ("mended", models.PositiveIntegerField(default=0)),
                ("done_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            "report",
            "answered_in",
            models.PositiveSmallIntegerField(
                help_text="Working days from receipt to the first follow-up, waiting included; None: unknown.",
                null=True,
            ),
        ),
        migrations.AddField(
            "listing",
            "province",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.place",
            ),
        ),
    ]
