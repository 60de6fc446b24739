"""The national desk's pile by what is due, and the closings that wait for its word."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0002_appointments_begin_later"),
        ("reports", "0005_lean_indexes"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                condition=models.Q(("status__in", ["unverified", "disposed", "in_progress", "pending", "escalated"])),
                fields=["status", "due_ordinal", "id"],
                name="open_by_due",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                condition=models.Q(("closing_requested_at__isnull", False)),
                fields=["agency", "-id"],
                name="closings_asked",
            ),
        ),
    ]
