"""How far a channel that has to be asked has been read, and what asking has cost."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Checkpoint(models.Model):
    """One feed of one account: `cursor` is where to go on, in the provider's own words; nothing before `ask_at`."""

    channel = models.CharField(max_length=12)
    account = models.CharField(max_length=120)
    feed = models.CharField(max_length=40)
    cursor = models.JSONField(default=dict)
    ask_at = models.DateTimeField()
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["channel", "account", "feed"], name="one_checkpoint_per_feed"),
        ]

    def __str__(self) -> str:
        """Return which feed it is."""
        return f"{self.channel} {self.feed}"


class QuotaDay(models.Model):
    """What was used of a provider's daily allowance, counted before each request (a request that failed counts)."""

    channel = models.CharField(max_length=12)
    day = models.DateField()
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["channel", "day"], name="a_quota_once_a_day")]

    def __str__(self) -> str:
        """Return channel and day."""
        return f"{self.channel} {self.day}"
