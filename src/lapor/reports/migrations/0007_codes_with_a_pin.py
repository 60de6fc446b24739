"""Codes with a PIN, and the wrong tries at that door."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0006_the_nations_pile"),
    ]

    operations = [
        migrations.CreateModel(
            name="CodePin",
            fields=[
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="pin",
                        serialize=False,
                        to="reports.report",
                    ),
                ),
                ("hash", models.CharField(max_length=200)),
                ("set_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="report",
            name="pin_key",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="Random; held by who passed the code's PIN. Empty while there is no PIN.",
                max_length=16,
            ),
        ),
        migrations.CreateModel(
            name="DoorTry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("index", models.BinaryField(max_length=16)),
                ("is_known", models.BooleanField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("rounds", models.PositiveSmallIntegerField(default=0)),
                ("wait_until", models.DateTimeField(null=True)),
                ("last_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["last_at"], name="tries_by_age")],
                "constraints": [models.UniqueConstraint(fields=("index", "is_known"), name="one_count_per_door")],
            },
        ),
    ]
