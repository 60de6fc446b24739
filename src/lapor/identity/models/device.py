"""Phones and computers that asked for news of one report. Where each is reached is sealed, as every address is."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Device(models.Model):
    """A browser that takes web push for one report; `index` is a keyed hash, for finding the same browser again.

    It belongs to the report and not to its reporter: who holds the code asked for the news, and the report may come
    to an account later.
    """

    report_code = models.CharField(max_length=16)
    sealed = models.BinaryField(help_text="Address and keys of the subscription, by the vault; never in clear.")
    index = models.BinaryField(max_length=16)
    language = models.CharField(max_length=5, default="id")
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report_code", "index"], name="a_device_listens_once_to_a_report")
        ]

    def __str__(self) -> str:
        """Return nothing that tells whose it is."""
        return f"device {self.pk}"
