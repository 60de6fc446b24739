"""The head's page of a case, to read, to print and as PDF."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from lapor.desk.export import taken
from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.desk.summary import summary_of
from lapor.desk.summary_pdf import summary_pdf
from lapor.reports.queries.case import case as read_case


@page("summary")
def summary(request: HttpRequest, officer: Officer, number: str) -> HttpResponse:
    """Show the page."""
    case = read_case(officer.actor, number, officer.now)
    return show(request, officer, "desk/summary.html", {"summary": summary_of(case, officer)}, current="inbox")


@page("summary_pdf")
def as_pdf(request: HttpRequest, officer: Officer, number: str) -> HttpResponse:
    """Hand the page out as PDF."""
    case = read_case(officer.actor, number, officer.now)
    answer = HttpResponse(summary_pdf(summary_of(case, officer)), content_type="application/pdf")
    name = f"{case.report.number.replace('/', '-')}.pdf"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return taken(answer, officer, name=name, of=case.report.agency_id)
