"""The coordinator's lists: reports without an institution, reports given back, and those that only they can settle."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.kernel.numbers import row_number
from lapor.kernel.templatetags.ui import label
from lapor.reports.queries.arbitration import count, piles_of, strays


@page("arbitration")
def arbitration(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show one list with what happened to each report, and the way to the step that settles it."""
    piles = piles_of(officer.actor)
    counts = count(officer.actor)
    wanted = request.GET.get("tab", "")
    usual = next((pile for pile in piles if counts[pile]), piles[0])
    pile = next((one for one in piles if one == wanted), usual)
    after = row_number(request.GET.get("after"))
    context = {
        "tabs": [{"key": str(one), "label": label(one), "count": counts[one]} for one in piles],
        "tab": str(pile),
        "list": strays(officer.actor, pile, after=after),
        "after": after,
        "base": f"tab={pile}&",
        "zone": officer.desk.zone,
    }
    return show(request, officer, "desk/arbitration.html", context, current="arbitration")
