"""Support access: a short visit of the national desk at an institution's desk, to read and never to act."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from lapor.agencies.models.agency import Agency


class SupportVisit(models.Model):
    """One visit: whose, where, why, and from when to when. What was read stands in the record of deeds."""

    institution = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="support_visits")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="support_visits")
    reason = models.CharField(max_length=300)
    began_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, help_text="When it was ended before its time.")
    reads = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("began_at")), name="a_visit_ends")
        ]
        indexes: ClassVar = [models.Index(fields=["institution", "-id"], name="visits_of_institution")]

    def __str__(self) -> str:
        """Return the reason."""
        return self.reason
