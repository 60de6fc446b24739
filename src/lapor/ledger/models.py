"""The append-only, hash-linked record. It knows nothing of complaints, and holds no personal data.

The database itself refuses UPDATE, DELETE and TRUNCATE on it (migration 0001).
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import BrinIndex
from django.db import models


class Entry(models.Model):
    """One step of one subject: rule, action, role, time and facts, linked to the entry before."""

    subject = models.BigIntegerField(help_text="Id of the report.")
    seq = models.PositiveIntegerField(help_text="1 for the first entry of a subject, without gaps.")
    rule = models.CharField(max_length=40)
    action = models.CharField(max_length=30)
    role = models.CharField(max_length=20)
    appointment = models.BigIntegerField(null=True)
    desk = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    facts = models.JSONField(default=dict)
    previous = models.BinaryField(max_length=32)
    digest = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["subject", "seq"], name="one_entry_per_step")]
        # Entries lie on the disk in the order they were written: a register of a period needs no bigger index.
        indexes: ClassVar = [BrinIndex(fields=["at"], name="entries_by_time", autosummarize=True)]

    def __str__(self) -> str:
        """Return the step as the stories quote it."""
        return f"{self.rule} {self.action} by {self.role}"
