"""What others say to a public report: support, comments, and who wants to hear of it. No step of the SOP, no clock."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from lapor.reports.models.letter import OwedLetter
from lapor.reports.models.report import Report


class Support(models.Model):
    """One person's support. `supporter` is a keyed hash made for this report: two rows tell of no common person."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="supports", db_index=False)
    supporter = models.BinaryField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["report", "supporter"], name="supported_once")]

    def __str__(self) -> str:
        """Return the report's id."""
        return f"support of {self.report_id}"


class Comment(models.Model):
    """A reader's remark, shown only after an officer let it through. `doubts` are codes of `comment_doubts`."""

    class State(models.TextChoices):
        """Where the comment stands."""

        HELD = "held"
        PUBLISHED = "published"
        REJECTED = "rejected"

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="comments", db_index=False)
    author = models.BinaryField(max_length=32, help_text="Keyed hash, as of a supporter.")
    owner = models.BinaryField(
        max_length=16, null=True, help_text="Keyed hash by which an account finds all that it wrote. None: no account."
    )
    name = models.CharField(max_length=60, blank=True, help_text="As the person wants to be called.")
    text = models.TextField(help_text="Empty once it was erased.")
    erased_at = models.DateTimeField(null=True, help_text="When its writer wished it away (UU 27/2022).")
    doubts = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State.choices, default=State.HELD)
    at = models.DateTimeField()
    appointment = models.BigIntegerField(null=True, help_text="Who decided.")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True, help_text="Why it was rejected.")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["report", "-id"], condition=Q(state="published"), name="comments_shown"),
            models.Index(fields=["report", "author"], condition=Q(state="held"), name="comments_of_author"),
            models.Index(fields=["id"], condition=Q(state="held"), name="comments_held"),
            models.Index(fields=["owner"], condition=Q(owner__isnull=False), name="comments_of_owner"),
        ]

    def __str__(self) -> str:
        """Return the state."""
        return self.state


class Follow(models.Model):
    """Somebody wants news of a public report by e-mail. The address is sealed; `index` finds the same one again."""

    ref = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="follows", db_index=False)
    sealed = models.BinaryField()
    index = models.BinaryField(max_length=16)
    language = models.CharField(max_length=5, default="id")
    at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, help_text="None: never told anything but the question.")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["report", "index"], name="followed_once")]
        indexes: ClassVar = [
            models.Index(fields=["index"], name="follows_by_address"),
            models.Index(fields=["at"], condition=Q(confirmed_at__isnull=True), name="follows_unconfirmed"),
        ]

    def __str__(self) -> str:
        """Return nothing that tells who."""
        return f"follow {self.ref}"


class FollowLetter(OwedLetter):
    """One letter owed to one follower: the question whether they want news (`seq` 0), or news of one step.

    A leased row: the attempt is counted before the work.
    """

    follow = models.ForeignKey(Follow, on_delete=models.CASCADE, related_name="letters", db_index=False)
    seq = models.PositiveIntegerField(help_text="The ledger entry that it tells of.")
    action = models.CharField(max_length=30, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["follow", "seq"], name="followers_told_once")]
        indexes: ClassVar = [
            models.Index(fields=["next_try_at", "id"], condition=Q(state="waiting"), name="follow_letters_waiting")
        ]

    def __str__(self) -> str:
        """Return the action."""
        return self.action
