"""The verification checklist of M2 (S40, S42, S44 to S47), kept with the report."""

from __future__ import annotations

from django.db import models

from lapor.reports.models.report import Report


class Verification(models.Model):
    """What an admin found: relevant, complete, clear; which of the 5W1H are there; language, tone and competence."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="verifications")
    is_relevant = models.BooleanField()
    is_complete = models.BooleanField()
    is_clear = models.BooleanField()
    answers = models.JSONField(
        default=dict, help_text="what, when, where, who, why, how: true, false or null (not needed)."
    )
    language_ok = models.BooleanField(default=True)
    tone_ok = models.BooleanField(default=True)
    competence_ok = models.BooleanField(default=True)
    appointment = models.BigIntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Return the three ticks."""
        return f"{self.is_relevant} {self.is_complete} {self.is_clear}"
