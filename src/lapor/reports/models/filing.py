"""How a report was filed: facts beside it that officers may read and nobody else."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lapor.reports.models.report import Report


class Filing(models.Model):
    """Written once, with the report. The position is private: nothing finer than the district is ever public.

    Degrees with five places are about a metre. `consent` is the version of the words under which the report was sent,
    empty where none were shown.
    """

    report = models.OneToOneField(Report, primary_key=True, on_delete=models.PROTECT, related_name="filing")
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    for_other = models.BooleanField(default=False, help_text="Filed for another person.")
    consent = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="a_position_is_whole_and_on_earth",
            )
        ]

    def __str__(self) -> str:
        """Return the version of the consent."""
        return self.consent
