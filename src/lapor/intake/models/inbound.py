"""Inbound messages: committed before anything is read, so that a provider's OK always stands for a row."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from lapor.agencies.models import Agency
from lapor.reports.models import Report


class InboundMessage(models.Model):
    """One message from a channel. A leased row, like every other queue here; the row is never deleted.

    `raw`, `sealed_sender` and `sealed_text` are sealed by the vault and bound to `ref`; `sender_index` finds the same
    sender again and `fingerprint` the same words of the same sender. `desk` is the institution whose person looks at
    it, None for the national desk. What came and who wrote is kept for a time only (ADR 21): after `raw_gone_at` the
    bytes are empty, after `forgotten_at` the words, the sender and the provider's name for it are gone, too.
    """

    class State(models.TextChoices):
        """How far it has come. Quarantined: its sender floods; dead: it could not be read or carried out."""

        WAITING = "waiting"
        UNDERSTOOD = "understood"
        FOR_PERSON = "for_person"
        QUARANTINED = "quarantined"
        DEAD = "dead"

    class Became(models.TextChoices):
        """What it became in the end; empty while nobody knows."""

        REPORT = "report"
        REPLY = "reply"
        COMMAND = "command"
        REPEAT = "repeat"
        RECEIPT = "receipt"
        NOTHING = "nothing"

    channel = models.CharField(max_length=12)
    account = models.CharField(max_length=120, help_text="The number, mailbox or page it came to.")
    provider_id = models.CharField(max_length=200)
    ref = models.UUIDField(default=uuid.uuid4, editable=False)
    raw = models.BinaryField()
    sealed_sender = models.BinaryField(null=True)
    sender_index = models.BinaryField(null=True, max_length=16)
    sealed_text = models.BinaryField(null=True)
    fingerprint = models.BinaryField(null=True, max_length=16)
    sent_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    became = models.CharField(max_length=10, choices=Became.choices, blank=True)
    deed = models.CharField(max_length=20, blank=True, help_text="The command, or the step it led to.")
    why = models.CharField(max_length=20, blank=True, help_text="Why a person has to look (`Why`).")
    desk = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    report = models.ForeignKey(Report, null=True, on_delete=models.PROTECT, related_name="inbound", db_index=False)
    problem = models.CharField(max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)
    looked_by = models.BigIntegerField(null=True, help_text="The appointment of the officer who looked.")
    raw_gone_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["channel", "account", "provider_id"], name="a_provider_says_it_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_try_at", "id"], condition=Q(state="waiting"), name="inbound_waiting"),
            models.Index(fields=["sender_index", "id"], condition=Q(state="waiting"), name="inbound_in_turn"),
            models.Index(fields=["sender_index", "-received_at"], name="inbound_of_sender"),
            models.Index(
                fields=["fingerprint", "-received_at"], condition=Q(fingerprint__isnull=False), name="inbound_said"
            ),
            models.Index(fields=["desk", "id"], condition=Q(state="for_person"), name="inbound_to_look_at"),
            models.Index(
                fields=["state", "id"], condition=Q(state__in=["quarantined", "dead"]), name="inbound_set_aside"
            ),
            models.Index(fields=["report", "id"], condition=Q(report__isnull=False), name="inbound_of_report"),
            models.Index(fields=["channel", "-id"], name="inbound_by_channel"),
            models.Index(fields=["received_at"], condition=Q(raw_gone_at=None), name="inbound_with_raw"),
            models.Index(fields=["received_at"], condition=Q(forgotten_at=None), name="inbound_remembered"),
        ]

    def __str__(self) -> str:
        """Return nothing that tells who wrote or what."""
        return f"{self.channel} message {self.pk}"
