"""What was answered to reports like this one, and found good by who had asked."""

from __future__ import annotations

from lapor.reports.models import Report
from lapor.reports.queries.alike import resembling
from lapor.reports.queries.past import answers_to, confirmed_public
from lapor.triage.advice import PastAnswer

MOST = 3


def confirmed_answers(report: Report, text: str) -> tuple[PastAnswer, ...]:
    """Return at most MOST public answers that the reporters of similar reports confirmed, the most similar first.

    Four queries through the index of traces, whatever the size of the table.
    """
    likeliest = resembling(report, text)
    rows = {row.id: row for row in confirmed_public(likeliest)} if likeliest else {}
    best = [pk for pk in likeliest if pk in rows][: 2 * MOST]
    found = answers_to(best) if best else {}
    return tuple(PastAnswer(rows[pk], found[pk]) for pk in best if pk in found)[:MOST]
