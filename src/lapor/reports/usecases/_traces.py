"""The traces by which reports that say the same find each other follow the steps that change them."""

from __future__ import annotations

from django.db import transaction

from lapor.language.traces import traces_of
from lapor.reports import access
from lapor.reports.models import Report, ReportText, Trace
from lapor.reports.queries.alike import ANYWHERE, keys_of


def keep(report: Report, *, is_new: bool, came_from: int | None, reworded: bool) -> None:
    """Write the traces of a saved report where it is new, its wording changed, or another institution has it."""
    if is_new or reworded or came_from != report.agency_id:
        write(report)


def write(report: Report) -> None:
    """Write a report's traces from its published words: two queries."""
    published = ReportText.objects.values_list("published", flat=True).get(report=report)
    day = report.received_at.toordinal()
    keys = keys_of(traces_of(f"{report.title}\n{published}"), report.agency_id or ANYWHERE, day)
    Trace.objects.bulk_create(
        [Trace(report=report, agency_id=report.agency_id, day=day, keys=keys)],
        update_conflicts=True,
        unique_fields=["report"],
        update_fields=["agency", "day", "keys"],
    )


def mend(after: int, last: int) -> int:
    """Write what is missing, or was traced under another institution, beyond `after` up to `last`; tells how many."""
    due = Report.objects.filter(pk__gt=after, pk__lte=last, text__isnull=False)
    had = dict(Trace.objects.filter(pk__gt=after, pk__lte=last).values_list("pk", "agency_id"))
    wrong = [pk for pk, agency in due.values_list("pk", "agency_id") if had.get(pk, -1) != agency]
    for pk in wrong:
        _write_as_it_stands(pk)
    return len(wrong)


@transaction.atomic
def _write_as_it_stands(pk: int) -> None:
    """Read again under the lock of a step: words or an institution of before would overwrite what it wrote."""
    if access.locked(Report.objects.filter(pk=pk)) is not None:
        write(Report.objects.only("title", "received_at", "agency_id").get(pk=pk))
