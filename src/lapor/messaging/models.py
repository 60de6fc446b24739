"""The messages themselves are promises of `lapor.reports`; here is what delivering them needs to remember."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lapor.reports.models import OutgoingMessage, Report


class Delivery(models.Model):
    """One letter handed to a provider for one address of a reporter, and what the provider told of it afterwards.

    `key` is the letter's idempotency key: a receipt names it. `contact` is the address's row in the identity store,
    `answers` the inbound message that an answer is for; neither is in clear. A message whose delivery failed goes to
    the reporter's next address, so it may have several.
    """

    class State(models.TextChoices):
        """How far it came; it never goes back, and a failure after "delivered" is not believed."""

        SENT = "sent"
        DELIVERED = "delivered"
        READ = "read"
        FAILED = "failed"

    key = models.CharField(max_length=40)
    channel = models.CharField(max_length=12)
    report = models.ForeignKey(Report, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    message = models.ForeignKey(
        OutgoingMessage, null=True, on_delete=models.PROTECT, related_name="deliveries", db_index=False
    )
    answers = models.BigIntegerField(null=True)
    contact = models.BigIntegerField(null=True)
    provider_id = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.SENT)
    parts = models.PositiveSmallIntegerField(default=0)
    cost = models.PositiveIntegerField(default=0, help_text="In rupiah.")
    problem = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, help_text="When the provider last told of it.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["channel", "key"], name="one_delivery_per_key"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["message"], condition=Q(message__isnull=False), name="deliveries_of_message"),
            models.Index(fields=["report", "id"], condition=Q(report__isnull=False), name="deliveries_of_report"),
            models.Index(fields=["channel", "-sent_at"], name="deliveries_lately"),
            models.Index(fields=["channel", "provider_id"], condition=~Q(provider_id=""), name="deliveries_by_id"),
        ]

    def __str__(self) -> str:
        """Return nothing that tells whose it is."""
        return f"{self.channel} delivery {self.pk}"


class ChannelDay(models.Model):
    """What went through a channel on one day (WIB): counted as it happens, never by looking through the messages."""

    channel = models.CharField(max_length=12)
    day = models.DateField()
    inbound = models.PositiveIntegerField(default=0)
    sent = models.PositiveIntegerField(default=0)
    delivered = models.PositiveIntegerField(default=0)
    read = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    unknown = models.PositiveIntegerField(default=0, help_text="Receipts for nothing that we sent.")
    parts = models.PositiveIntegerField(default=0)
    cost = models.PositiveBigIntegerField(default=0, help_text="In rupiah.")
    refused = models.PositiveIntegerField(default=0, db_default=0, help_text="Wrong signature or secret.")
    stale = models.PositiveIntegerField(default=0, db_default=0, help_text="Kept, though sent long before it came.")
    oversized = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["channel", "day"], name="a_channel_once_a_day")]

    def __str__(self) -> str:
        """Return channel and day."""
        return f"{self.channel} {self.day}"


class ChannelHealth(models.Model):
    """How a channel is: when something last came and left, and since when its provider is away."""

    channel = models.CharField(max_length=12, primary_key=True)
    last_inbound_at = models.DateTimeField(null=True)
    last_sent_at = models.DateTimeField(null=True)
    down_since = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        """Return the channel."""
        return self.channel
