"""When an institution's counter is open. It informs people; no deadline is counted by it (docs/adr/0019)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from lapor.agencies.models.agency import Agency


class OfficeHours(models.Model):
    """One week of hours: the usual one, without days, or one for a period such as Ramadan, both days included."""

    institution = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="hours", db_index=False)
    name = models.CharField(max_length=60, blank=True, help_text="Of a period, for example Ramadan 1448 H.")
    first = models.DateField(null=True)
    last = models.DateField(null=True)
    week = models.JSONField(help_text='Seven texts, Monday first: "07.30-12.00, 13.00-16.00", empty where closed.')
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["institution", "first"], nulls_distinct=False, name="one_week_of_hours_per_first_day"
            ),
            models.CheckConstraint(
                condition=models.Q(first=None, last=None) | models.Q(first__lte=models.F("last")),
                name="hours_of_a_period_end_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        """Return the name of the period, or that it is the usual week."""
        return self.name or "biasa"
