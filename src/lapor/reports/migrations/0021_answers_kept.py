"""Answers that wait or are kept, files before and after the work, and the head's week."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_places_by_name"),
        ("reports", "0020_fill_provinces_and_first_answers"),
    ]

    operations = [
        migrations.CreateModel(
            name="AnswerDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "account",
                    models.BigIntegerField(help_text="The person who writes, also when standing in for another."),
                ),
                ("appointment", models.BigIntegerField(help_text="The appointment under which it is to leave.")),
                ("action", models.CharField(max_length=30)),
                ("fields", models.JSONField(default=dict)),
                ("files", models.JSONField(default=list)),
                ("version", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("kept", "Kept"), ("waiting", "Waiting"), ("held_back", "Held Back")],
                        default="kept",
                        max_length=9,
                    ),
                ),
                ("send_at", models.DateTimeField(null=True)),
                (
                    "counts_from",
                    models.DateTimeField(
                        help_text="When send was pressed, which is when the step counts; None: when it leaves.",
                        null=True,
                    ),
                ),
                (
                    "why",
                    models.CharField(blank=True, help_text="Held back: the name of the refusal.", max_length=40),
                ),
                ("saved_at", models.DateTimeField()),
                (
                    "desk",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to="reports.report",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")), fields=["send_at", "id"], name="answers_waiting"
                    ),
                    models.Index(fields=["saved_at"], name="drafts_by_age"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("report", "account", "action"), name="one_draft_per_step_and_officer"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HeadDigest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("monday", models.DateField(help_text="First day of the ISO week, in the institution's zone.")),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("sent", "Sent"), ("dead", "Dead"), ("dropped", "Dropped")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_try_at", models.DateTimeField()),
                ("problem", models.CharField(blank=True, max_length=300)),
                ("created_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")), fields=["next_try_at", "id"], name="digests_waiting"
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("unit", "monday"), name="one_digest_per_week")],
            },
        ),
        migrations.AddField(
            model_name="evidence",
            name="stage",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="before / after the work; empty: neither.",
                max_length=6,
            ),
        ),
    ]
