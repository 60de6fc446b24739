"""One cause of many reports: who sees to it, what is to be reached, by when. A report hangs on it, it never moves."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lapor.agencies.models import Agency
from lapor.reports.models.report import Report


class Cause(models.Model):
    """`owner` is the desk that sees to it, `target` and `due_on` its public promise.

    `joined` counts its reports without the secret ones: of these nobody learns even a number.
    A promise that was changed shows `first_due_on`, the day promised at first, and `changed_why`.
    """

    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="causes", db_index=False)
    owner = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="causes_owned", db_index=False)
    title = models.CharField(max_length=120)
    target = models.CharField(max_length=300)
    due_on = models.DateField()
    first_due_on = models.DateField(null=True)
    changed_why = models.CharField(max_length=300, blank=True)
    joined = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField()
    opened_by = models.BigIntegerField(help_text="Appointment.")
    fixed_at = models.DateTimeField(null=True)
    fixed_by = models.BigIntegerField(null=True, help_text="Appointment.")
    fixed_how = models.TextField(blank=True)
    all_told_at = models.DateTimeField(null=True, help_text="When the last reporter was told that it is fixed.")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["agency", "-id"], name="causes_of_institution"),
            models.Index(fields=["owner", "-id"], name="causes_of_owner"),
            models.Index(fields=["id"], condition=Q(fixed_at__isnull=False, all_told_at=None), name="causes_to_tell"),
        ]

    def __str__(self) -> str:
        """Return the title."""
        return self.title


class CauseReport(models.Model):
    """A report that hangs on a cause, until `left_at`; `told_at` is when its reporter was told that it is fixed."""

    cause = models.ForeignKey(Cause, on_delete=models.PROTECT, related_name="reports", db_index=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="causes")
    at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    try_again_at = models.DateTimeField(null=True, help_text="Not told before then, after it failed.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report"], condition=Q(left_at=None), name="one_cause_at_a_time")
        ]
        indexes: ClassVar = [models.Index(fields=["cause", "-report"], name="reports_of_cause")]

    def __str__(self) -> str:
        """Return the ids."""
        return f"report {self.report_id} of cause {self.cause_id}"
