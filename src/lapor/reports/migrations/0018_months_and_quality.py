"""Months folded for reports of a period, samples for quality review, and who wants the month by e-mail."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_places_by_name"),
        ("reports", "0017_workbench"),
    ]

    operations = [
        migrations.CreateModel(
            name="MonthDue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="MonthlyLetter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first", models.DateField(help_text="First day of the month it tells of.")),
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
            ],
        ),
        migrations.CreateModel(
            name="MonthlySubscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("appointment", models.BigIntegerField(unique=True)),
                (
                    "account",
                    models.BigIntegerField(help_text="Whose address it goes to; a deputy's wish is the deputy's own."),
                ),
                ("desk", models.BigIntegerField(help_text="The desk whose report it is.")),
                ("language", models.CharField(default="id", max_length=5)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="MonthMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("entry", models.BigIntegerField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="MonthSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first", models.DateField()),
                ("span", models.CharField(choices=[("month", "Month"), ("year", "Year")], max_length=5)),
                ("is_secret", models.BooleanField()),
                ("totals", models.JSONField(default=dict)),
                ("parts", models.JSONField(default=dict)),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="QualityMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField(help_text="Its turn in the draw, from 1.")),
                ("marks", models.JSONField(default=dict)),
                ("note", models.TextField(blank=True)),
                ("appointment", models.BigIntegerField(help_text="Who judged.", null=True)),
                ("at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="QualitySample",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first", models.DateField(help_text="First day of the month in which the reports came in.")),
                ("seed", models.CharField(max_length=40)),
                ("size", models.PositiveSmallIntegerField()),
                ("appointment", models.BigIntegerField(help_text="Who drew.")),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["agency", "received_at"], name="received_by_agency"),
        ),
        migrations.AddField(
            model_name="monthdue",
            name="desk",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="agencies.agency",
            ),
        ),
        migrations.AddField(
            model_name="monthlyletter",
            name="subscription",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="letters",
                to="reports.monthlysubscription",
            ),
        ),
        migrations.AddField(
            model_name="monthsheet",
            name="desk",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="agencies.agency",
            ),
        ),
        migrations.AddField(
            model_name="qualitymark",
            name="report",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reports.report"),
        ),
        migrations.AddField(
            model_name="qualitymark",
            name="unit",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.agency",
            ),
        ),
        migrations.AddField(
            model_name="qualitysample",
            name="agency",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
            ),
        ),
        migrations.AddField(
            model_name="qualitymark",
            name="sample",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="marks",
                to="reports.qualitysample",
            ),
        ),
        migrations.AddConstraint(
            model_name="monthdue",
            constraint=models.UniqueConstraint(fields=("desk", "first"), name="one_month_due", nulls_distinct=False),
        ),
        migrations.AddIndex(
            model_name="monthlyletter",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["next_try_at", "id"], name="months_waiting"
            ),
        ),
        migrations.AddConstraint(
            model_name="monthlyletter",
            constraint=models.UniqueConstraint(fields=("subscription", "first"), name="each_month_once"),
        ),
        migrations.AddIndex(
            model_name="monthsheet",
            index=models.Index(fields=["span", "first"], name="sheets_of_period"),
        ),
        migrations.AddConstraint(
            model_name="monthsheet",
            constraint=models.UniqueConstraint(
                fields=("desk", "span", "first", "is_secret"), name="one_sheet_per_period", nulls_distinct=False
            ),
        ),
        migrations.AddIndex(
            model_name="qualitysample",
            index=models.Index(fields=["agency", "-id"], name="samples_of_agency"),
        ),
        migrations.AddConstraint(
            model_name="qualitysample",
            constraint=models.UniqueConstraint(fields=("agency", "first", "seed"), name="one_sample_per_seed"),
        ),
        migrations.AddIndex(
            model_name="qualitymark",
            index=models.Index(fields=["unit", "at"], name="marks_of_unit"),
        ),
        migrations.AddConstraint(
            model_name="qualitymark",
            constraint=models.UniqueConstraint(fields=("sample", "place"), name="one_report_per_turn"),
        ),
        migrations.AddConstraint(
            model_name="qualitymark",
            constraint=models.UniqueConstraint(fields=("sample", "report"), name="drawn_once"),
        ),
    ]
