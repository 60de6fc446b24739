"""Files that go with a report or a response, stored by content."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from lapor.reports.models.report import Report
from lapor.reports.models.response import Response


class Evidence(models.Model):
    """One file: an image re-encoded without metadata, or a PDF. `sha256` (hex) is also its place in the store."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="evidence", db_index=False)
    response = models.ForeignKey(Response, null=True, on_delete=models.PROTECT, related_name="evidence")
    token = models.CharField(max_length=32, unique=True, help_text="Random name in addresses.")
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    name = models.CharField(max_length=120, help_text="Cleaned file name, for the download.")
    is_public = models.BooleanField(default=False)
    stage = models.CharField(
        max_length=6, blank=True, default="", db_default="", help_text="before / after the work; empty: neither."
    )
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["report", "id"], name="evidence_of_report"),
            models.Index(fields=["sha256"], name="evidence_by_content"),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name
