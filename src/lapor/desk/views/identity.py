"""Who reported: shown once, for a reason, and written down for the reporter to read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from lapor.desk.forms.identity import RevealForm
from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.desk.reading import may_reveal
from lapor.identity.usecases.reveal import Revealed, reveal
from lapor.kernel.errors import NotFound, Refusal
from lapor.kernel.web import WRONG_INPUT, note_refusal
from lapor.reports.queries.case import Case
from lapor.reports.queries.case import case as read_case


@page("identity")
def identity(request: HttpRequest, officer: Officer, number: str) -> HttpResponse:
    """Ask for the reason on GET; on POST write the look down and show who reported, on this page only."""
    case = read_case(officer.actor, number, officer.now)
    if not may_reveal(case, officer.actor.role):
        raise NotFound
    if request.method != "POST":
        return _page(request, officer, case, RevealForm())
    form = RevealForm(request.POST)
    if not form.is_valid():
        return _page(request, officer, case, form, status=WRONG_INPUT)
    try:
        return _page(request, officer, case, form, shown=_reveal(case, officer, form.cleaned_data["reason"]))
    except Refusal as refusal:
        return _page(request, officer, case, form, status=note_refusal(form, refusal))


def _reveal(case: Case, officer: Officer, reason: str) -> Revealed:
    reference, appointment = case.report.reporter_ref, officer.actor.appointment
    if reference is None or appointment is None:
        raise NotFound
    return reveal(
        reporter_ref=reference,
        report_code=case.report.code,
        appointment=appointment,
        role=str(officer.actor.role),
        desk_name=officer.desk.name,
        reason=reason,
        now=officer.now,
    )


def _page(
    request: HttpRequest,
    officer: Officer,
    case: Case,
    form: RevealForm,
    *,
    shown: Revealed | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"case": case, "form": form, "shown": shown}
    return show(request, officer, "desk/identity.html", context, current="inbox", status=status)
