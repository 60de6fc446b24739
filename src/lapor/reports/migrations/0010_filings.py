"""How a report was filed: private facts beside it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0009_list_what_is_public")]

    operations = [
        migrations.CreateModel(
            name="Filing",
            fields=[
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="filing",
                        serialize=False,
                        to="reports.report",
                    ),
                ),
                ("latitude", models.DecimalField(decimal_places=5, max_digits=8, null=True)),
                ("longitude", models.DecimalField(decimal_places=5, max_digits=8, null=True)),
                ("for_other", models.BooleanField(default=False, help_text="Filed for another person.")),
                ("consent", models.CharField(blank=True, max_length=20)),
            ],
        ),
        migrations.AddConstraint(
            model_name="filing",
            constraint=models.CheckConstraint(
                condition=models.Q(("latitude", None), ("longitude", None))
                | models.Q(
                    ("latitude__gte", -90), ("latitude__lte", 90), ("longitude__gte", -180), ("longitude__lte", 180)
                ),
                name="a_position_is_whole_and_on_earth",
            ),
        ),
    ]
