"""The words by which officers find a report follow the steps that change them, in the step's own transaction."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from lapor.reports.models import Report
from lapor.reports.usecases._counts import Places

_WRITE = """
INSERT INTO reports_deskwords (report_id, words)
SELECT r.id, lapor_words(r.title, CASE WHEN t.original = t.published THEN t.published
        ELSE concat_ws(' ', left(t.published, 10000), t.original_title, left(t.original, 10000)) END,
    ARRAY['@a' || r.agency_id, '@u' || r.unit_id])
FROM reports_report r JOIN reports_reporttext t ON t.report_id = r.id WHERE r.id = ANY(%s)
ON CONFLICT (report_id) DO UPDATE SET words = EXCLUDED.words
"""


def keep(report: Report, was: Places, now: Places, *, reworded: bool) -> None:
    """Write the words of a saved report where it is new, its wording changed, or another desk answers for it."""
    if reworded or _desks(was) != _desks(now):
        write([report.pk])


def write(reports: Iterable[int]) -> None:
    """Write the words of these reports from their texts."""
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [list(reports)])


def _desks(places: Places) -> set[int | None]:
    return {desk for desk, _key in places}
