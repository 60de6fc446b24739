"""Phones and computers that asked for news of one report."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("identity", "0003_forgotten_reporters")]

    operations = [
        migrations.CreateModel(
            name="Device",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("report_code", models.CharField(max_length=16)),
                (
                    "sealed",
                    models.BinaryField(help_text="Address and keys of the subscription, by the vault; never in clear."),
                ),
                ("index", models.BinaryField(max_length=16)),
                ("language", models.CharField(default="id", max_length=5)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("report_code", "index"), name="a_device_listens_once_to_a_report")
                ],
            },
        ),
    ]
