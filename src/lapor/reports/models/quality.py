"""Quality review of answers (S56): a sample that chance drew and anybody can draw again, and the marks given to it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from lapor.agencies.models import Agency
from lapor.reports.models.report import Report


class QualitySample(models.Model):
    """One draw among the answered reports that an institution received in a month.

    Reports are ordered by the hash of `seed` and their number, and the first `size` are taken: whoever knows the seed
    draws the same ones.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    first = models.DateField(help_text="First day of the month in which the reports came in.")
    seed = models.CharField(max_length=40)
    size = models.PositiveSmallIntegerField()
    appointment = models.BigIntegerField(help_text="Who drew.")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "first", "seed"], name="one_sample_per_seed")
        ]
        indexes: ClassVar = [models.Index(fields=["agency", "-id"], name="samples_of_agency")]

    def __str__(self) -> str:
        """Return the month and the seed."""
        return f"{self.first:%Y-%m} {self.seed}"


class QualityMark(models.Model):
    """One report of a sample. `marks` maps a criterion of the rubric to 0, 1 or 2; empty until somebody judged it.

    `unit` is the unit that answered when the sample was drawn; its board shows the marks.
    """

    sample = models.ForeignKey(QualitySample, on_delete=models.CASCADE, related_name="marks", db_index=False)
    place = models.PositiveSmallIntegerField(help_text="Its turn in the draw, from 1.")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    marks = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    appointment = models.BigIntegerField(null=True, help_text="Who judged.")
    at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sample", "place"], name="one_report_per_turn"),
            models.UniqueConstraint(fields=["sample", "report"], name="drawn_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "at"], name="marks_of_unit")]

    def __str__(self) -> str:
        """Return the turn."""
        return f"{self.place}"
