"""What is kept of a follow-up to see whether the same words went to several reports: hashes of it, never its words."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from lapor.agencies.models import Agency
from lapor.reports.models.report import Report
from lapor.reports.models.response import Response


class AnswerPrint(models.Model):
    """The traces of one follow-up as a whole; `is_alike` once nearly the same went to another report within 90 days.

    `unit` is the one that answered for the report, None where its institution did.
    """

    response = models.OneToOneField(Response, primary_key=True, on_delete=models.CASCADE, related_name="print")
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+", db_index=False)
    agency = models.ForeignKey(Agency, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    unit = models.ForeignKey(Agency, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField()
    keys = ArrayField(models.BigIntegerField())
    is_alike = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [
            GinIndex(fields=["keys"], name="answers_alike", gin_pending_list_limit=256),
            models.Index(fields=["agency", "at"], name="answers_of_institution"),
        ]

    def __str__(self) -> str:
        """Return the answer's id."""
        return f"print of answer {self.response_id}"
