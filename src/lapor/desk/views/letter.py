"""The cover letter that goes with a report that is not ours (C21): to be printed and signed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.desk.reading import named_body
from lapor.kernel.errors import NotFound
from lapor.reports.queries.case import case as read_case


@page("letter")
def letter(request: HttpRequest, officer: Officer, number: str) -> HttpResponse:
    """Show the letter for a report that was returned with a competent body named."""
    case = read_case(officer.actor, number, officer.now)
    if not named_body(case):
        raise NotFound
    context = {"case": case, "zone": case.zone, "today": officer.now, "named_body": named_body(case)}
    return show(request, officer, "desk/letter.html", context, current="inbox")
