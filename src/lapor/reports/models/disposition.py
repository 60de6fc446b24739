"""The custody chain: one leg for each holder, without gap or overlap from submission to the end."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lapor.agencies.models import Agency
from lapor.reports.models.report import Report


class Disposition(models.Model):
    """One leg of custody. An open report has exactly one open lead leg; co-handlers have legs of their own."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="dispositions", db_index=False)
    seq = models.PositiveIntegerField()
    is_lead = models.BooleanField(default=True)
    holder = models.CharField(max_length=12)
    desk = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="legs", db_index=False)
    by_action = models.CharField(max_length=30)
    reason = models.CharField(max_length=20, blank=True, help_text="Coded reason of a re-disposition (S57).")
    named_body = models.CharField(
        max_length=200, blank=True, help_text="The competent body that a return names (S30, S32)."
    )
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=30, blank=True)
    net_days = models.PositiveIntegerField(null=True, help_text="Working days held, set when the leg ends.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "seq"], name="legs_in_order"),
            models.UniqueConstraint(
                fields=["report"], condition=Q(ended_at__isnull=True, is_lead=True), name="one_open_lead_leg"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["desk", "report"], name="reports_seen_by_desk"),
            models.Index(fields=["-id"], condition=Q(by_action="request_closing"), name="closing_requests"),
            models.Index(fields=["desk", "-report"], condition=Q(ended_by="return", is_lead=True), name="sent_back_by"),
        ]

    def __str__(self) -> str:
        """Return the holder."""
        return f"{self.seq}. {self.holder}"
