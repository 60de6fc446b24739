"""Whether a follow-up says nearly what another one said, seen when it is given and kept with it.

Fair to who answers: only follow-ups count, whose words should be about this one report, and not those to reports that
are linked or hang on one cause: there the same answer is the right one.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.db.models import Q

from lapor.language.traces import BITS, traces_of_answer
from lapor.reports.models import AnswerPrint, CauseReport, Link, Report, Response
from lapor.reports.queries.alike import ANYWHERE, PERIOD, kept_under

WITHIN = timedelta(days=90)
MOST = 50  # answers that are looked at for each trace
SHARED = 3  # of the four traces, from which two answers are nearly the same

_ALIKE = f"""
SELECT response_id, report_id FROM unnest(%s::bigint[]) asked CROSS JOIN LATERAL (
    SELECT response_id, report_id FROM reports_answerprint
    WHERE keys @> ARRAY[asked] AND at >= %s AND report_id <> %s LIMIT {MOST}) one
GROUP BY response_id, report_id HAVING count(DISTINCT asked & {(1 << BITS) - 1}) >= {SHARED}
"""  # noqa: S608 - a constant of this file


def keep(report: Report, response: Response) -> None:
    """Keep the print of a follow-up, and mark it and those that say nearly the same: two queries, five if there are."""
    traces = traces_of_answer(response.text)
    by, day = report.unit_id or report.agency_id or ANYWHERE, response.at.toordinal()
    first = (response.at - WITHIN).toordinal() // PERIOD
    asked = [kept_under(one, by, period) for one in traces for period in range(first, day // PERIOD + 1)]
    twins = _twins(report, response, asked) if asked else set()
    AnswerPrint.objects.create(
        response=response,
        report=report,
        agency_id=report.agency_id,
        unit_id=report.unit_id,
        at=response.at,
        keys=[kept_under(one, by, day // PERIOD) for one in traces],
        is_alike=bool(twins),
    )
    if twins:
        AnswerPrint.objects.filter(pk__in=twins).update(is_alike=True)


def _twins(report: Report, response: Response, asked: list[int]) -> set[int]:
    """Return the answers of the same unit that say nearly the same, without those that may."""
    with connection.cursor() as cursor:
        cursor.execute(_ALIKE, [asked, response.at - WITHIN, report.pk])
        found = dict(cursor.fetchall())
    together = _together(report, set(found.values())) if found else set()
    return {pk for pk, other in found.items() if other not in together}


def _together(report: Report, others: set[int]) -> set[int]:
    """Return those of the other reports that are linked with this one, or hang on the same cause."""
    own = CauseReport.objects.filter(report=report, left_at=None).values("cause")
    joined = CauseReport.objects.filter(cause__in=own, left_at=None, report__in=others).values_list("report", flat=True)
    linked = Link.objects.filter(
        Q(report=report, other__in=others) | Q(other=report, report__in=others), undone_at=None
    ).values_list("report", "other")
    return set(joined) | {pk for pair in linked for pk in pair}
