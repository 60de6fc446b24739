"""What belongs to the change of officers: the warning that a decree ends, and what one officer left to another."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from lapor.agencies.models import Agency, Decree
from lapor.reports.models.letter import OwedLetter
from lapor.reports.models.report import Report


class DecreeLetter(OwedLetter):
    """One warning to one person that a decree ends: to its officer, to the admin and the heads who can renew it.

    It holds no names: whose seats end is asked anew when it leaves. Dropped: the decree was renewed meanwhile.
    """

    decree = models.ForeignKey(Decree, on_delete=models.CASCADE, related_name="+", db_index=False)
    account = models.BigIntegerField()
    days = models.PositiveSmallIntegerField(help_text="Which of the warnings it is: 30, 7 or 1 days before the end.")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["decree", "account", "days"], name="one_warning_each")]
        indexes: ClassVar = [
            models.Index(fields=["next_try_at", "id"], condition=models.Q(state="waiting"), name="warnings_waiting")
        ]

    def __str__(self) -> str:
        """Return the decree and the days."""
        return f"{self.decree_id} in {self.days} days"


class HandOver(models.Model):
    """What one officer had in hand goes to a colleague of the same desk, on `due_on` (the desk's day).

    Reports need none of this: they are held by the desk. `seat` and `taker` are the appointments of both; a deputy
    takes over under the absent officer's own. It can be taken up again until `done_at` is set.
    """

    seat = models.BigIntegerField()
    giver = models.BigIntegerField(help_text="Account of the officer who leaves or is away.")
    taker = models.BigIntegerField(help_text="The appointment under which the colleague acts.")
    receiver = models.BigIntegerField(help_text="Account of the colleague.")
    desk = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    by = models.BigIntegerField(null=True, help_text="Account of who arranged it.")
    due_on = models.DateField()
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_on"], condition=models.Q(done_at=None), name="hand_overs_due"),
            models.Index(fields=["receiver", "-id"], name="hand_overs_to"),
        ]

    def __str__(self) -> str:
        """Return both seats."""
        return f"{self.seat} to {self.taker}"


class HandOverItem(models.Model):
    """One thing that went over, or stayed with a reason. `what` is a step's code, or the name of a view."""

    class Kind(models.TextChoices):
        """What it is."""

        DRAFT = "draft"
        ANSWER = "answer"
        VIEW = "view"
        MENTION = "mention"

    hand_over = models.ForeignKey(HandOver, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    report = models.ForeignKey(Report, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    what = models.CharField(max_length=60, blank=True)
    send_at = models.DateTimeField(null=True, help_text="An answer that waited: when it was to leave.")
    why_left = models.CharField(max_length=40, blank=True, help_text="Why it did not go over: the name of the refusal.")

    def __str__(self) -> str:
        """Return what it is."""
        return f"{self.kind} {self.what}"


class HandOverLetter(OwedLetter):
    """The letter that tells a colleague what came to them; figures only, and a link behind which they sign in."""

    hand_over = models.OneToOneField(HandOver, on_delete=models.CASCADE, related_name="letter")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["next_try_at", "id"], condition=models.Q(state="waiting"), name="handed_waiting")
        ]

    def __str__(self) -> str:
        """Return the hand-over."""
        return f"{self.hand_over_id}"
