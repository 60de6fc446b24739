"""What the months of each desk came to, folded in the background: reports of a period read no report again."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from lapor.agencies.models import Agency


class MonthSheet(models.Model):
    """The counts of the reports that one desk received in a month or a year, as they stood at `made_at`.

    `desk` is an institution, a unit, the national desk (reports that belong to no institution yet) or None for all of
    them together. `first` is the period's first local day. Secret reports lie in sheets of their own, so that whoever
    may not know of them reads the other ones only. `totals` maps a key of `insights.tally` to a count; `parts` maps a
    dimension (unit, category, channel, classification, district) to the same by the part's id or code.
    """

    class Span(models.TextChoices):
        """How long the period is."""

        MONTH = "month"
        YEAR = "year"

    desk = models.ForeignKey(Agency, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    first = models.DateField()
    span = models.CharField(max_length=5, choices=Span.choices)
    is_secret = models.BooleanField()
    totals = models.JSONField(default=dict)
    parts = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["desk", "span", "first", "is_secret"], nulls_distinct=False, name="one_sheet_per_period"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["span", "first"], name="sheets_of_period")]

    def __str__(self) -> str:
        """Return the period."""
        return f"{self.span} {self.first}"


class MonthDue(models.Model):
    """A month of one institution (None: of all) in which something changed since it was folded."""

    desk = models.ForeignKey(Agency, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    first = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["desk", "first"], nulls_distinct=False, name="one_month_due")
        ]

    def __str__(self) -> str:
        """Return the month."""
        return f"{self.first:%Y-%m}"


class MonthMark(models.Model):
    """How far the ledger had been written when somebody looked: the newest entry's id, and when."""

    entry = models.BigIntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Return the entry."""
        return f"{self.entry}"
