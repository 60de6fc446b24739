"""Ready texts of an institution: all of them, and one to write or change."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from lapor.agencies.queries.arrangement import subjects
from lapor.agencies.queries.templates import TemplateInfo, templates_of
from lapor.agencies.queries.tree import AgencyInfo
from lapor.agencies.usecases.templates import keep_template
from lapor.desk import houses
from lapor.desk.forms.arrangement import KINDS, TemplateForm
from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.kernel.errors import NotFound, Refusal
from lapor.kernel.web import WRONG_INPUT, note_refusal


def _own(home: AgencyInfo) -> list[TemplateInfo]:
    """Return an institution's own texts; the national desk's are those offered to all."""
    return templates_of(None if home.kind == "national" else home.id)


@page("templates")
def templates(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the ready texts by what they are for."""
    home = houses.chosen(request, officer)
    rows = _own(home)
    groups = [(name, [row for row in rows if row.kind == kind]) for kind, name in KINDS]
    context = {
        "home": home,
        "institutions": houses.offered(officer),
        "groups": [(name, found) for name, found in groups if found],
    }
    return show(request, officer, "desk/templates.html", context, current="templates")


@page("template")
def template(request: HttpRequest, officer: Officer, template: int = 0) -> HttpResponse:
    """Write a new text, or change one."""
    home = houses.chosen(request, officer)
    known = next((one for one in _own(home) if one.id == template), None)
    if template and known is None:
        raise NotFound(_("There is no such text."))
    categories = subjects()
    initial = {**asdict(known), "category": known.category_code} if known else {}
    form = TemplateForm(request.POST or None, offered={"category": categories}, initial=initial)
    status = 200
    if form.is_bound:
        status = WRONG_INPUT
        if form.is_valid():
            try:
                keep_template(
                    institution=home.code,
                    template=template or None,
                    **form.cleaned_data,
                    actor=officer.actor,
                    now=officer.now,
                )
            except Refusal as refusal:
                status = note_refusal(form, refusal)
            else:
                messages.success(request, _("The text is kept."))
                return redirect(f"{reverse('desk:templates')}?instansi={home.code}")
    context = {"form": form, "home": home, "known": known}
    return show(request, officer, "desk/template.html", context, current="templates", status=status)
