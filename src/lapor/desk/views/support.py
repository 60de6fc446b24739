"""Support access: the national desk visits an institution's desk to read; the institution sees who, why and what."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lapor.agencies.queries import support, tree
from lapor.agencies.usecases.support import begin_visit, end_visit
from lapor.desk.forms.support import VisitForm
from lapor.desk.officer import CHOSEN, VISIT, Officer
from lapor.desk.page import page, show
from lapor.kernel.errors import NotFound, Refusal
from lapor.kernel.web import WRONG_INPUT, note_refusal
from lapor.sop.vocabulary import Role


@page("support")
def visits(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the visits; an admin of the national desk begins one here."""
    form, status = None, 200
    if officer.actor.role is Role.NATIONAL_ADMIN:
        houses = [(one.code, one.name) for one in tree.institutions(receiving=False)]
        form = VisitForm(request.POST if request.method == "POST" else None, offered={"institution": houses})
        if form.is_bound:
            status = WRONG_INPUT
            if form.is_valid():
                try:
                    return _begun(request, officer, form)
                except Refusal as refusal:
                    status = note_refusal(form, refusal)
    context = {"form": form, "visits": support.visits(officer.actor, now=officer.now)}
    return show(request, officer, "desk/support.html", context, current="support", status=status)


def _begun(request: HttpRequest, officer: Officer, form: VisitForm) -> HttpResponse:
    visit = begin_visit(actor=officer.actor, now=officer.now, **form.cleaned_data)
    request.session[VISIT] = visit.pk
    return redirect("desk:inbox")


@page("support_visit")
def visit(request: HttpRequest, officer: Officer, visit: int) -> HttpResponse:
    """Show what was read on one visit."""
    found = support.find_visit(officer.actor, visit, now=officer.now)
    if found is None:
        raise NotFound(_("There is no such visit."))
    context = {"visit": found, "reads": support.reads_of(found)}
    return show(request, officer, "desk/support_visit.html", context, current="support")


@page("support_end")
def end(request: HttpRequest, officer: Officer, visit: int) -> HttpResponse:
    """End a visit before its time."""
    end_visit(visit=visit, actor=officer.actor, now=officer.now)
    if request.session.get(VISIT) == visit:
        del request.session[VISIT]
        request.session.pop(CHOSEN, None)
    messages.success(request, _("The visit is over."))
    return redirect("desk:support")


end = require_POST(end)
