"""The pile: the SOP's tabs with their counts, rows by what is due, and finding a report by its code or number."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.kernel.templatetags.ui import label
from lapor.reports.queries import inbox as pile
from lapor.reports.queries.inbox import Tab, TabView


@page("inbox")
def inbox(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show one tab of the pile; a code or number typed into the search opens its report."""
    typed = request.GET.get("q", "").replace("\x00", "").strip()
    if typed and (number := pile.number_of(officer.actor, typed)):
        return redirect("desk:case", number=number)
    tabs = pile.tabs(officer.actor)
    current = chosen(request.GET.get("tab", ""), tabs)
    newest = request.GET.get("order") == "newest"
    after = request.GET.get("after", "")
    context = {
        "tabs": [drawn(tab) for tab in tabs],
        "tab": current,
        "newest": newest,
        "list": pile.inbox(officer.actor, current, now=officer.now, after=after, newest=newest),
        "base": urlencode({"tab": current, "order": "newest"} if newest else {"tab": current}) + "&",
        "after": after,
        "typed": typed,
        "not_found": _("No report with this code or number at your desk.") if typed else "",
    }
    return show(request, officer, "desk/inbox.html", context, current="inbox")


def chosen(wanted: str, tabs: tuple[TabView, ...]) -> Tab:
    """Return the tab asked for, else the first that has something in it, else the first."""
    shown = {str(view.tab): view for view in tabs}
    if wanted in shown:
        return shown[wanted].tab
    return next((view.tab for view in tabs if view.count), tabs[0].tab)


def drawn(view: TabView) -> dict[str, Any]:
    """Return a tab as the tabs component draws it."""
    return {
        "key": str(view.tab),
        "label": label(view.tab),
        "count": view.count,
        "colour": str(view.status) if view.status else "",
    }
