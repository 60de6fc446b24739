"""The two lists of S59: closings asked for, closings decided."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.kernel.numbers import row_number
from lapor.reports.queries import closings as lists


@page("closings")
def closings(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the requests that wait, or those that were decided."""
    tab = "decided" if request.GET.get("tab") == "decided" else "asked"
    read = lists.decided if tab == "decided" else lists.asked
    after = row_number(request.GET.get("after"))
    found = read(officer.actor, after=after)
    context = {"tab": tab, "list": found, "after": after, "base": f"tab={tab}&", "zone": officer.desk.zone}
    return show(request, officer, "desk/closings.html", context, current="closings")
