"""Officers who want the monthly report by e-mail, and the letters owed to them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from lapor.reports.models.letter import OwedLetter


class MonthlySubscription(models.Model):
    """One officer's wish, bound to the appointment: when the decree ends, so does the letter."""

    appointment = models.BigIntegerField(unique=True)
    account = models.BigIntegerField(help_text="Whose address it goes to; a deputy's wish is the deputy's own.")
    desk = models.BigIntegerField(help_text="The desk whose report it is.")
    language = models.CharField(max_length=5, default="id")
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Return the appointment."""
        return f"{self.appointment}"


class MonthlyLetter(OwedLetter):
    """One month owed to one subscriber. A leased row: the attempt is counted before the work.

    The letter holds no figures: a link that expires, behind which the officer signs in. Dropped: the role had ended.
    """

    subscription = models.ForeignKey(
        MonthlySubscription, on_delete=models.CASCADE, related_name="letters", db_index=False
    )
    first = models.DateField(help_text="First day of the month it tells of.")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["subscription", "first"], name="each_month_once")]
        indexes: ClassVar = [
            models.Index(fields=["next_try_at", "id"], condition=models.Q(state="waiting"), name="months_waiting")
        ]

    def __str__(self) -> str:
        """Return the month."""
        return f"{self.first:%Y-%m}"
