"""Working calendars, day by day, with the ordinal that makes deadlines cheap (docs/adr/0004)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Calendar(models.Model):
    """A calendar in one time zone. `counts_all_days` is the switch of C2: each day counts."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=100)
    zone = models.CharField(
        max_length=40, default="Asia/Jakarta", help_text="WIB Asia/Jakarta, WITA Asia/Makassar, WIT Asia/Jayapura."
    )
    counts_all_days = models.BooleanField(default=False)
    service_hours = models.JSONField(default=dict, help_text='Weekday 0-6 to periods: {"0": [["08:00", "16:00"]]}.')

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class CalendarDay(models.Model):
    """One day. `ordinal` counts the working days from the calendar's first day up to and including this one."""

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="days")
    day = models.DateField()
    ordinal = models.IntegerField()
    working = models.BooleanField()
    why = models.CharField(max_length=200, blank=True)
    decree = models.CharField(max_length=200, blank=True)
    estimated = models.BooleanField(default=False)
    declared_at = models.DateTimeField(null=True, help_text="When the day was changed after the calendar was made.")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["calendar", "day"], name="one_row_per_calendar_day")]
        indexes: ClassVar = [
            models.Index(
                fields=["calendar", "ordinal"], condition=models.Q(working=True), name="working_day_by_ordinal"
            )
        ]

    def __str__(self) -> str:
        """Return the date and whether it is worked."""
        return f"{self.day} {'working' if self.working else self.why}"
