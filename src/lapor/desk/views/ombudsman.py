"""The Ombudsman's desk: what the clock escalated."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.reports.queries import inbox as pile
from lapor.reports.queries.inbox import Tab


@page("ombudsman")
def ombudsman(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the escalated cases that are still open, oldest debt first."""
    after = request.GET.get("after", "")
    rows = pile.inbox(officer.actor, Tab.ESCALATED, now=officer.now, after=after)
    return show(request, officer, "desk/ombudsman.html", {"list": rows, "after": after}, current="ombudsman")
