"""What the system could not do by itself: dead messages and reports set aside."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.kernel.numbers import row_number
from lapor.reports.queries import messages
from lapor.reports.queries import upkeep as aside


@page("upkeep")
def upkeep(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show what needs a person; nothing here is ever deleted."""
    context = {
        "aside": aside.set_aside(after=row_number(request.GET.get("aside"))),
        "dead": messages.dead(after=row_number(request.GET.get("dead"))),
        "zone": officer.desk.zone,
    }
    return show(request, officer, "desk/upkeep.html", context, current="upkeep")
