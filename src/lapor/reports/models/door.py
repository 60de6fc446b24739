"""The PIN that a reporter may add to a tracking code, and the wrong tries at that door."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from lapor.reports.models.report import Report


class CodePin(models.Model):
    """The PIN of one report, hashed (Argon2). `Report.pin_key` tells who has passed since it was set."""

    report = models.OneToOneField(Report, primary_key=True, on_delete=models.PROTECT, related_name="pin")
    hash = models.CharField(max_length=200)
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        """Return nothing that tells the PIN."""
        return f"PIN of report {self.report_id}"


class DoorTry(models.Model):
    """Wrong PINs for one code, existing or not, from one range of addresses; both are known only by a keyed hash.

    Strangers and browsers that have passed this door before (`is_known`) are counted apart: who guesses cannot keep
    the owner out. `rounds` is how often the tries were used up; each makes the next waiting time longer. One more row
    stands for all strangers at a code together (`usecases.door`).
    """

    index = models.BinaryField(max_length=16)
    is_known = models.BooleanField()
    tries = models.PositiveSmallIntegerField(default=0)
    rounds = models.PositiveSmallIntegerField(default=0)
    wait_until = models.DateTimeField(null=True)
    last_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["index", "is_known"], name="one_count_per_door")]
        indexes: ClassVar = [models.Index(fields=["last_at"], name="tries_by_age")]

    def __str__(self) -> str:
        """Return how many tries were wrong."""
        return f"{self.tries} wrong tries"
