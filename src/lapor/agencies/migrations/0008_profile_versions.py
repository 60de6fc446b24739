"""Versions of SOP profiles that people made."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0007_decree_files"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ProfileVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("version", models.CharField(max_length=20)),
                ("effective", models.DateField()),
                ("text", models.TextField()),
                ("made_at", models.DateTimeField()),
                (
                    "withdrawn_at",
                    models.DateTimeField(help_text="Taken back before its first day; it never held.", null=True),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        blank=True,
                        help_text="Whose own SOP this is; empty for a profile that several institutions follow.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="profile_versions",
                        to="agencies.agency",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("code", "effective"),
                        name="one_profile_version_per_day",
                    )
                ],
            },
        ),
    ]
