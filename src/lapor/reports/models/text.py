"""The words of a report: the citizen's own, never changed, and the version that is published."""

from __future__ import annotations

from django.db import models

from lapor.reports.models.report import Report


class ReportText(models.Model):
    """`original` is refused any UPDATE by the database (migration 0002); `published` starts as the same text."""

    report = models.OneToOneField(Report, primary_key=True, on_delete=models.PROTECT, related_name="text")
    original_title = models.CharField(max_length=200)
    original = models.TextField()
    published = models.TextField()

    def __str__(self) -> str:
        """Return the beginning."""
        return self.published[:40]


class TextEdit(models.Model):
    """One correction of the wording by the desk's admin, with the SOP's reason (S48); the difference can be shown.

    `also` is a second reason where two apply, as for a mask over a name and an insult; else empty.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="edits")
    reason = models.CharField(max_length=16)
    also = models.CharField(max_length=16, blank=True, db_default="")
    title_before = models.CharField(max_length=200)
    title_after = models.CharField(max_length=200)
    before = models.TextField()
    after = models.TextField()
    appointment = models.BigIntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Return the reason."""
        return self.reason
