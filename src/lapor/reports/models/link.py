"""Reports that hang together; each keeps its own receipt and clocks, and the link can be undone."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from lapor.reports.models.report import Report


class Link(models.Model):
    """`report` is a duplicate of `other`, or has the same cause."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="links")
    other = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="linked_from")
    kind = models.CharField(max_length=10)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["report", "other"], condition=Q(undone_at__isnull=True), name="linked_once"
            ),
            models.CheckConstraint(condition=~Q(report=F("other")), name="not_linked_to_itself"),
        ]

    def __str__(self) -> str:
        """Return the kind."""
        return self.kind
