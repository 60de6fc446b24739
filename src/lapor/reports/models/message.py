"""Outgoing messages: promises made in the same transaction as the change, kept by `lapor.messaging`."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lapor.agencies.models import Agency
from lapor.reports.models.report import Report


class OutgoingMessage(models.Model):
    """One promise to tell one desk or one reporter of one step. A leased row: the attempt is counted before the work.

    `told` is the audience (`Told`); `desk` is set for desks, `role` narrows it to one role (the head). Messages to a
    desk are its in-app inbox whatever their state; dead ones are visible and never deleted. A row with a
    `device` is a bell beside a letter to the reporter (ADR 9), made when the letter is taken up.
    """

    class State(models.TextChoices):
        """How far the promise is kept."""

        WAITING = "waiting"
        SENT = "sent"
        DEAD = "dead"
        NOWHERE = "nowhere"

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="messages", db_index=False)
    seq = models.PositiveIntegerField(help_text="The ledger entry that caused it.")
    action = models.CharField(max_length=30)
    told = models.CharField(max_length=10)
    desk = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=20, blank=True)
    account = models.BigIntegerField(null=True, help_text="One officer named in a note.")
    device = models.BigIntegerField(null=True, help_text="A reporter's device that is rung beside the letter.")
    facts = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["report", "seq", "told", "desk", "role", "account", "device"],
                nulls_distinct=False,
                name="nothing_told_twice",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_try_at", "id"], condition=Q(state="waiting"), name="messages_waiting"),
            models.Index(fields=["-id"], condition=Q(state="dead"), name="messages_dead"),
            models.Index(fields=["desk", "-id"], condition=Q(desk__isnull=False), name="inbox_of_desk"),
            models.Index(
                fields=["desk", "-id"], condition=Q(desk__isnull=False, read_at__isnull=True), name="unread_of_desk"
            ),
            models.Index(fields=["account", "-id"], condition=Q(account__isnull=False), name="inbox_of_officer"),
        ]

    def __str__(self) -> str:
        """Return who is told of what."""
        return f"{self.told} of {self.action}"
