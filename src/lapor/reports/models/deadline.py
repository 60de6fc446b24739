"""Clocks as working-day ordinals (docs/adr/0004): arming, pausing and "what is due" cost the same at any size."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lapor.agencies.models import Agency, Calendar
from lapor.reports.models.disposition import Disposition
from lapor.reports.models.report import Report


class Deadline(models.Model):
    """One clock of one report.

    A clock in working days ends after the local day whose ordinal is `due_ordinal` (start day is day 0); one in minutes
    ends at `due_at`; a clock with a target and no limit never ends late. While it stands still `due_ordinal` is empty
    and `remaining` keeps the working days left.
    `leg` is set for a co-handler's clock only. `epoch` tells a clock that runs a second time from the first.
    """

    class State(models.TextChoices):
        """Where the clock is."""

        RUNNING = "running"
        PAUSED = "paused"
        OVERDUE = "overdue"
        MET = "met"
        FIRED = "fired"
        DROPPED = "dropped"

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="deadlines", db_index=False)
    leg = models.ForeignKey(Disposition, null=True, on_delete=models.PROTECT, related_name="deadlines", db_index=False)
    clock = models.CharField(max_length=20)
    epoch = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=8, choices=State.choices, default=State.RUNNING)
    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT, related_name="+", db_index=False)
    desk = models.ForeignKey(
        Agency, null=True, on_delete=models.PROTECT, related_name="+", help_text="The desk that owes it."
    )
    event = models.CharField(max_length=30, help_text="The action that started it.")
    started_at = models.DateTimeField()
    start_day = models.DateField()
    target = models.PositiveIntegerField(null=True)
    limit = models.PositiveIntegerField(null=True)
    unit = models.CharField(max_length=16, help_text="workdays, minutes, service_minutes")
    target_ordinal = models.IntegerField(null=True, help_text="While the clock stands still: the working days left.")
    target_at = models.DateTimeField(null=True)
    due_ordinal = models.IntegerField(null=True)
    due_at = models.DateTimeField(null=True)
    remaining = models.IntegerField(null=True)
    paused_why = models.CharField(max_length=10, blank=True, help_text="question, return or ended")
    pauses = models.JSONField(default=list, help_text="[{from, to, why}], local days.")
    promised_on = models.DateField(null=True, help_text="The date as promised when the clock started.")
    met_at = models.DateTimeField(null=True)
    fired_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["calendar", "due_ordinal", "id"],
                condition=Q(state="running", due_ordinal__isnull=False),
                name="what_is_due",
            ),
            models.Index(
                fields=["due_at", "id"],
                condition=Q(state="running", due_at__isnull=False),
                name="what_is_due_by_minute",
            ),
            models.Index(fields=["calendar", "due_ordinal"], condition=Q(state="overdue"), name="what_is_overdue"),
            models.Index(fields=["desk"], condition=Q(state__in=["running", "overdue"]), name="live_by_desk"),
            models.Index(fields=["met_at"], condition=Q(met_at__isnull=False), name="what_was_met"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["report", "clock", "epoch", "leg"], nulls_distinct=False, name="one_clock_per_epoch"
            ),
            models.UniqueConstraint(
                fields=["report", "clock", "leg"],
                condition=Q(state__in=["running", "paused", "overdue"]),
                nulls_distinct=False,
                name="one_live_clock",
            ),
        ]

    def __str__(self) -> str:
        """Return the clock and its state."""
        return f"{self.clock} {self.state}"
