"""The breach register (S20 to S23): a limit passed asks an officer to explain and a head to acknowledge."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lapor.agencies.models import Agency
from lapor.reports.models.deadline import Deadline
from lapor.reports.models.report import Report


class Breach(models.Model):
    """One limit passed: which step, whose, planned and actual."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="breaches")
    deadline = models.OneToOneField(Deadline, null=True, on_delete=models.PROTECT, related_name="breach")
    clock = models.CharField(max_length=20)
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    desk = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="breaches", db_index=False)
    appointment = models.BigIntegerField(null=True, help_text="The officer responsible when the limit passed.")
    planned_on = models.DateField()
    planned_at = models.DateTimeField(null=True, help_text="For limits in minutes.")
    noticed_at = models.DateTimeField()
    actual_at = models.DateTimeField(null=True, help_text="When the step was done after all.")
    explanation = models.TextField(blank=True)
    explained_by = models.BigIntegerField(null=True)
    explained_at = models.DateTimeField(null=True)
    acknowledged_by = models.BigIntegerField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    remark = models.TextField(blank=True, help_text="What the head wrote when acknowledging.")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["desk", "-id"], name="breaches_of_desk"),
            models.Index(fields=["agency", "-id"], name="breaches_of_agency"),
            models.Index(fields=["desk", "-id"], condition=Q(explained_at__isnull=True), name="breaches_unexplained"),
        ]

    def __str__(self) -> str:
        """Return the clock."""
        return self.clock
