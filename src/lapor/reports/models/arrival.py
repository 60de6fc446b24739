"""How a complaint reached the desk by hand: the telephone call it was told in, or the letter it was written in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lapor.reports.models.report import Report


class Arrival(models.Model):
    """Written with a manual entry by telephone or letter (S68). Who called is in the identity store, nowhere else.

    `said` is what the officer told the caller; only officers read it. `minutes` is how long the call took.
    """

    report = models.OneToOneField(Report, primary_key=True, on_delete=models.PROTECT, related_name="arrival")
    called_at = models.DateTimeField(null=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    said = models.CharField(max_length=1000, blank=True)
    wants_call = models.BooleanField(default=False, help_text="The caller wants to be called back.")
    called_back_at = models.DateTimeField(null=True)
    letter_on = models.DateField(null=True)
    letter_number = models.CharField(max_length=60, blank=True, help_text="As its sender wrote it.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(called_back_at=None) | Q(wants_call=True), name="called_back_who_wanted_it"
            ),
        ]

    def __str__(self) -> str:
        """Return the day of the call or the letter's number."""
        return str(self.called_at or self.letter_number)
