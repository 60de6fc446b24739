"""A report that is being put together in several messages, and what a channel says on its own behalf meanwhile."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lapor.intake.models.inbound import InboundMessage
from lapor.reports.models.letter import OwedLetter


class Guide(models.Model):
    """One guided filing of one sender: which messages are its parts, what they bring, and what has been asked.

    It holds no words: `parts` are ids of messages, `has` and `asked` name what a report can have (`usecases.guide`).
    """

    class State(models.TextChoices):
        """How it ended; open while parts may still come."""

        OPEN = "open"
        FILED = "filed"
        CANCELLED = "cancelled"

    channel = models.CharField(max_length=12)
    account = models.CharField(max_length=120)
    sender_index = models.BinaryField(max_length=16)
    parts = models.JSONField(default=list)
    has = models.JSONField(default=list)
    asked = models.JSONField(default=list)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    started_at = models.DateTimeField()
    last_at = models.DateTimeField()
    filed_by = models.OneToOneField(InboundMessage, null=True, on_delete=models.PROTECT, related_name="filed_guide")
    linked = models.BooleanField(default=False, help_text="The report that it became is written on its parts.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["channel", "account", "sender_index"],
                condition=Q(state="open"),
                name="one_open_guide_per_sender",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["last_at"], condition=Q(state="open"), name="guides_open"),
            models.Index(fields=["id"], condition=Q(state="filed", linked=False), name="guides_to_link"),
            models.Index(fields=["last_at"], condition=~Q(sender_index=b""), name="guides_of_somebody"),
            models.Index(fields=["sender_index"], condition=~Q(sender_index=b""), name="guides_by_sender"),
        ]

    def __str__(self) -> str:
        """Return nothing that tells whose it is."""
        return f"guide {self.pk}"


class ChannelNote(OwedLetter):
    """Something a channel says that is neither a step of a report nor the answer to a message (`ChannelAnswer`).

    `says` names the text in notes.toml; a guide's question is chosen when it leaves, by what is still missing then.
    """

    message = models.ForeignKey(InboundMessage, on_delete=models.PROTECT, related_name="notes", db_index=False)
    says = models.CharField(max_length=30)
    guide = models.ForeignKey(Guide, null=True, on_delete=models.PROTECT, related_name="notes", db_index=False)
    facts = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message", "says"], name="a_message_is_told_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_try_at", "id"], condition=Q(state="waiting"), name="channel_notes_waiting"),
            models.Index(fields=["guide"], condition=Q(guide__isnull=False, state="waiting"), name="notes_of_guide"),
        ]

    def __str__(self) -> str:
        """Return which note it is."""
        return self.says
