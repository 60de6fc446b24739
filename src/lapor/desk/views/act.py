"""Taking a step: the form inside the case's page, one use case, and the same page again when it is refused."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lapor.desk.actions import ACTS, BY_SLUG
from lapor.desk.diff import differences
from lapor.desk.forms.answer import ToReporterForm
from lapor.desk.forms.base import ActForm
from lapor.desk.officer import NotYourPage, Officer
from lapor.desk.page import page
from lapor.desk.views.answer import compose
from lapor.desk.views.case import act_page
from lapor.kernel.errors import Refusal
from lapor.kernel.web import WRONG_INPUT, note_refusal
from lapor.reports.queries.case import Case
from lapor.reports.queries.case import case as read_case
from lapor.reports.refusals import StalePage
from lapor.sop.engine import takes
from lapor.sop.vocabulary import Action


@page("act")
def act(request: HttpRequest, officer: Officer, number: str, slug: str) -> HttpResponse:
    """Show a step's form on GET, take the step on POST; a refused step shows the case as it is now, words kept."""
    if slug not in BY_SLUG:
        raise Http404
    action = BY_SLUG[slug]
    case = read_case(officer.actor, number, officer.now)
    if not takes(officer.actor.role, action):
        raise NotYourPage  # waiting does not help: no state of the report lets this role do it
    if request.method != "POST":
        return act_page(request, officer, case, action, _form(request, officer, case, action))
    form = _form(request, officer, case, action)
    if isinstance(form, ToReporterForm):
        return compose(request, officer, case, action, form)
    status = take(form, action)
    if status is None:
        messages.success(request, ACTS[action].done)
        return redirect("desk:case", number=case.report.number)
    return act_page(request, officer, read_case(officer.actor, number, officer.now), action, form, status)


def _form(request: HttpRequest, officer: Officer, case: Case, action: Action) -> ActForm:
    form = ACTS[action].form
    if request.method != "POST":
        return form(case=case, officer=officer)
    return form(request.POST, request.FILES, case=case, officer=officer)


def take(form: ActForm, action: Action) -> int | None:
    """Take the step with what was typed; return None when it is done, else the HTTP status, the reason on the form."""
    if not form.is_valid():
        return _overtaken(form) or WRONG_INPUT
    try:
        ACTS[action].call(
            code=form.case.report.number,
            actor=form.officer.actor,
            now=form.officer.now,
            version=form.cleaned_data.get("version"),
            **form.arguments(),
        )
    except Refusal as refusal:
        return note_refusal(form, refusal)
    return None


def _overtaken(form: ActForm) -> int | None:
    """Say of a form that does not fit the report any more that the report has changed; None when it is not stale.

    What the page offered may be offered no more: "choose another desk" would send the officer looking for a mistake.
    """
    seen = form.cleaned_data.get("version")
    if seen is None or seen == form.case.report.version:
        return None
    form.errors.clear()
    return note_refusal(form, StalePage())


@page("wording")
def wording(request: HttpRequest, officer: Officer, number: str) -> HttpResponse:
    """Show what an edit would change, while it is being typed."""
    case = read_case(officer.actor, number, officer.now)
    pieces = differences(case.published, request.POST.get("text", "").replace("\r\n", "\n"))
    return render(request, "desk/case/difference.html", {"pieces": pieces})
