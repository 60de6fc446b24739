"""Units and satuan kerja: the tree, founding, renaming, merging and letting go; and desks that nobody can act at."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from lapor.agencies.queries.arrangement import unit_tree
from lapor.agencies.queries.tree import AgencyInfo, get_agency, units_of
from lapor.agencies.usecases.units import found_unit, rename_unit
from lapor.desk import houses
from lapor.desk.forms.arrangement import AbolishForm, RenameForm, UnitForm
from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.kernel.errors import NotFound, Refusal
from lapor.kernel.numbers import page_number
from lapor.kernel.web import WRONG_INPUT, note_refusal
from lapor.reports.queries.unmanned import unmanned_desks
from lapor.reports.usecases.units import abolish_unit
from lapor.sop.vocabulary import Role


@page("units")
def units(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the tree of an institution, on POST found a unit in it."""
    home = houses.chosen(request, officer)
    rows = unit_tree(home.id)
    above = [(home.code, home.name), *((row.code, row.name) for row in rows if row.depth == 0 and row.is_receiving)]
    form = UnitForm(request.POST if request.method == "POST" else None, offered={"parent": above})
    status = _posted(form, lambda: found_unit(**form.cleaned_data, actor=officer.actor, now=officer.now))
    if status is None:
        messages.success(request, _("The unit is founded. Appoint its officers next."))
        return redirect(_back(home))
    context = {"home": home, "institutions": houses.offered(officer), "rows": rows, "form": form}
    return show(request, officer, "desk/units.html", context, current="units", status=status)


@page("unit")
def unit(request: HttpRequest, officer: Officer, code: str) -> HttpResponse:
    """Rename a unit, or let it go once nothing lies there any more."""
    found, home = _within_reach(officer, code)
    others = [(one.code, one.name) for one in units_of(home.id) if one.code != code and found.kind == "unit"]
    does = request.POST.get("do") if request.method == "POST" else None
    known = {"name": found.name, "short_name": found.short_name}
    rename = RenameForm(request.POST if does == "rename" else None, initial=known)
    leave = AbolishForm(request.POST if does == "abolish" else None, offered={"into": others})
    form = leave if does == "abolish" else rename
    usecase = abolish_unit if does == "abolish" else rename_unit
    status = _posted(form, lambda: usecase(unit=code, **form.cleaned_data, actor=officer.actor, now=officer.now))
    if status is None:
        messages.success(request, _("It is done."))
        return redirect(_back(home))
    context = {"unit": found, "home": home, "rename": rename, "leave": leave, "back": _back(home)}
    context["may_move"] = officer.actor.role is Role.AGENCY_ADMIN and found.kind == "unit"
    return show(request, officer, "desk/unit.html", context, current="units", status=status)


def _within_reach(officer: Officer, code: str) -> tuple[AgencyInfo, AgencyInfo]:
    """Return a unit and its institution. Raises NotFound outside the officer's reach."""
    found = get_agency(code)
    home = next((one for one in houses.offered(officer) if one.id == found.institution_id), None)
    if home is None or found.id == home.id:
        raise NotFound(_("There is no such unit."))
    return found, home


def _posted(form: forms.Form, call: Callable[[], object]) -> int | None:
    """Return the status of the page that shows the form, None once it was done."""
    if not form.is_bound:
        return 200
    if not form.is_valid():
        return WRONG_INPUT
    try:
        call()
    except Refusal as refusal:
        return note_refusal(form, refusal)
    return None


def _back(home: AgencyInfo) -> str:
    return f"{reverse('desk:units')}?instansi={home.code}"


@page("unmanned")
def unmanned(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the desks where nobody in force can act, those with open reports first."""
    found = unmanned_desks(officer.actor, now=officer.now, page=page_number(request.GET.get("page")))
    context = {"found": found, "desks": found.rows, "may_move": officer.actor.role is Role.AGENCY_ADMIN}
    return show(request, officer, "desk/unmanned.html", context, current="unmanned")
