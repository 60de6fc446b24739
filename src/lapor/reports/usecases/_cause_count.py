"""How many reports hang on a cause, as everybody may know it: a secret one is not told of, not even by a number."""

from __future__ import annotations

from lapor.reports.models import Cause, CauseReport, Report


def count_again(cause: int) -> None:
    """Count the reports of a cause that are not secret. Locks its row: two who join at once are both counted."""
    row = Cause.objects.select_for_update().only("pk").get(pk=cause)
    row.joined = CauseReport.objects.filter(cause=cause, left_at=None, report__is_secret=False).count()
    row.save(update_fields=["joined"])


def secrecy_changed(report: Report) -> None:
    """Count anew where the report hangs, in the transaction of the step that made it secret or public."""
    hanging = CauseReport.objects.filter(report=report, left_at=None).values_list("cause", flat=True).first()
    if hanging is not None:
        count_again(hanging)
