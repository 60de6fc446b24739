"""The pile: the SOP's tabs with their counts, rows by what is due, narrowed by filters, and ways of looking kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from lapor.desk import many
from lapor.desk.forms.finding import FindForm, written
from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.desk.pages import MAY_OPEN
from lapor.kernel.templatetags.ui import label
from lapor.reports.queries import arrivals
from lapor.reports.queries import inbox as pile
from lapor.reports.queries.claims import FIRST_STEP
from lapor.reports.queries.filters import Filters
from lapor.reports.queries.inbox import Page, Tab, TabView
from lapor.reports.queries.views import ViewInfo, views_of
from lapor.sop.vocabulary import Role

HEARS = frozenset(MAY_OPEN["inbox"] - {Role.KSP, Role.PANRB, Role.INSPECTORATE})  # nothing is handed to these desks


@dataclass(frozen=True)
class Chip:
    """One active filter: its words, and the address of the same list without it."""

    words: str
    without: str


@page("inbox")
def inbox(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show one tab of the pile; a code or number typed into the search opens its report."""
    views = views_of(officer.actor)
    view = _view_asked(request.GET, views)
    form = FindForm(_asked(request.GET, view), officer)
    if "panel" in form.data and request.headers.get("HX-Request") == "true":
        return _panel(request, officer, form)
    typed = form.cleaned_data.get("q", "")
    if typed and (number := pile.number_of(officer.actor, typed)):
        return redirect("desk:case", number=number)
    context = _list(form, officer) | _ways(form, views, view)
    if "panel" in form.data:
        form.offer_all()
    if officer.actor.role in HEARS:
        context["newest"] = arrivals.newest(officer.actor)
    return show(request, officer, "desk/inbox.html", context, current="inbox")


def _panel(request: HttpRequest, officer: Officer, form: FindForm) -> HttpResponse:
    """Show the filters alone, for a page that has its list already: nothing is counted and no report is read."""
    form.offer_all()
    views = tuple(TabView(tab, None, None) for tab in pile.shown(officer.actor.role))
    current = _tab(form.data.get("tab", ""), views, is_narrowed=bool(form.active))
    order = _order(form)
    context = {
        "panel": True,
        "form": form,
        "tab": current,
        "tabs": [{"key": str(one.tab), "label": label(one.tab)} for one in views],
        "is_newest": bool(order),
        "here": written({"tab": current, **order, **_kept(form)}),
    }
    return render(request, "desk/inbox/panel.html", context)


def _kept(form: FindForm) -> dict[str, Any]:
    """Return what goes along from one address of the list to the next."""
    return {**form.active, "col": form.chosen_columns}


def _order(form: FindForm) -> dict[str, str]:
    """Return the order as an address names it: nothing for the usual one."""
    return {"order": "newest"} if form.data.get("order") == "newest" else {}


def _asked(given: QueryDict, view: ViewInfo | None) -> QueryDict:
    """Return the address as given; one that names a view, or nothing at all, becomes that view's."""
    if view is None:
        return given
    asked = QueryDict(view.query, mutable=True)
    asked.setlist("col", list(view.columns))
    for name in ("after", "panel"):
        if name in given:
            asked.setlist(name, given.getlist(name))
    return asked


def _view_asked(given: QueryDict, views: tuple[ViewInfo, ...]) -> ViewInfo | None:
    """Return the view named in the address; an inbox opened without any begins with the officer's first view."""
    if not given:
        return next((view for view in views if view.is_first), None)
    return next((view for view in views if str(view.id) == given.get("view", "")), None)


def _list(form: FindForm, officer: Officer) -> dict[str, Any]:
    """Return the tabs, the rows, and the addresses that lead on from here."""
    asked, filters = form.data, form.filters
    tabs = pile.tabs(officer.actor)
    current = _tab(asked.get("tab", ""), tabs, is_narrowed=bool(filters))
    order = _order(form)
    is_newest = bool(order)
    after = asked.get("after", "")
    found = pile.inbox(officer.actor, current, now=officer.now, after=after, newest=is_newest, filters=filters)
    kept = _kept(form)
    return {
        "tabs": [_drawn(tab, kept | order) for tab in tabs],
        "tab": current,
        "is_newest": is_newest,
        "list": found,
        "base": written({"tab": current, **order, **kept}) + "&",
        "here": written({"tab": current, **order, **kept}),
        "other_order": written({"tab": current, **({} if is_newest else {"order": "newest"}), **kept}),
        "is_sorted_by_due": not is_newest and current not in (Tab.CLOSED, Tab.ARCHIVED, Tab.ALL, Tab.SENT_BACK),
        "hidden": [(name, one) for name, one in _pairs({"tab": _where(current, form), **order, **kept}) if name != "q"],
        "after": after,
        "typed": form.cleaned_data.get("q", ""),
        "chips": _chips(form, {"tab": current, **order}),
        "found": _found(found, filters, after),
        "acts": many.offered(officer.actor.role),
        "has_next": officer.actor.role in FIRST_STEP,
        "unknown_place": filters.place == "-",
    }


def _pairs(asked: Mapping[str, Any]) -> list[tuple[str, Any]]:
    every = [(name, one) for name, value in asked.items() for one in (value if isinstance(value, list) else [value])]
    return [(name, "1" if one is True else one) for name, one in every]


def _where(current: Tab, form: FindForm) -> Tab:
    """Return where a new search looks: everywhere, unless the list is narrowed already."""
    return current if form.active else Tab.ALL


def _tab(wanted: str, tabs: tuple[TabView, ...], *, is_narrowed: bool) -> Tab:
    """Return the tab asked for; else everything for a search, and the first tab that has something in it."""
    shown = {str(view.tab): view.tab for view in tabs}
    if wanted in shown:
        return shown[wanted]
    if is_narrowed and str(Tab.ALL) in shown:
        return Tab.ALL
    return next((view.tab for view in tabs if view.count), tabs[0].tab)


def _drawn(view: TabView, kept: Mapping[str, Any]) -> dict[str, Any]:
    """Return a tab as the template draws it; the filters go along."""
    return {
        "key": str(view.tab),
        "label": label(view.tab),
        "count": view.count,
        "is_more": view.is_more,
        "colour": str(view.status) if view.status else "",
        "address": written({"tab": view.tab, **kept}),
    }


def _chips(form: FindForm, base: dict[str, Any]) -> list[Chip]:
    kept = {**base, **_kept(form)}
    return [Chip(form.words_for(name, one), written(kept, but=(name, one))) for name, one in _values(form.active)]


def _values(active: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(name, one) for name, value in active.items() for one in (value if isinstance(value, list) else [value])]


def _found(found: Page, filters: Filters, after: str) -> str:
    """Say how many were found, where that is known without counting."""
    if not filters or after or found.older:
        return ""
    return _("%(n)d found") % {"n": len(found.rows)}


def _ways(form: FindForm, views: tuple[ViewInfo, ...], view: ViewInfo | None) -> dict[str, Any]:
    """Return the saved views, and what is asked for now, to be saved."""
    return {
        "views": views,
        "view": view,
        "form": form,
        "panel": "panel" in form.data,
        "columns": form.columns,
        "keep": urlencode({"panel": "1"}),
    }
