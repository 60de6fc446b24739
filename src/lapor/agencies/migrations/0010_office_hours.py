"""When institutions are open."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0009_categories_and_tags"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OfficeHours",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(blank=True, help_text="Of a period, for example Ramadan 1448 H.", max_length=60),
                ),
                ("first", models.DateField(null=True)),
                ("last", models.DateField(null=True)),
                (
                    "week",
                    models.JSONField(
                        help_text='Seven texts, Monday first: "07.30-12.00, 13.00-16.00", empty where closed.'
                    ),
                ),
                ("changed_at", models.DateTimeField()),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hours",
                        to="agencies.agency",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("institution", "first"), name="one_week_of_hours_per_first_day", nulls_distinct=False
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("first", None), ("last", None)), ("first__lte", models.F("last")), _connector="OR"
                        ),
                        name="hours_of_a_period_end_after_it_begins",
                    ),
                ],
            },
        ),
    ]
