"""Answers to a message that are no step of a report: where it stands, that it was noted, how to write to us."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lapor.intake.models.inbound import InboundMessage
from lapor.reports.models.letter import OwedLetter


class ChannelAnswer(OwedLetter):
    """One answer at most for each message, written in the transaction that says what the message became.

    `says` names the text in answers.toml; it is filled in when it leaves, with how the report stands then.
    """

    message = models.OneToOneField(InboundMessage, on_delete=models.PROTECT, related_name="answer")
    says = models.CharField(max_length=30)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["next_try_at", "id"], condition=Q(state="waiting"), name="channel_answers_waiting"),
        ]

    def __str__(self) -> str:
        """Return which answer it is."""
        return self.says
