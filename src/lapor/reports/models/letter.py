"""What every letter has that is owed outside the messages of a step: to followers, to heads, to who subscribed."""

from __future__ import annotations

from django.db import models


class OwedLetter(models.Model):
    """A leased row: the attempt is counted and committed before the work (`lapor.messaging.lane` does it)."""

    class State(models.TextChoices):
        """How far the promise is kept; dropped: when it was to leave there was nothing to tell, or nobody to tell."""

        WAITING = "waiting"
        SENT = "sent"
        DEAD = "dead"
        DROPPED = "dropped"

    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    problem = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
