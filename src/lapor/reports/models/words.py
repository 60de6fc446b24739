"""The words by which officers find a report: any report, also a secret one. Who may find it is asked in the same query.

Apart from `Listing`, which holds public reports only and from which a leak would be one forgotten condition away.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from lapor.reports.models.listing import WordsField
from lapor.reports.models.report import Report


class DeskWords(models.Model):
    """Stems of the title, the published and the original text, and tags: @a17 (institution), @u5 (unit)."""

    report = models.OneToOneField(Report, primary_key=True, on_delete=models.CASCADE, related_name="words")
    words = WordsField()

    class Meta:
        indexes: ClassVar = [GinIndex(fields=["words"], name="desk_words")]

    def __str__(self) -> str:
        """Return the report's id."""
        return f"words of report {self.report_id}"
