"""Maintained counts: what an inbox shows of ended reports without counting them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from lapor.agencies.models import Agency

LATE, OBJECTED = "late", "objected"  # keys of what happened at least once to a report, whatever became of it
DAYS, MOST_DAYS = "days:", 250  # before the working days to a first follow-up, which are counted up to so many
OPENLY = "public:"  # before the key of a count of the whole installation that leaves secret reports out


class CountDelta(models.Model):
    """A change of a count, written with the step, folded into `Count` by the worker: no hot row in the step."""

    desk = models.ForeignKey(Agency, null=True, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=20, help_text="A status, a reason of closing, or what happened.")
    delta = models.SmallIntegerField()

    def __str__(self) -> str:
        """Return the change."""
        return f"{self.key} {self.delta:+d}"


class Count(models.Model):
    """How many reports of a status an agency or unit has (desk None: the whole installation)."""

    desk = models.ForeignKey(Agency, null=True, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=20)
    n = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["desk", "key"], nulls_distinct=False, name="one_count")
        ]

    def __str__(self) -> str:
        """Return the count."""
        return f"{self.key} {self.n}"


class NumberSeries(models.Model):
    """The last human number per institution and year; taken last in the transaction, so it is held briefly."""

    prefix = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["prefix", "year"], name="one_series_per_year")]

    def __str__(self) -> str:
        """Return prefix and year."""
        return f"{self.prefix}-{self.year}"
