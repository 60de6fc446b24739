"""Make the words by which officers find reports anew from the texts: after a repair, or a load."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from lapor.reports.models import Report
from lapor.reports.usecases import _words

BATCH = 20_000


def index_again() -> int:
    """Write the words of every report anew, in batches that each commit; return the highest report's id."""
    last = Report.objects.aggregate(last=Max("pk"))["last"] or 0
    for first in range(0, last, BATCH):
        with transaction.atomic():
            _words.write(range(first + 1, first + BATCH + 1))
    return last
