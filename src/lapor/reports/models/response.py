"""What was said on a report: by officers to the reporter or among themselves, and by the reporter."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from lapor.agencies.models import Agency
from lapor.reports.models.report import Report


class Response(models.Model):
    """One contribution. First response and substantive follow-up are two kinds (`ResponseKind`); never the same thing.

    A unit's answer stays with the officers until the liaison releases it; then `released_as` names the response that
    the reporter reads.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="responses", db_index=False)
    kind = models.CharField(max_length=16)
    audience = models.CharField(max_length=10)
    role = models.CharField(max_length=20)
    desk = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    appointment = models.BigIntegerField(null=True)
    action = models.CharField(max_length=30)
    text = models.TextField()
    done_on = models.DateField(null=True, help_text="Follow-up: when it was done.")
    done_by = models.CharField(max_length=200, blank=True, help_text="Follow-up: who did it (office or team).")
    released_as = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="made_from")
    grade = models.CharField(
        max_length=12, blank=True, help_text="Evaluation of a follow-up: adequate / sent_back (S56)."
    )
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["report", "id"], name="responses_of_report"),
            models.Index(
                fields=["desk", "-id"],
                condition=models.Q(kind__in=["first_response", "follow_up"]),
                name="answers_of_desk",
            ),
        ]

    def __str__(self) -> str:
        """Return the kind."""
        return self.kind
