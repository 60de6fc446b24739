"""How well the machine's suggestions agree with the officers, and who lets them be seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.kernel.numbers import page_number
from lapor.language.regional import name_of
from lapor.reports.queries.suggestions import ENOUGH, Agreement, KindStanding, standings
from lapor.reports.queries.suggestions_everywhere import LATELY, houses_compared
from lapor.reports.suggested import CATEGORY, CLASSIFICATION, KINDS, UNIT
from lapor.reports.usecases.suggestions import switch_suggestion

NAMES = {UNIT: _("Unit"), CATEGORY: _("Category"), CLASSIFICATION: _("Kind of report")}


@dataclass(frozen=True)
class Line:
    """One line of a table: a month, a category or a language, and its figures."""

    name: Any
    figures: Agreement


@page("suggestions")
def suggestions(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the figures of each kind; on POST switch one on or off."""
    if request.method == "POST":
        shown = request.POST.get("do") == "show"
        kind = request.POST.get("kind", "")
        switch_suggestion(institution=officer.desk.code, kind=kind, shown=shown, actor=officer.actor, now=officer.now)
        done = _("Officers see these suggestions from now on.") if shown else _("They are only counted from now on.")
        messages.success(request, str(done))
        return redirect("desk:suggestions")
    kinds = [_kind(one) for one in standings(officer.actor, _today(officer))]
    return show(request, officer, "desk/suggestions.html", {"kinds": kinds, "enough": ENOUGH}, current="suggestions")


@page("suggestions_everywhere")
def everywhere(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the figures of one kind at every institution; each institution's own admin switches."""
    asked = request.GET.get("kind", "")
    kind = asked if asked in KINDS else UNIT
    found = houses_compared(officer.actor, kind, _today(officer), page=page_number(request.GET.get("page")))
    context = {
        "kind": kind,
        "kinds": [(one, NAMES[one]) for one in KINDS],
        "found": found,
        "lately": LATELY,
        "base": f"kind={kind}&",
        "start": f"?kind={kind}",
    }
    return show(request, officer, "desk/suggestions_everywhere.html", context, current="suggestions_everywhere")


def _today(officer: Officer) -> date:
    """Return the day at the officer's desk: months are counted there, hours before they begin in UTC."""
    return officer.now.astimezone(ZoneInfo(officer.desk.zone)).date()


def _kind(one: KindStanding) -> dict[str, Any]:
    return {
        "name": NAMES[one.kind],
        "standing": one,
        "months": [Line(month, figures) for month, figures in one.months],
        "categories": [Line(name or gettext("without a category"), found) for name, found in one.categories],
        "languages": _languages(one),
    }


def _languages(one: KindStanding) -> list[Line]:
    """Return the figures by language; nothing where all that was counted is Indonesian."""
    if {code for code, _figures in one.languages} <= {"", "id"}:
        return []
    return [Line(_language(code), figures) for code, figures in one.languages]


def _language(code: str) -> str:
    """Return a language's name in the reader's; of what was counted before languages were, that it is not known."""
    return name_of(code).label(get_language() or "id") if code else gettext("not counted then")
