"""The decrees themselves, as files."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0006_support_visits"),
    ]

    operations = [
        migrations.CreateModel(
            name="DecreeFile",
            fields=[
                (
                    "decree",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="file",
                        serialize=False,
                        to="agencies.decree",
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("media_type", models.CharField(max_length=60)),
                ("content", models.BinaryField()),
                ("kept_at", models.DateTimeField()),
            ],
        ),
    ]
