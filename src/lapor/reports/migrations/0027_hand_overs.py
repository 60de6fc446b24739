"""Warnings before a decree ends, and what one officer hands over to another."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Four small tables; nothing that exists changes."""

    dependencies = [
        ("agencies", "0007_decree_files"),
        ("reports", "0026_came_in_by_agency"),
    ]

    operations = [
        migrations.CreateModel(
            name="HandOver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seat", models.BigIntegerField()),
                ("giver", models.BigIntegerField(help_text="Account of the officer who leaves or is away.")),
                ("taker", models.BigIntegerField(help_text="The appointment under which the colleague acts.")),
                ("receiver", models.BigIntegerField(help_text="Account of the colleague.")),
                ("by", models.BigIntegerField(help_text="Account of who arranged it.", null=True)),
                ("due_on", models.DateField()),
                ("at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "desk",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HandOverItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("draft", "Draft"), ("answer", "Answer"), ("view", "View"), ("mention", "Mention")],
                        max_length=8,
                    ),
                ),
                ("what", models.CharField(blank=True, max_length=60)),
                ("send_at", models.DateTimeField(help_text="An answer that waited: when it was to leave.", null=True)),
                (
                    "why_left",
                    models.CharField(
                        blank=True, help_text="Why it did not go over: the name of the refusal.", max_length=40
                    ),
                ),
                (
                    "hand_over",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="reports.handover"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="reports.report",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HandOverLetter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    "hand_over",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="letter", to="reports.handover"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DecreeLetter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("account", models.BigIntegerField()),
                (
                    "days",
                    models.PositiveSmallIntegerField(
                        help_text="Which of the warnings it is: 30, 7 or 1 days before the end."
                    ),
                ),
                (
                    "decree",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="agencies.decree",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")), fields=["next_try_at", "id"], name="warnings_waiting"
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("decree", "account", "days"), name="one_warning_each")],
            },
        ),
        migrations.AddIndex(
            model_name="handover",
            index=models.Index(condition=models.Q(("done_at", None)), fields=["due_on"], name="hand_overs_due"),
        ),
        migrations.AddIndex(
            model_name="handover",
            index=models.Index(fields=["receiver", "-id"], name="hand_overs_to"),
        ),
        migrations.AddIndex(
            model_name="handoverletter",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["next_try_at", "id"], name="handed_waiting"
            ),
        ),
    ]
