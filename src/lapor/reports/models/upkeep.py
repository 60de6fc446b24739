"""How far the day's upkeep is: one row for each piece of work that goes over everything once a day."""

from __future__ import annotations

from django.db import models


class Upkeep(models.Model):
    """The newest day of one piece of work: up to which report it came, what it mended, and when it was through."""

    name = models.CharField(max_length=40, primary_key=True)
    day = models.DateField()
    reached = models.BigIntegerField(default=0, help_text="The last report that was looked at.")
    mended = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Return name and day."""
        return f"{self.name} of {self.day}"
