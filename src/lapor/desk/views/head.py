"""The head's page: what waits for an instruction, what is red, which breaches want an acknowledgement."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.insights.breaches import breach_page
from lapor.insights.scope import scope_of
from lapor.reports.queries import inbox as pile
from lapor.reports.queries.head import head_counts, red_list
from lapor.reports.queries.inbox import Tab


@page("head")
def head(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the three lists of a head, each with the way to its whole."""
    context = {
        "waiting": pile.inbox(officer.actor, Tab.HEAD, now=officer.now),
        "red": red_list(officer.actor, officer.now),
        "counts": head_counts(officer.desk.id, officer.now),
        "breaches": breach_page(scope_of(officer.actor), unacknowledged=True, size=10),
        "zone": officer.desk.zone,
    }
    return show(request, officer, "desk/head.html", context, current="head")
