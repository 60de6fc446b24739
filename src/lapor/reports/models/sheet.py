"""Spreadsheets of manual complaints: read, shown, entered row by row in the background (S68)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from lapor.agencies.models import Agency
from lapor.reports.models.report import Report


class Sheet(models.Model):
    """One spreadsheet that an officer brought. What stands in it is kept sealed, and only until it is entered."""

    class State(models.TextChoices):
        """How far it is."""

        READING = "reading"
        READ = "read"
        ENTERING = "entering"
        DONE = "done"
        REFUSED = "refused"

    key = models.UUIDField(unique=True)
    desk = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    account = models.BigIntegerField(help_text="Who brought it, and who is asked for whenever a row is entered.")
    appointment = models.BigIntegerField()
    name = models.CharField(max_length=200)
    file = models.CharField(max_length=64, blank=True, help_text="Name of the sealed file, until it is read.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.READING)
    why = models.CharField(max_length=30, blank=True, help_text="Code of why the file was refused.")
    rows = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)
    unread = models.JSONField(default=list, help_text="Headings of the columns that were not understood.")
    entered = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True, help_text="When its officer took back what it had entered.")
    taken_back = models.PositiveIntegerField(
        default=0, db_default=0, help_text="How many complaints were taken back by then."
    )
    kept = models.PositiveIntegerField(default=0, db_default=0, help_text="How many could not be.")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["desk", "-id"], name="sheets_of_desk"),
            models.Index(
                fields=["id"], condition=models.Q(state__in=["reading", "entering"]), name="sheets_to_be_worked"
            ),
        ]

    def __str__(self) -> str:
        """Return the state."""
        return self.state


class SheetRow(models.Model):
    """One row: `told` is what it says, sealed, emptied once it is entered; `problems` are its faults.

    Each is (field, code, letter of its column, heading), the last two empty where the sheet has no such column.
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="lines", db_index=False)
    number = models.PositiveIntegerField(help_text="Its row in the spreadsheet, counted from 1.")
    told = models.BinaryField(default=bytes)
    problems = models.JSONField(default=list)
    report = models.ForeignKey(Report, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    kept_why = models.CharField(
        max_length=10, blank=True, default="", db_default="", help_text="Code of why it could not be taken back."
    )

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["sheet", "number"], name="rows_of_sheet")]
        indexes: ClassVar = [
            models.Index(
                fields=["sheet"],
                condition=models.Q(report=None) & ~models.Q(told=b""),
                name="rows_with_words",
            )
        ]

    def __str__(self) -> str:
        """Return which row it is."""
        return f"row {self.number}"
