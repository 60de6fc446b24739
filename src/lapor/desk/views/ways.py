"""Ways of looking at the pile: keep what is asked for now under a name, share it, open with it, delete it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lapor.desk.forms.finding import FindForm, written
from lapor.desk.officer import Officer
from lapor.desk.page import page
from lapor.kernel.errors import Refusal
from lapor.reports.queries.inbox import Tab
from lapor.reports.usecases import views


@require_POST
@page("views")
def change(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Do one of: keep, drop, first, usual; then show the inbox in the view that was meant."""
    try:
        address = _change(request.POST, officer, request)
    except Refusal as refusal:
        messages.error(request, str(refusal.sentence))
        address = "?" + _clean(request.POST.get("query", ""), officer)[0]
    return redirect(reverse("desk:inbox") + address)


def _change(asked: QueryDict, officer: Officer, request: HttpRequest) -> str:
    named = asked.get("view", "")
    view = int(named) if named.isdecimal() and len(named) < 10 else 0
    match asked.get("do"):
        case "drop":
            views.drop_view(view=view, actor=officer.actor)
            messages.success(request, _("The view was deleted."))
            return "?tab=all"
        case "first":
            views.open_with(view=view, actor=officer.actor)
            messages.success(request, _("The inbox opens with this view from now on."))
            return f"?view={view}"
        case "usual":
            views.open_with(view=None, actor=officer.actor)
            messages.success(request, _("The inbox opens as usual from now on."))
            return f"?view={view}"
    query, columns = _clean(asked.get("query", ""), officer)
    kept = views.keep_view(
        name=asked.get("name", ""), query=query, columns=columns, is_shared="shared" in asked,
        actor=officer.actor, now=officer.now,
    )  # fmt: skip
    messages.success(request, _("The view was saved."))
    return f"?view={kept}"


def _clean(query: str, officer: Officer) -> tuple[str, list[str]]:
    """Return only what the inbox understands of an address, and the columns in it."""
    asked = QueryDict(query[:2_000])
    form = FindForm(asked, officer)
    tab = {"tab": asked["tab"]} if asked.get("tab") in set(map(str, Tab)) else {}
    order = {"order": "newest"} if asked.get("order") == "newest" else {}
    return written({**tab, **order, **form.active}), form.chosen_columns
