"""The Ombudsman's desk: what the clock escalated, what was asked of institutions, and what came back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.reports.queries import inbox as pile
from lapor.reports.queries.inbox import Tab
from lapor.reports.queries.ombudsman import NONE, exchanges


@page("ombudsman")
def ombudsman(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the escalated cases that are still open, oldest debt first, each with the last question and answer."""
    after = request.GET.get("after", "")
    found = pile.inbox(officer.actor, Tab.ESCALATED, now=officer.now, after=after)
    known = exchanges(officer.actor, [row.id for row in found.rows])
    context = {
        "list": found,
        "rows": [(row, known.get(row.id, NONE)) for row in found.rows],
        "after": after,
        "zone": officer.desk.zone,
    }
    return show(request, officer, "desk/ombudsman.html", context, current="ombudsman")
