"""Addresses that never confirmed are found by their age, to be forgotten."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0014_what_happened"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="follow",
            index=models.Index(
                condition=models.Q(("confirmed_at__isnull", True)), fields=["at"], name="follows_unconfirmed"
            ),
        ),
    ]
