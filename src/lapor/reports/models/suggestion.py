"""What was suggested to an officer, what the officer chose, and which suggestions are shown at all."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from lapor.agencies.models import Agency
from lapor.reports.models.report import Report


class SuggestionSwitch(models.Model):
    """Whether an institution's officers see suggestions of a kind. Without a row they do not: they are only counted."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="suggestion_switches", db_index=False)
    kind = models.CharField(max_length=16)
    is_shown = models.BooleanField(default=False)
    account = models.BigIntegerField(null=True, help_text="Who switched it last.")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["agency", "kind"], name="one_switch_per_kind")]

    def __str__(self) -> str:
        """Return the kind and its state."""
        return f"{self.kind}: {'shown' if self.is_shown else 'not shown'}"


class Suggestion(models.Model):
    """One suggestion of a kind for one report, and the first choice made after it; codes, never words of the report.

    `offered` are at most three codes, the likeliest first, empty where the model was not sure.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="suggestions", db_index=False)
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=16)
    version = models.PositiveIntegerField(help_text="Of the model.")
    offered = models.JSONField(default=list)
    chance = models.FloatField(help_text="What the first was given, between 0 and 1.")
    was_shown = models.BooleanField()
    chosen = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["report", "kind"], name="one_suggestion_per_kind")]
        indexes: ClassVar = [models.Index(fields=["agency", "kind", "-id"], name="newest_suggestions")]

    def __str__(self) -> str:
        """Return the kind and the choice."""
        return f"{self.kind}: {self.chosen}"


class SuggestionCount(models.Model):
    """How often suggestions and choices agreed: by institution, local month, kind, category, language, and shown."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+", db_index=False)
    month = models.DateField(help_text="First day of the month.")
    kind = models.CharField(max_length=16)
    category = models.CharField(max_length=80, blank=True, help_text="Code as decided, empty for none.")
    language = models.CharField(
        max_length=8, blank=True, db_default="", help_text="Of the report's words; empty for before it was counted."
    )
    was_shown = models.BooleanField()
    asked = models.PositiveIntegerField(default=0)
    first = models.PositiveIntegerField(default=0, help_text="The first one was chosen.")
    among = models.PositiveIntegerField(default=0, help_text="One of those offered was chosen.")
    unsure = models.PositiveIntegerField(default=0, help_text="Nothing was offered.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "month", "kind", "category", "language", "was_shown"], name="one_count_of_suggestions"
            )
        ]

    def __str__(self) -> str:
        """Return what is counted."""
        return f"{self.month:%Y-%m} {self.kind}: {self.first} of {self.asked}"
