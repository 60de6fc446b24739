"""One report on the desk: its words, its way, its clocks, and what may be done now."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from lapor.desk.acts import panel
from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.desk.pages import MAY_OPEN
from lapor.desk.reading import facts
from lapor.reports.queries.case import Case
from lapor.reports.queries.case import case as read_case
from lapor.reports.queries.deadlines import explain_deadline


@page("case")
def case(request: HttpRequest, officer: Officer, number: str) -> HttpResponse:
    """Show a report."""
    found = read_case(officer.actor, number, officer.now)
    return show(request, officer, "desk/case.html", context(found, officer), current="inbox")


def context(found: Case, officer: Officer, **extra: Any) -> dict[str, Any]:
    """Return what the case page draws; `extra` opens a form in its panel."""
    role = officer.actor.role
    letter = role in MAY_OPEN["letter"]
    return {
        "case": found,
        "panel": panel(found),
        "zone": found.zone,
        "may_write_letter": letter,
        **facts(found, role),
        **extra,
    }


@page("deadline")
def deadline(request: HttpRequest, officer: Officer, number: str, deadline: int) -> HttpResponse:
    """Show why a deadline falls on its day: as a fragment, or as a page of its own."""
    explained = explain_deadline(officer.actor, number, deadline, officer.now)
    is_fragment = request.headers.get("HX-Request") == "true"
    template = "desk/case/explanation.html" if is_fragment else "desk/deadline.html"
    return show(request, officer, template, {"explanation": explained, "number": number}, current="inbox")
