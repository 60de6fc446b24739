"""File a report: one page, one use case, and the receipt."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from lapor.agencies.queries.tree import AgencyInfo, institutions
from lapor.kernel.errors import Refusal
from lapor.kernel.web import WRONG_INPUT, note_refusal, personal
from lapor.portal import reporter, subjects
from lapor.portal.drafting import draft_from
from lapor.portal.forms.report import ReportForm
from lapor.portal.page import page
from lapor.portal.receipts import code_picture
from lapor.portal.standing import explained
from lapor.portal.tenant import institution_at
from lapor.reports import profiles
from lapor.reports.access import find_report
from lapor.reports.queries.deadlines import clocks_of
from lapor.reports.queries.receipt import receipt_of
from lapor.reports.refusals import NotFound, SameKeyOtherBody
from lapor.reports.usecases.submit import submit_report

RECEIPT = "receipt"  # session key: the code of the report this browser filed last


@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest) -> HttpResponse:
    """Show the form, empty or with what the home page's box began; or take it in."""
    if request.method == "POST" and "begin" not in request.POST:
        return _submit(request)
    at = institution_at(request)
    chosen = request.POST.get("agency") or request.GET.get("instansi") or (at.code if at else "")
    begun = {"text": request.POST.get("text", ""), "agency": chosen}
    return show_form(request, report_form(initial=begun))


def _submit(request: HttpRequest) -> HttpResponse:
    filled, status, now = report_form(request.POST, request.FILES), WRONG_INPUT, timezone.now()
    if filled.is_valid():
        draft = draft_from(filled.cleaned_data, at_institution=institution_at(request) is not None)
        try:
            actor = reporter.filing_actor(request, draft, now)
            receipt = submit_report(draft, actor=actor, now=now, key=filled.cleaned_data["key"])
        except Refusal as refusal:
            status = note_refusal(filled, refusal)
            _renew_key(filled, refusal)
        else:
            request.session[RECEIPT] = receipt.code
            reporter.follow(request, receipt.code)
            return redirect("portal:receipt")
    return show_form(request, filled, status)


def _renew_key(filled: ReportForm, refusal: Refusal) -> None:
    """After "already sent with other content", let the next press of the button be a report of its own."""
    if isinstance(refusal, SameKeyOtherBody):
        filled.data = filled.data.copy()
        filled.data["key"] = str(uuid.uuid4())


def report_form(*data: Any, **options: Any) -> ReportForm:
    """Return the report form with the institutions and categories of today; `data` is a POST and its files."""
    agencies = [(one.code, one.name) for one in institutions()]
    return ReportForm(*data, now=timezone.now(), agencies=agencies, categories=subjects.categories(), **options)


def show_form(request: HttpRequest, filled: ReportForm, status: int = 200) -> HttpResponse:
    """Return the page with the form, empty, begun or refused."""
    at: AgencyInfo | None = institution_at(request)
    context = {"form": filled, "section": "form", "places": subjects.place_labels()}
    return page(request, "form", context, status=status, at=at)


@personal
@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    """Show the proof of the report this browser filed last; the code is in the session, never in the address."""
    actor, now = reporter.actor_of(request), timezone.now()
    try:
        report = find_report(actor, request.session.get(RECEIPT, ""))
    except NotFound:
        return redirect("portal:track")
    address = request.build_absolute_uri(reverse("portal:track"))
    context = {
        "receipt": receipt_of(report),
        "picture": code_picture(address, report.code),
        "clocks": explained(report, clocks_of(report, actor, now), actor),
        "zone": profiles.calendar_of(report).zone,
    }
    return page(request, "receipt", context)
