"""By what a report is found as one that says the same: hashes of what it says, never its words.

Who may see what is found is asked in the same query as ever.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from lapor.agencies.models import Agency
from lapor.reports.models.report import Report


class Trace(models.Model):
    """The traces of one report; each holds the period in which it came in, so that old ones cost the new nothing.

    `agency` is the institution under which its words were traced, None while it lies at the national desk.
    """

    report = models.OneToOneField(Report, primary_key=True, on_delete=models.CASCADE, related_name="trace")
    agency = models.ForeignKey(Agency, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.IntegerField(help_text="On which it came in, as an ordinal.")
    keys = ArrayField(models.BigIntegerField())

    class Meta:
        indexes: ClassVar = [
            # A short list of what waits to be indexed: a reader looks through all of it.
            GinIndex(fields=["keys"], name="alike_by_traces", gin_pending_list_limit=256),
            models.Index(fields=["agency", "-report"], name="newest_traces"),
        ]

    def __str__(self) -> str:
        """Return the report's id."""
        return f"traces of report {self.report_id}"
